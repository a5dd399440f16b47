import { ApiError } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import type { Limits } from "../accounts/limits.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { raced } from "./deciding.ts";

/*
 * What an organization uses is one row, changed in the transaction of what changes it and only if it stays within the
 * limit: however many requests come at once, their sum does too. Bytes count from the announcement of content on,
 * before the first of them is written.
 */

/** @throws ApiError 413 with both sizes. */
export function checkPartSize(limits: Limits, size: number): void {
  const { partSize } = limits;
  if (partSize === null || size <= partSize) return;
  const detail = `a part may have ${partSize} bytes in this organization; this one has ${size}`;
  throw new ApiError("part_too_large", detail, { facts: { quota: "part_size", allowed: partSize, needed: size } });
}

/** Counts one binary more. @throws ApiError 507 */
export async function countBinary(
  transaction: Transaction<Tables>,
  organizationId: string,
  limits: Limits,
): Promise<void> {
  await take(transaction, organizationId, "binaries", 1, limits.binaries);
}

/** Counts one binary less. */
export async function uncountBinary(transaction: Transaction<Tables>, organizationId: string): Promise<void> {
  await transaction
    .updateTable("organization_usage")
    .set((eb) => ({ binaries: eb("binaries", "-", 1) }))
    .where("organization_id", "=", organizationId)
    .execute();
}

/**
 * Makes `wanted` the bytes that count for this binary. Giving back is always allowed, also where a limit was lowered
 * since. Call inside `deciding`. @param limits null for none @throws ApiError 507
 */
export async function reserve(
  transaction: Transaction<Tables>,
  row: BinaryRow,
  wanted: Pick<BinaryRow, "reserved_bytes" | "announced_bytes">,
  limits: Limits | null,
): Promise<void> {
  const more = wanted.reserved_bytes - row.reserved_bytes;
  if (more === 0 && wanted.announced_bytes === row.announced_bytes) return;
  const { numUpdatedRows } = await transaction
    .updateTable("binaries")
    .set(wanted)
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.id)
    .where("reserved_bytes", "=", row.reserved_bytes)
    .where("announced_bytes", "=", row.announced_bytes)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw raced(row.id);
  if (more !== 0)
    await take(transaction, row.organization_id, "stored_bytes", more, more > 0 ? (limits?.storedBytes ?? null) : null);
}

const words = { stored_bytes: "bytes are stored", binaries: "binaries exist" };

async function take(
  transaction: Transaction<Tables>,
  organizationId: string,
  quota: "stored_bytes" | "binaries",
  amount: number,
  limit: number | null,
): Promise<void> {
  const within = transaction
    .updateTable("organization_usage")
    .set((eb) => ({ [quota]: eb(quota, "+", amount) }))
    .where("organization_id", "=", organizationId);
  const { numUpdatedRows } = await (limit === null
    ? within
    : within.where((eb) => eb(eb(quota, "+", amount), "<=", limit))
  ).executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  const { used } = await transaction
    .selectFrom("organization_usage")
    .select(`${quota} as used`)
    .where("organization_id", "=", organizationId)
    .executeTakeFirstOrThrow();
  const detail = `${used} of ${limit} allowed ${words[quota]} in this organization; ${amount} more are needed`;
  throw new ApiError("quota_exceeded", detail, { facts: { quota, used, allowed: limit, needed: amount } });
}
