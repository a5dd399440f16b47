import type { VerificationFailure } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { dropContent, move } from "./transitions.ts";

export interface Measured {
  hash: string | null;
  size: number;
}

export function fits(row: BinaryRow, measured: Measured): boolean {
  return measured.hash === row.hash && measured.size === row.size;
}

/**
 * Ends `hashing`: to `signable` when the bytes are what was declared, else back to `uploadable` with the difference in
 * the record and the bytes let go of.
 */
export async function conclude(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  row: BinaryRow,
  measured: Measured,
): Promise<BinaryRow> {
  if (fits(row, measured)) {
    return move(transaction, clock, row, "signable", { by: theServer, reason: "hash and size are as declared" });
  }
  return fail(transaction, clock, row, measured, "hash or size differ");
}

/** Back to `uploadable`, with the bytes let go of: what was found instead of what was declared stands in the record. */
export async function fail(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  row: BinaryRow,
  found: Measured,
  reason: string,
): Promise<BinaryRow> {
  const failure: VerificationFailure = {
    expected_hash: row.hash!,
    actual_hash: found.hash,
    expected_size: row.size!,
    actual_size: found.size,
    at: timestamp(clock.now()),
  };
  const dropped = await dropContent(transaction, clock, row);
  const cause = { by: theServer, reason, details: { ...failure } };
  return move(transaction, clock, row, "uploadable", cause, {
    ...dropped,
    verification_failure: JSON.stringify(failure),
  });
}
