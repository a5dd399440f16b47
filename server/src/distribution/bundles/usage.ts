import { type BinaryUsage, notFound, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { Tables } from "../../database/tables.ts";
import { ownId, type Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";

const listed = 100;

/** What would be hit if a binary were gone, in five queries whatever uses it. @throws ApiError 404 */
export async function getBinaryUsage({ db }: Platform, principal: Principal, prn: string): Promise<BinaryUsage> {
  const { organizationId } = principal;
  const id = ownId(principal, prn, "binary");
  const binary = await db
    .selectFrom("binaries")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!binary) throw notFound("binary", prn);
  const bundles = await newest(db, "bundles", "id", organizationId, id).select("name").execute();
  const releases = await newest(db, "releases", "bundle_id", organizationId, id)
    .select(["name", "cohort_id", "version"])
    .execute();
  const overrides = await newest(db, "bundle_overrides", "bundle_id", organizationId, id).select("name").execute();
  return {
    binary_prn: prn,
    bundles: bundles.map(({ id, name }) => ({ prn: resourcePrn(organizationId, "bundle", id), name })),
    releases: releases.map(({ id, name, cohort_id, version }) => ({
      prn: resourcePrn(organizationId, "release", id),
      name,
      cohort_prn: resourcePrn(organizationId, "cohort", cohort_id),
      version,
    })),
    bundle_overrides: overrides.map(({ id, name }) => ({
      prn: resourcePrn(organizationId, "bundle_override", id),
      name,
    })),
    bundle_count: Number(bundles[0]?.count ?? 0),
    release_count: Number(releases[0]?.count ?? 0),
    bundle_override_count: Number(overrides[0]?.count ?? 0),
    device_count: await countDevices(db, organizationId, id),
  };
}

type User = "bundles" | "releases" | "bundle_overrides";

/** The newest of those that have the binary, each with how many there are in all. @param column names their bundle */
function newest<T extends User>(
  db: Kysely<Tables>,
  table: T,
  column: "id" | "bundle_id",
  organizationId: string,
  binaryId: string,
) {
  return db
    .selectFrom(table as "releases")
    .select(["id", ({ fn }) => fn.countAll<number>().over().as("count")])
    .where("organization_id", "=", organizationId)
    .where(column as "bundle_id", "in", bundlesWith(db, organizationId, binaryId))
    .orderBy("inserted_at", "desc")
    .orderBy("id", "desc")
    .limit(listed);
}

const bundlesWith = (db: Kysely<Tables>, organizationId: string, binaryId: string) =>
  db
    .selectFrom("bundle_binaries")
    .select("bundle_id")
    .where("organization_id", "=", organizationId)
    .where("binary_id", "=", binaryId);

/** Devices in the cohorts of such releases, and those of such overrides, each once. */
async function countDevices(db: Kysely<Tables>, organizationId: string, binaryId: string): Promise<number> {
  const bundles = bundlesWith(db, organizationId, binaryId);
  const cohorts = db
    .selectFrom("releases")
    .select("cohort_id")
    .where("organization_id", "=", organizationId)
    .where("bundle_id", "in", bundles);
  const overridden = db
    .selectFrom("bundle_override_devices")
    .innerJoin("bundle_overrides", (join) =>
      join
        .onRef("bundle_overrides.organization_id", "=", "bundle_override_devices.organization_id")
        .onRef("bundle_overrides.id", "=", "bundle_override_devices.bundle_override_id"),
    )
    .select("bundle_override_devices.device_id")
    .where("bundle_override_devices.organization_id", "=", organizationId)
    .where("bundle_overrides.bundle_id", "in", bundles);
  const { count } = await db
    .selectFrom("devices")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("organization_id", "=", organizationId)
    .where(({ eb, or }) => or([eb("cohort_id", "in", cohorts), eb("id", "in", overridden)]))
    .executeTakeFirstOrThrow();
  return Number(count);
}
