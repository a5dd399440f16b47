import { type BinaryUsage, notFound, resourcePrn } from "@open-peridio/contract";
import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import type { BinaryRow, Tables } from "../../database/tables.ts";
import { ownId, type Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";

/** Things of a kind that are named; all are counted. */
const maxNamed = 100;

type Key = Pick<BinaryRow, "organization_id" | "id">;

/** What would be hit if the binary were gone. A few queries, however much uses it. @throws ApiError 404 */
export async function binaryUsage({ db }: Platform, principal: Principal, prn: string): Promise<BinaryUsage> {
  const binary = await db
    .selectFrom("binaries")
    .select(["organization_id", "id"])
    .where("organization_id", "=", principal.organizationId)
    .where("id", "=", ownId(principal, prn, "binary"))
    .executeTakeFirst();
  if (!binary) throw notFound("binary", prn);
  const organizationId = binary.organization_id;
  const bundles = db
    .selectFrom("bundles")
    .where("organization_id", "=", organizationId)
    .where("id", "in", holders(db, binary));
  const releases = db
    .selectFrom("releases")
    .where("organization_id", "=", organizationId)
    .where("bundle_id", "in", holders(db, binary));
  const overrides = db
    .selectFrom("bundle_overrides")
    .where("organization_id", "=", organizationId)
    .where("bundle_id", "in", holders(db, binary));
  const count = sql<number>`count(*)`.as("count");

  const newestBundles = await newest(bundles.select(["id", "name"]));
  const newestReleases = await newest(releases.select(["id", "name", "cohort_id", "version"]));
  const newestOverrides = await newest(overrides.select(["id", "name"]));
  const named = (type: "bundle" | "bundle_override", rows: { id: string; name: string | null }[]) =>
    rows.map(({ id, name }) => ({ prn: resourcePrn(organizationId, type, id), name }));
  return {
    binary_prn: resourcePrn(organizationId, "binary", binary.id),
    bundles: named("bundle", newestBundles),
    releases: newestReleases.map(({ id, name, cohort_id, version }) => ({
      prn: resourcePrn(organizationId, "release", id),
      name,
      cohort_prn: resourcePrn(organizationId, "cohort", cohort_id),
      version,
    })),
    bundle_overrides: named("bundle_override", newestOverrides),
    bundle_count: Number((await bundles.select(count).executeTakeFirstOrThrow()).count),
    release_count: Number((await releases.select(count).executeTakeFirstOrThrow()).count),
    bundle_override_count: Number((await overrides.select(count).executeTakeFirstOrThrow()).count),
    device_count: await devicesReached(db, binary),
  };
}

const newest = <T extends keyof Tables, Row>(query: SelectQueryBuilder<Tables, T, Row>) =>
  query.orderBy(sql.ref("inserted_at"), "desc").orderBy(sql.ref("id"), "desc").limit(maxNamed).execute();

/** Ids of the bundles that hold it. */
const holders = (db: Kysely<Tables>, binary: Key) =>
  db
    .selectFrom("bundle_binaries")
    .select("bundle_id")
    .where("organization_id", "=", binary.organization_id)
    .where("binary_id", "=", binary.id);

/** Devices in the cohorts of its releases, which cohorts count, and those of its overrides that are in none of these. */
async function devicesReached(db: Kysely<Tables>, binary: Key): Promise<number> {
  const organizationId = binary.organization_id;
  const cohortIds = db
    .selectFrom("releases")
    .select("cohort_id")
    .where("organization_id", "=", organizationId)
    .where("bundle_id", "in", holders(db, binary));
  const inCohorts = await db
    .selectFrom("cohorts")
    .select(sql<number>`coalesce(sum(device_count), 0)`.as("count"))
    .where("organization_id", "=", organizationId)
    .where("id", "in", cohortIds)
    .executeTakeFirstOrThrow();
  const overrideIds = db
    .selectFrom("bundle_overrides")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("bundle_id", "in", holders(db, binary));
  const beside = await db
    .selectFrom("devices")
    .select(sql<number>`count(*)`.as("count"))
    .where("organization_id", "=", organizationId)
    .where("id", "in", ({ selectFrom }) =>
      selectFrom("bundle_override_devices")
        .select("device_id")
        .where("organization_id", "=", organizationId)
        .where("bundle_override_id", "in", overrideIds),
    )
    .where(({ or, eb, not }) => or([eb("cohort_id", "is", null), not(eb("cohort_id", "in", cohortIds))]))
    .executeTakeFirstOrThrow();
  return Number(inCohorts.count) + Number(beside.count);
}
