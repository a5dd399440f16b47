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
import { readTime, timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Owner, Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { requireSendable } from "./sendable.ts";

/** @throws ApiError 404 for the bundle; 409 for one with something archived; 422 on a time */
export async function createOverride(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateBundleOverride,
): Promise<BundleOverride> {
  const now = timestamp(clock.now());
  const times = { starts_at: readMoment("starts_at", body.starts_at), ends_at: readEnd(body.ends_at ?? null) };
  requireOrder(times);
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const bundle = await findOwn(transaction, principal, "bundles", body.bundle_prn);
    if (isOpen(times, now)) await requireSendable(transaction, principal.organizationId, bundle.id);
    const row: BundleOverrideRow = {
      organization_id: principal.organizationId,
      id: uuidv7(),
      name: body.name,
      description: body.description ?? null,
      bundle_id: bundle.id,
      ...times,
      inserted_at: now,
      updated_at: now,
    };
    await insertOwn(transaction, principal, "bundle_overrides", row);
    return row;
  });
  return show(row);
}

/** All of it may change at any time. @throws ApiError 404; 409 for a bundle with something archived; 422 on a time */
export async function updateOverride(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateBundleOverride,
): Promise<BundleOverride> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "bundle_overrides", prn);
    const times = {
      starts_at: body.starts_at === undefined ? before.starts_at : readMoment("starts_at", body.starts_at),
      ends_at: body.ends_at === undefined ? before.ends_at : readEnd(body.ends_at),
    };
    requireOrder(times);
    const bundle =
      body.bundle_prn === undefined ? undefined : await findOwn(transaction, principal, "bundles", body.bundle_prn);
    if (isOpen(times, timestamp(clock.now()))) {
      await requireSendable(transaction, before.organization_id, bundle?.id ?? before.bundle_id);
    }
    return updateOwn(transaction, { by: principal, clock }, "bundle_overrides", before, {
      ...times,
      ...(bundle && { bundle_id: bundle.id }),
      name: body.name,
      description: body.description,
    });
  });
  return show(row);
}

/** Its devices follow their cohort's releases again. @throws ApiError 404 */
export async function deleteOverride({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "bundle_overrides", prn);
    await deleteOwn(transaction, { by: principal, clock }, "bundle_overrides", row);
  });
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

/** @throws ApiError 404 */
export async function getOverride({ db }: Platform, owner: Owner, prn: string): Promise<BundleOverride> {
  return show(await findOwn(db, owner, "bundle_overrides", prn));
}

function readMoment(field: string, text: string): string {
  const time = readTime(text);
  if (time === null) throw invalid(field, `must be a time that exists; got '${text}'`);
  return time;
}

function readEnd(text: string | null): string | null {
  return text === null ? null : readMoment("ends_at", text);
}

/** Whether devices are, or will be, sent what it names. */
function isOpen({ ends_at }: Pick<BundleOverrideRow, "ends_at">, now: string): boolean {
  return ends_at === null || ends_at > now;
}

function requireOrder({ starts_at, ends_at }: Pick<BundleOverrideRow, "starts_at" | "ends_at">): void {
  if (ends_at === null || ends_at > starts_at) return;
  throw invalid("ends_at", `must be after starts_at, which is ${starts_at}; got ${ends_at}`);
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
