import { isDeepStrictEqual } from "node:util";
import { type ResourceType, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { about, record } from "../../activity/record.ts";
import type { Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import { theServer } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import type { ResolutionSource, Withheld } from "../resolvable.ts";

/** Milliseconds after which it is looked again whether a cause was told of. */
const lookAgain = 600_000;
/** Bundles that are remembered. */
const maxRemembered = 10_000;

export type WithheldBundles = ReturnType<typeof trackWithheld>;

/**
 * Tells, once for each cause, that a bundle which devices should have is served to nobody: a fleet asks again and again,
 * of every server. A cause is the binary, what is wrong with it, and the keys of it that are revoked; when that was
 * mended and happens anew, it is told of anew.
 */
export function trackWithheld({ db, clock }: Pick<Platform, "db" | "clock">) {
  /** Bundle → until when there is nothing to say. */
  const told = new Map<string, { cause: string; until: number }>();

  return {
    /** Resolves when the event is durable, or was told before. */
    async tell(organizationId: string, bundleId: string, withheld: Withheld, source: ResolutionSource): Promise<void> {
      const now = clock.now();
      const cause = `${withheld.reason} ${withheld.binaryId}`;
      const key = `${organizationId} ${bundleId}`;
      const before = told.get(key);
      if (before?.cause === cause && now.getTime() < before.until) return;
      if (told.size >= maxRemembered) told.clear();
      told.set(key, { cause, until: now.getTime() + lookAgain });
      await recordOnce(db, organizationId, bundleId, withheld, source, timestamp(now)).catch((error) => {
        told.delete(key);
        throw error;
      });
    },

    /** It is served again. */
    forget(organizationId: string, bundleId: string): void {
      if (told.size > 0) told.delete(`${organizationId} ${bundleId}`);
    },
  };
}

function recordOnce(
  db: Kysely<Tables>,
  organizationId: string,
  bundleId: string,
  { reason, binaryId }: Withheld,
  source: ResolutionSource,
  at: string,
): Promise<void> {
  return changing(db, organizationId, async (transaction) => {
    const bundle = await transaction
      .selectFrom("bundles")
      .select(["organization_id", "id", "name"])
      .where("organization_id", "=", organizationId)
      .where("id", "=", bundleId)
      .executeTakeFirst();
    if (!bundle) return;
    const happening = about(theServer, "bundle", bundle, "withheld");
    const prn = (type: ResourceType, id: string) => resourcePrn(organizationId, type, id);
    const cause = {
      reason,
      binary_prn: binaryId && prn("binary", binaryId),
      revoked_signing_key_prns: (await revokedKeys(transaction, organizationId, binaryId)).map((id) =>
        prn("signing_key", id),
      ),
    };
    const last = await lastEvent(transaction, organizationId, happening.resource);
    if (last !== null && isDeepStrictEqual(pickCause(last), cause)) return;
    const data = {
      bundle: { prn: happening.resource, name: bundle.name },
      ...cause,
      release_prn: source.type === "release" ? prn("release", source.releaseId) : null,
      bundle_override_prn: source.type === "bundle_override" ? prn("bundle_override", source.overrideId) : null,
    };
    await record(transaction, { ...happening, data, after: cause, at });
  });
}

async function revokedKeys(db: Kysely<Tables>, organizationId: string, binaryId: string | null): Promise<string[]> {
  if (binaryId === null) return [];
  const rows = await db
    .selectFrom("binary_signatures as s")
    .innerJoin("signing_keys as k", (join) =>
      join.onRef("k.organization_id", "=", "s.organization_id").onRef("k.id", "=", "s.signing_key_id"),
    )
    .select("k.id")
    .where("s.organization_id", "=", organizationId)
    .where("s.binary_id", "=", binaryId)
    .where("k.revoked_at", "is not", null)
    .orderBy("k.id")
    .execute();
  return rows.map(({ id }) => id);
}

interface Cause {
  reason: string;
  binary_prn: string | null;
  revoked_signing_key_prns: string[];
}

const pickCause = ({ reason, binary_prn, revoked_signing_key_prns }: Cause): Cause => ({
  reason,
  binary_prn,
  revoked_signing_key_prns,
});

/** What the last such event of the bundle told. */
async function lastEvent(db: Kysely<Tables>, organizationId: string, bundlePrn: string): Promise<Cause | null> {
  const row = await db
    .selectFrom("events")
    .select("data")
    .where("organization_id", "=", organizationId)
    .where("resource_prn", "=", bundlePrn)
    .where("type", "=", "bundle")
    .where("subtype", "=", "withheld")
    .orderBy("inserted_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? (JSON.parse(row.data) as Cause) : null;
}
