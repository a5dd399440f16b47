import { type ListQuery, notFound, type OverriddenDevice, resourcePrn, searchKeys } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { about, record } from "../../activity/record.ts";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import type { BundleOverrideDeviceRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import { ownId, type Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";

/** One that is there already stays as it is. @throws ApiError 404 for override or device */
export async function addDevice(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  devicePrn: string,
): Promise<OverriddenDevice> {
  const now = timestamp(clock.now());
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const override = await findOwn(transaction, principal, "bundle_overrides", prn);
    const device = await findOwn(transaction, principal, "devices", devicePrn);
    const existing = await find(transaction, override.organization_id, override.id, device.id);
    if (existing) return existing;
    const row: BundleOverrideDeviceRow = {
      organization_id: override.organization_id,
      id: uuidv7(),
      bundle_override_id: override.id,
      device_id: device.id,
      inserted_at: now,
      updated_at: now,
    };
    await transaction.insertInto("bundle_override_devices").values(row).execute();
    const happening = about(principal, "bundle_override", override, "device_added");
    await record(transaction, { ...happening, after: { device_prn: devicePrn }, at: now });
    return row;
  });
  return show(row);
}

function find(
  db: Kysely<Tables>,
  organizationId: string,
  overrideId: string,
  deviceId: string,
): Promise<BundleOverrideDeviceRow | undefined> {
  return db
    .selectFrom("bundle_override_devices")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("bundle_override_id", "=", overrideId)
    .where("device_id", "=", deviceId)
    .executeTakeFirst();
}

/** @throws ApiError 404 for the override, or a device that it doesn't have */
export async function removeDevice(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  devicePrn: string,
): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const override = await findOwn(transaction, principal, "bundle_overrides", prn);
    const deviceId = ownId(principal, devicePrn, "device");
    const row = await find(transaction, override.organization_id, override.id, deviceId);
    if (!row) throw notFound("device of this override", devicePrn);
    await transaction
      .deleteFrom("bundle_override_devices")
      .where("organization_id", "=", override.organization_id)
      .where("bundle_override_id", "=", override.id)
      .where("device_id", "=", deviceId)
      .execute();
    const happening = about(principal, "bundle_override", override, "device_removed");
    await record(transaction, {
      ...happening,
      before: { device_prn: devicePrn },
      at: timestamp(clock.now()),
    });
  });
}

/** @throws ApiError 404 for the override */
export async function listDevicesOf({ db }: Platform, principal: Principal, prn: string, request: ListQuery) {
  const override = await findOwn(db, principal, "bundle_overrides", prn);
  const rows = db
    .selectFrom("bundle_override_devices")
    .selectAll()
    .where("bundle_override_devices.bundle_override_id", "=", override.id);
  // It has no search.
  const list = { table: "bundle_override_devices", keys: searchKeys.bundle_overrides, columns: {} } as const;
  return listOwn(db, rows, list, principal.organizationId, request, show);
}

function show(row: BundleOverrideDeviceRow): OverriddenDevice {
  return {
    device_prn: resourcePrn(row.organization_id, "device", row.device_id),
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
