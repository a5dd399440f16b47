import {
  type BundleOverride,
  type CreateBundleOverride,
  invalid,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  searchKeys,
  type UpdateBundleOverride,
} from "@open-peridio/contract";
import { v7 as uuidv7 } from "uuid";
import { deleteOwn, insertOwn, updateOwn } from "../../activity/own-changes.ts";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../../database/search.ts";
import type { BundleOverrideRow } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { requiredTime } from "../required-time.ts";

/** @throws ApiError 404 for the bundle; 422 for times that aren't, or end before they start */
export async function createOverride(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateBundleOverride,
): Promise<BundleOverride> {
  const now = timestamp(clock.now());
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const bundle = await findOwn(transaction, principal, "bundles", body.bundle_prn);
    const row: BundleOverrideRow = {
      organization_id: principal.organizationId,
      id: uuidv7(),
      name: body.name,
      description: body.description ?? null,
      bundle_id: bundle.id,
      starts_at: requiredTime("starts_at", body.starts_at),
      ends_at: readEnd(body.ends_at),
      inserted_at: now,
      updated_at: now,
    };
    requireOrder(row);
    await insertOwn(transaction, principal, "bundle_overrides", row);
    return row;
  });
  return show(row);
}

function readEnd(time: string | null | undefined): string | null {
  return time === null || time === undefined ? null : requiredTime("ends_at", time);
}

function requireOrder({ starts_at, ends_at }: BundleOverrideRow): void {
  if (ends_at !== null && ends_at <= starts_at) {
    throw invalid("ends_at", `must be after starts_at, ${starts_at}; got ${ends_at}`);
  }
}

const columns: SearchColumns = {
  ...commonColumns("bundle_overrides", "bundle_override"),
  name: { column: "bundle_overrides.name" },
  description: { column: "bundle_overrides.description" },
  bundle_prn: { column: "bundle_overrides.bundle_id", holds: "id", of: "bundle" },
  starts_at: { column: "bundle_overrides.starts_at", holds: "time" },
  ends_at: { column: "bundle_overrides.ends_at", holds: "time" },
};

export function listOverrides({ db }: Platform, principal: Principal, request: ListQuery) {
  const rows = db.selectFrom("bundle_overrides").selectAll();
  const list = { table: "bundle_overrides", keys: searchKeys.bundle_overrides, columns } as const;
  return listOwn(db, rows, list, principal.organizationId, request, show);
}

export async function getOverride({ db }: Platform, principal: Principal, prn: string): Promise<BundleOverride> {
  return show(await findOwn(db, principal, "bundle_overrides", prn));
}

/** All of it may change at any time. */
export async function updateOverride(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateBundleOverride,
): Promise<BundleOverride> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "bundle_overrides", prn);
    const bundle = body.bundle_prn && (await findOwn(transaction, principal, "bundles", body.bundle_prn));
    const fields: Partial<BundleOverrideRow> = {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.description !== undefined && { description: body.description }),
      ...(bundle && { bundle_id: bundle.id }),
      ...(body.starts_at !== undefined && { starts_at: requiredTime("starts_at", body.starts_at) }),
      ...(body.ends_at !== undefined && { ends_at: readEnd(body.ends_at) }),
    };
    requireOrder({ ...before, ...fields });
    return updateOwn(transaction, { by: principal, clock }, "bundle_overrides", before, fields);
  });
  return show(row);
}

/** Its devices go back to their cohort's releases. */
export async function deleteOverride({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "bundle_overrides", prn);
    await deleteOwn(transaction, { by: principal, clock }, "bundle_overrides", row);
  });
}

function show(row: BundleOverrideRow): BundleOverride {
  return {
    prn: resourcePrn(row.organization_id, "bundle_override", row.id),
    organization_prn: organizationPrn(row.organization_id),
    name: row.name,
    description: row.description,
    bundle_prn: resourcePrn(row.organization_id, "bundle", row.bundle_id),
    starts_at: row.starts_at,
    ends_at: row.ends_at,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
