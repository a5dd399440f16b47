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
import type { Author, Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { countInCohorts } from "./cohort-counts.ts";
import { findCohortOf } from "./cohorts.ts";
import { describeUpdated } from "./device-event.ts";
import { findOpenProduct, requireOpen } from "./products.ts";
import { showTags, storeTags } from "./tags.ts";

export async function createDevice({ db, clock }: Platform, principal: Principal, body: CreateDevice): Promise<Device> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const product = await findOpenProduct(transaction, principal, "product_prn", body.product_prn);
    const cohort = body.cohort_prn ?? null;
    const cohortId = cohort && (await findCohortOf(transaction, principal, product.id, "cohort_prn", cohort));
    return addDevice(transaction, principal, {
      organization_id: principal.organizationId,
      product_id: product.id,
      cohort_id: cohortId,
      identifier: body.identifier,
      description: body.description ?? null,
      target: body.target ?? null,
      tags: storeTags(body.tags ?? null),
      quarantined: body.quarantined ? 1 : 0,
      inserted_at: timestamp(clock.now()),
    });
  }).catch((error) => {
    if (!isTaken(error, "devices.identifier")) throw error;
    throw invalid("identifier", `is taken by another device; got '${body.identifier}'`);
  });
  return show(row);
}

type NewDevice = Omit<DeviceRow, "id" | "updated_at" | "last_connected_at" | `reported_${string}`>;

/** A device that has said nothing yet, in the transaction that makes it. */
export async function addDevice(transaction: Kysely<Tables>, by: Author, device: NewDevice): Promise<DeviceRow> {
  const row: DeviceRow = {
    ...device,
    id: uuidv7(),
    updated_at: device.inserted_at,
    last_connected_at: null,
    reported_bundle_prn: null,
    reported_release_prn: null,
    reported_release_version: null,
  };
  await insertOwn(transaction, by, "devices", row);
  await countInCohorts(transaction, null, row);
  return row;
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
  const list = { table: "devices", keys: searchKeys.devices, columns } as const;
  return listOwn(db, db.selectFrom("devices").selectAll(), list, principal.organizationId, request, show);
}

export async function getDevice({ db }: Platform, principal: Principal, prn: string): Promise<Device> {
  return show(await findOwn(db, principal, "devices", prn));
}

/** @throws ApiError 422 when its cohort would be one of another product. */
export async function updateDevice(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateDevice,
): Promise<Device> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "devices", prn);
    const fields = {
      ...(await placeAfter(transaction, principal, before, body)),
      description: body.description,
      target: body.target,
      ...(body.tags !== undefined && { tags: storeTags(body.tags) }),
      ...(body.quarantined !== undefined && { quarantined: body.quarantined ? (1 as const) : (0 as const) }),
    };
    const told = async (after: DeviceRow) => ({ data: { device: await describeUpdated(transaction, after) } });
    const after = await updateOwn(transaction, { by: principal, clock }, "devices", before, fields, told);
    await countInCohorts(transaction, before, after);
    return after;
  });
  return show(row);
}

/** The product and cohort that a change leads to; nothing where it names neither. */
async function placeAfter(
  transaction: Kysely<Tables>,
  principal: Principal,
  before: DeviceRow,
  { product_prn: product, cohort_prn: cohort }: UpdateDevice,
): Promise<Partial<Pick<DeviceRow, "product_id" | "cohort_id">>> {
  const named = product === undefined ? null : await findOwn(transaction, principal, "products", product);
  const productId = named?.id ?? before.product_id;
  const moves = productId !== before.product_id;
  if (named && moves) requireOpen("product_prn", named);
  if (cohort === undefined) {
    if (!moves || before.cohort_id === null) return { product_id: productId };
    const old = resourcePrn(before.organization_id, "cohort", before.cohort_id);
    throw invalid(
      "product_prn",
      `can't change alone: the device is in '${old}' of the old product; send cohort_prn as well, of the new one or null`,
    );
  }
  const cohortId = cohort && (await findCohortOf(transaction, principal, productId, "cohort_prn", cohort));
  return { product_id: productId, cohort_id: cohortId };
}

/** Its certificates, memberships of overrides and claims go with it. */
export async function deleteDevice({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "devices", prn);
    await deleteOwn(transaction, { by: principal, clock }, "devices", row);
    await countInCohorts(transaction, row, null);
  });
}

function show(row: DeviceRow): Device {
  const { organization_id: organizationId } = row;
  return {
    prn: resourcePrn(organizationId, "device", row.id),
    organization_prn: organizationPrn(organizationId),
    product_prn: resourcePrn(organizationId, "product", row.product_id),
    cohort_prn: row.cohort_id && resourcePrn(organizationId, "cohort", row.cohort_id),
    identifier: row.identifier,
    description: row.description,
    target: row.target,
    tags: showTags(row.tags),
    quarantined: row.quarantined === 1,
    last_connected_at: row.last_connected_at,
    reported_bundle_prn: row.reported_bundle_prn,
    reported_release_prn: row.reported_release_prn,
    reported_release_version: row.reported_release_version,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
