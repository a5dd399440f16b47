import { ApiError, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";

/** One binary, or all of a version or an artifact: by their ids. */
export type Whose = { binary: string } | { version: string } | { artifact: string };

/**
 * Refuses to take away what devices are sent: what a release names that isn't disabled, or an override that hasn't ended.
 * To be called in the transaction that takes it away. @param deed in words: `archived`
 * @throws ApiError 409 that names one of each
 */
export async function refuseInUse(
  transaction: Kysely<Tables>,
  organizationId: string,
  whose: Whose,
  now: string,
  deed: string,
): Promise<void> {
  const user = await userOf(transaction, organizationId, whose, now);
  if (!user) return;
  const binary = resourcePrn(organizationId, "binary", user.binaryId);
  const cure = user.type === "release" ? "disable or delete that" : "end or delete that";
  const by = `the ${user.type.replace("_", " ")} '${resourcePrn(organizationId, user.type, user.id)}'`;
  throw new ApiError("conflict", `'${binary}' can't be ${deed} while ${by} sends it to devices; ${cure} first`);
}

async function userOf(db: Kysely<Tables>, organizationId: string, whose: Whose, now: string) {
  const release = await members(db, organizationId, whose)
    .innerJoin("releases as r", (join) =>
      join.onRef("r.organization_id", "=", "m.organization_id").onRef("r.bundle_id", "=", "m.bundle_id"),
    )
    .select(["b.id as binaryId", "r.id"])
    .where("r.disabled", "=", 0)
    .limit(1)
    .executeTakeFirst();
  if (release) return { type: "release", ...release } as const;
  const override = await members(db, organizationId, whose)
    .innerJoin("bundle_overrides as o", (join) =>
      join.onRef("o.organization_id", "=", "m.organization_id").onRef("o.bundle_id", "=", "m.bundle_id"),
    )
    .select(["b.id as binaryId", "o.id"])
    .where((eb) => eb.or([eb("o.ends_at", "is", null), eb("o.ends_at", ">", now)]))
    .limit(1)
    .executeTakeFirst();
  return override && ({ type: "bundle_override", ...override } as const);
}

/** Places in bundles of what isn't destroyed. */
function members(db: Kysely<Tables>, organizationId: string, whose: Whose) {
  const all = db
    .selectFrom("binaries as b")
    .innerJoin("bundle_binaries as m", (join) =>
      join.onRef("m.organization_id", "=", "b.organization_id").onRef("m.binary_id", "=", "b.id"),
    )
    .where("b.organization_id", "=", organizationId)
    .where("b.state", "!=", "destroyed");
  if ("binary" in whose) return all.where("b.id", "=", whose.binary);
  if ("version" in whose) return all.where("b.artifact_version_id", "=", whose.version);
  return all.where("b.artifact_version_id", "in", (eb) =>
    eb
      .selectFrom("artifact_versions")
      .select("id")
      .where("organization_id", "=", organizationId)
      .where("artifact_id", "=", whose.artifact),
  );
}
