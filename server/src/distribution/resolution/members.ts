import type { BinaryState } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { Tables } from "../../database/tables.ts";
import type { Withheld } from "../resolvable.ts";

/** The members of an organization's bundles, with what decides whether they may be served. */
export function members(db: Kysely<Tables>, organizationId: string) {
  return db
    .selectFrom("bundle_binaries as m")
    .innerJoin("binaries as b", (join) =>
      join.onRef("b.organization_id", "=", "m.organization_id").onRef("b.id", "=", "m.binary_id"),
    )
    .select(["m.bundle_id", "m.binary_id", "b.state", "b.required_signatures", "b.quarantine"])
    .select(({ selectFrom }) =>
      selectFrom("binary_signatures as s")
        .innerJoin("signing_keys as k", (join) =>
          join.onRef("k.organization_id", "=", "s.organization_id").onRef("k.id", "=", "s.signing_key_id"),
        )
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .whereRef("s.organization_id", "=", "m.organization_id")
        .whereRef("s.binary_id", "=", "m.binary_id")
        .where("k.revoked_at", "is", null)
        .as("live_signatures"),
    )
    .where("m.organization_id", "=", organizationId);
}

interface Member {
  binary_id: string;
  state: BinaryState;
  required_signatures: number | null;
  quarantine: string | null;
  /** By keys that aren't revoked. */
  live_signatures: number | null;
}

/** Why a bundle of these members is served to nobody; null when it is served. */
export function withheldBy(members: readonly Member[]): Withheld | null {
  if (members.length === 0) return { reason: "bundle_empty", binaryId: null };
  const destroyed = members.find(({ state }) => state === "destroyed");
  if (destroyed) return { reason: "binary_destroyed", binaryId: destroyed.binary_id };
  const quarantined = members.find(({ quarantine }) => quarantine !== null);
  if (quarantined) return { reason: "binary_quarantined", binaryId: quarantined.binary_id };
  const unsigned = members.find(
    ({ state, required_signatures, live_signatures }) =>
      state !== "signed" || Number(live_signatures) < Math.max(required_signatures ?? 1, 1),
  );
  return unsigned ? { reason: "binary_unsigned", binaryId: unsigned.binary_id } : null;
}
