import {
  type CreateDevice,
  type Device,
  invalid,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  searchKeys,
  type UpdateDevice,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { deleteOwn, insertOwn, updateOwn } from "../../activity/own-changes.ts";
import { isTaken } from "../../database/constraint.ts";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../../database/search.ts";
import type { DeviceRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { countMembership } from "./cohort-counts.ts";
import { deviceUpdated } from "./device-events.ts";
import { type Place, readPlace } from "./place.ts";
import { readTags, storeTags } from "./tags.ts";

/** @throws ApiError 404 for product or cohort; 422 for a taken identifier, and a cohort of another product. */
export async function createDevice({ db, clock }: Platform, principal: Principal, body: CreateDevice): Promise<Device> {
  const now = timestamp(clock.now());
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const product = await findOwn(transaction, principal, "products", body.product_prn);
    const row: DeviceRow = {
      organization_id: principal.organizationId,
      id: uuidv7(),
      ...(await readPlace(transaction, principal, product, body.cohort_prn ?? null)),
      identifier: body.identifier,
      description: body.description ?? null,
      target: body.target ?? null,
      tags: storeTags(body.tags),
      quarantined: body.quarantined ? 1 : 0,
      last_connected_at: null,
      reported_bundle_prn: null,
      reported_release_prn: null,
      reported_release_version: null,
      inserted_at: now,
      updated_at: now,
    };
    await insertOwn(transaction, principal, "devices", row);
    await countMembership(transaction, null, row);
    return row;
  }).catch((error) => {
    throw explainTaken(error, body.identifier);
  });
  return show(row);
}

const columns: SearchColumns = {
  ...commonColumns("devices", "device"),
  product_prn: { column: "devices.product_id", holds: "id", of: "product" },
  cohort_prn: { column: "devices.cohort_id", holds: "id", of: "cohort" },
  identifier: { column: "devices.identifier" },
  description: { column: "devices.description" },
  target: { column: "devices.target" },
  quarantined: { column: "devices.quarantined", holds: "boolean" },
  last_connected_at: { column: "devices.last_connected_at", holds: "time" },
  reported_bundle_prn: { column: "devices.reported_bundle_prn" },
  reported_release_prn: { column: "devices.reported_release_prn" },
  reported_release_version: { column: "devices.reported_release_version" },
};

export function listDevices({ db }: Platform, principal: Principal, request: ListQuery) {
  const rows = db.selectFrom("devices").selectAll();
  const list = { table: "devices", keys: searchKeys.devices, columns } as const;
  return listOwn(db, rows, list, principal.organizationId, request, show);
}

export async function getDevice({ db }: Platform, principal: Principal, prn: string): Promise<Device> {
  return show(await findOwn(db, principal, "devices", prn));
}

export async function updateDevice(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateDevice,
): Promise<Device> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "devices", prn);
    const fields: Partial<DeviceRow> = {
      ...(await moved(transaction, principal, before, body)),
      ...(body.description !== undefined && { description: body.description }),
      ...(body.target !== undefined && { target: body.target }),
      ...(body.tags !== undefined && { tags: storeTags(body.tags) }),
      ...(body.quarantined !== undefined && { quarantined: body.quarantined ? 1 : 0 }),
    };
    // What is told of a device names its cohort, so the row is read as it will be.
    const data = await deviceUpdated(transaction, { ...before, ...fields });
    const after = await updateOwn(transaction, { by: principal, clock }, "devices", before, fields, () => ({ data }));
    await countMembership(transaction, before, after);
    return after;
  });
  return show(row);
}

/** Its new place; what is not said stays as it is. */
async function moved(
  db: Kysely<Tables>,
  principal: Principal,
  device: DeviceRow,
  { product_prn, cohort_prn }: UpdateDevice,
): Promise<Place | undefined> {
  if (product_prn === undefined && cohort_prn === undefined) return undefined;
  const { organization_id, product_id, cohort_id } = device;
  const product = product_prn ?? resourcePrn(organization_id, "product", product_id);
  const cohort = cohort_id && resourcePrn(organization_id, "cohort", cohort_id);
  const row = await findOwn(db, principal, "products", product);
  return readPlace(db, principal, row, cohort_prn === undefined ? cohort : cohort_prn);
}

/** Its certificates, claims and places in overrides go with it. */
export async function deleteDevice({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "devices", prn);
    await countMembership(transaction, row, null);
    await deleteOwn(transaction, { by: principal, clock }, "devices", row);
  });
}

function explainTaken(error: unknown, identifier: string): unknown {
  if (!isTaken(error, "devices.identifier")) return error;
  return invalid("identifier", `is taken by another device of the organization; got '${identifier}'`);
}

function show(row: DeviceRow): Device {
  return {
    prn: resourcePrn(row.organization_id, "device", row.id),
    organization_prn: organizationPrn(row.organization_id),
    product_prn: resourcePrn(row.organization_id, "product", row.product_id),
    cohort_prn: row.cohort_id && resourcePrn(row.organization_id, "cohort", row.cohort_id),
    identifier: row.identifier,
    description: row.description,
    target: row.target,
    tags: readTags(row.tags),
    quarantined: row.quarantined === 1,
    last_connected_at: row.last_connected_at,
    reported_bundle_prn: row.reported_bundle_prn,
    reported_release_prn: row.reported_release_prn,
    reported_release_version: row.reported_release_version,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
