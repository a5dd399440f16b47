import { resourceId, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { DeviceRow, Tables } from "../../database/tables.ts";
import { showTags } from "./tags.ts";

/** A device as `device.updated` tells it. Source: api.md § 9.3. */
export async function describeUpdated(db: Kysely<Tables>, row: DeviceRow): Promise<Record<string, unknown>> {
  const { description, reported_release_prn, reported_release_version, reported_bundle_prn } = row;
  return {
    ...(await describeDevice(db, row)),
    description,
    quarantined: row.quarantined === 1,
    tags: showTags(row.tags),
    // What older versions of the protocol called a bundle; there is none here.
    firmware: null,
    release: reported_release_prn && { prn: reported_release_prn, version: reported_release_version },
    bundle: reported_bundle_prn && { prn: reported_bundle_prn, name: await bundleName(db, row, reported_bundle_prn) },
  };
}

/** Null for a bundle that has none, and for one that isn't here: devices say what they like. */
async function bundleName(db: Kysely<Tables>, { organization_id }: DeviceRow, prn: string): Promise<string | null> {
  const bundle = await db
    .selectFrom("bundles")
    .select("name")
    .where("organization_id", "=", organization_id)
    .where("id", "=", resourceId(prn, organization_id, "bundle"))
    .executeTakeFirst();
  return bundle?.name ?? null;
}

/** A device as all events tell it. */
async function describeDevice(db: Kysely<Tables>, row: DeviceRow): Promise<Record<string, unknown>> {
  const { organization_id, id, identifier, cohort_id } = row;
  const cohort = cohort_id === null ? null : await nameCohort(db, organization_id, cohort_id);
  return { prn: resourcePrn(organization_id, "device", id), identifier, cohort };
}

async function nameCohort(db: Kysely<Tables>, organizationId: string, id: string) {
  const { name } = await db
    .selectFrom("cohorts")
    .select("name")
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return { cohort_prn: resourcePrn(organizationId, "cohort", id), cohort_name: name };
}
