import { resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { DeviceRow, Tables } from "../../database/tables.ts";
import { readTags } from "./tags.ts";

/** What events call a device (the official event documents). */
async function deviceOfEvents(
  db: Kysely<Tables>,
  device: Pick<DeviceRow, "organization_id" | "id" | "identifier" | "cohort_id">,
): Promise<Record<string, unknown>> {
  const { organization_id, id, identifier, cohort_id } = device;
  const cohort =
    cohort_id === null
      ? undefined
      : await db
          .selectFrom("cohorts")
          .select("name")
          .where("organization_id", "=", organization_id)
          .where("id", "=", cohort_id)
          .executeTakeFirst();
  return {
    prn: resourcePrn(organization_id, "device", id),
    identifier,
    cohort: cohort
      ? { cohort_prn: resourcePrn(organization_id, "cohort", cohort_id!), cohort_name: cohort.name }
      : null,
  };
}

/** What the event `device.updated` tells. */
export async function deviceUpdated(db: Kysely<Tables>, device: DeviceRow): Promise<Record<string, unknown>> {
  return {
    device: {
      ...(await deviceOfEvents(db, device)),
      description: device.description,
      quarantined: device.quarantined === 1,
      tags: readTags(device.tags),
      // Firmware belongs to legacy deployments, which this server has none of.
      firmware: null,
      release: { prn: device.reported_release_prn, version: device.reported_release_version },
      bundle: { prn: device.reported_bundle_prn },
    },
  };
}
