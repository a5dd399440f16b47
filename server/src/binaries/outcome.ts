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
  const failure: VerificationFailure = {
    expected_hash: row.hash!,
    actual_hash: measured.hash,
    expected_size: row.size!,
    actual_size: measured.size,
    at: timestamp(clock.now()),
  };
  const dropped = await dropContent(transaction, clock, row);
  const cause = { by: theServer, reason: "hash or size differ", details: { ...failure } };
  return move(transaction, clock, row, "uploadable", cause, {
    ...dropped,
    verification_failure: JSON.stringify(failure),
  });
}

/** Ends `hashable` for parts that can't be had any more: back to `uploadable`, with what is left of them in the record. */
export async function giveUp(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  row: BinaryRow,
  { lost, size }: { lost: string; size: number },
): Promise<BinaryRow> {
  const failure: VerificationFailure = {
    expected_hash: row.hash!,
    actual_hash: null,
    expected_size: row.size!,
    actual_size: size,
    at: timestamp(clock.now()),
  };
  const dropped = await dropContent(transaction, clock, row);
  const cause = { by: theServer, reason: lost, details: { ...failure } };
  return move(transaction, clock, row, "uploadable", cause, {
    ...dropped,
    verification_failure: JSON.stringify(failure),
  });
}
