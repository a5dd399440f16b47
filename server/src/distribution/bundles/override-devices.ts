import { type ListQuery, notFound, type OverriddenDevice, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { about, record } from "../../activity/record.ts";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import type { BundleOverrideDeviceRow, BundleOverrideRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import { ownId, type Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";

/** @throws ApiError 404 */
export async function listOverriddenDevices({ db }: Platform, principal: Principal, prn: string, request: ListQuery) {
  const override = await findOwn(db, principal, "bundle_overrides", prn);
  const rows = db.selectFrom("bundle_override_devices").selectAll().where("bundle_override_id", "=", override.id);
  const list = { table: "bundle_override_devices", keys: {}, columns: {} } as const;
  return listOwn(db, rows, list, principal.organizationId, request, show);
}

/** One that is there already stays as it is. @throws ApiError 404 for the override, the device */
export async function addOverriddenDevice(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  devicePrn: string,
): Promise<OverriddenDevice> {
  const now = timestamp(clock.now());
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const override = await findOwn(transaction, principal, "bundle_overrides", prn);
    const device = await findOwn(transaction, principal, "devices", devicePrn);
    const existing = await among(transaction, override, device.id);
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
    await record(transaction, {
      ...about(principal, "bundle_override", override, "device_added"),
      after: { device_prn: devicePrn },
      at: now,
    });
    return row;
  });
  return show(row);
}

/** @throws ApiError 404 for the override, or a device that isn't on it */
export async function removeOverriddenDevice(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  devicePrn: string,
): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const override = await findOwn(transaction, principal, "bundle_overrides", prn);
    const row = await among(transaction, override, ownId(principal, devicePrn, "device"));
    if (!row) throw notFound("device of this bundle override", devicePrn);
    await transaction
      .deleteFrom("bundle_override_devices")
      .where("organization_id", "=", row.organization_id)
      .where("bundle_override_id", "=", row.bundle_override_id)
      .where("device_id", "=", row.device_id)
      .execute();
    await record(transaction, {
      ...about(principal, "bundle_override", override, "device_removed"),
      before: { device_prn: devicePrn },
      at: timestamp(clock.now()),
    });
  });
}

function among(
  db: Kysely<Tables>,
  override: BundleOverrideRow,
  deviceId: string,
): Promise<BundleOverrideDeviceRow | undefined> {
  return db
    .selectFrom("bundle_override_devices")
    .selectAll()
    .where("organization_id", "=", override.organization_id)
    .where("bundle_override_id", "=", override.id)
    .where("device_id", "=", deviceId)
    .executeTakeFirst();
}

function show(row: BundleOverrideDeviceRow): OverriddenDevice {
  return {
    device_prn: resourcePrn(row.organization_id, "device", row.device_id),
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
