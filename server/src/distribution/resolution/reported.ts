import type { Kysely } from "kysely";
import { difference, record } from "../../activity/record.ts";
import type { DeviceRow, Tables } from "../../database/tables.ts";
import { changing } from "../../database/transaction.ts";
import type { Principal } from "../../http/principal.ts";
import { deviceEvent, findEventDevices } from "../device-events.ts";
import type { Reported } from "../resolvable.ts";

/** What a device runs, in its own words; null for what it doesn't say. */
export type Said = Pick<DeviceRow, "reported_release_prn" | "reported_bundle_prn" | "reported_release_version">;

/**
 * Keeps what somebody else than the device says that it runs, in the place of all that was said before. Whether that
 * changes anything.
 */
export function saveReported(
  db: Kysely<Tables>,
  by: Principal,
  deviceId: string,
  said: Said,
  reported: Reported,
  at: string,
): Promise<boolean> {
  const { organizationId, origin } = by;
  return changing(db, organizationId, async (transaction) => {
    const before = await transaction
      .selectFrom("devices")
      .selectAll()
      .where("organization_id", "=", organizationId)
      .where("id", "=", deviceId)
      .executeTakeFirst();
    const changes = before && difference({ ...before }, { ...before, ...said });
    if (!before || Object.keys(changes!.after).length === 0) return false;
    await transaction
      .updateTable("devices")
      .set({ ...said, updated_at: at })
      .where("organization_id", "=", organizationId)
      .where("id", "=", deviceId)
      .execute();
    const device = (await findEventDevices(transaction, organizationId, [deviceId])).get(deviceId)!;
    const data = await releaseChanged(transaction, organizationId, before, said, reported);
    await record(transaction, { ...deviceEvent(device, "release_changed", data, { origin, at }), by, ...changes });
    return true;
  });
}

/** Source of the shape: the official webhooks reference, `device.release_changed`. */
export async function releaseChanged(
  db: Kysely<Tables>,
  organizationId: string,
  from: Said,
  to: Said,
  { releaseId, bundleId }: Reported,
): Promise<Record<string, unknown>> {
  const known = async (table: "releases" | "bundles", id: string | null) => {
    if (id === null) return false;
    const rows = db.selectFrom(table).select("id").where("organization_id", "=", organizationId).where("id", "=", id);
    return (await rows.executeTakeFirst()) !== undefined;
  };
  return {
    from_release: from.reported_release_prn && {
      prn: from.reported_release_prn,
      version: from.reported_release_version,
    },
    to_release: to.reported_release_prn && {
      prn: to.reported_release_prn,
      version: to.reported_release_version,
      known: await known("releases", releaseId),
    },
    from_bundle: from.reported_bundle_prn && { prn: from.reported_bundle_prn },
    to_bundle: to.reported_bundle_prn && {
      prn: to.reported_bundle_prn,
      known: await known("bundles", bundleId),
    },
  };
}
