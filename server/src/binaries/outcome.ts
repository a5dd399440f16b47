import type { VerificationFailure } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { deciding } from "./deciding.ts";
import { contentKeyOf, discardContent, findHeld, isThere, shareContent } from "./shared-content.ts";
import { dropContent, move, placeOf } from "./transitions.ts";

export interface Measured {
  hash: string | null;
  size: number;
}

export function fits(row: BinaryRow, measured: Measured): boolean {
  return measured.hash === row.hash && measured.size === row.size;
}

/**
 * Ends `hashing`: to `signable` when the bytes are what was declared, else back to `uploadable` with the difference in
 * the record and the bytes let go of. Where the organization holds the same content already, that one is kept.
 * @param find the record, while it is still what was measured
 */
export async function concludeHashing(
  platform: Pick<Platform, "db" | "clock" | "stores" | "config">,
  organizationId: string,
  measured: Measured,
  find: (transaction: Transaction<Tables>) => Promise<BinaryRow | null>,
): Promise<BinaryRow | null> {
  const { db, clock, config } = platform;
  // Contents of others that the store was asked for: not in a transaction, in which such a content may be new.
  const asked = new Map<string, boolean>();
  for (;;) {
    const { row, unseen } = await deciding(db, organizationId, async (transaction) => {
      const row = await find(transaction);
      if (!row) return { row };
      if (!fits(row, measured)) return { row: await fail(transaction, clock, row, measured, "hash or size differ") };
      const held = config.deduplicate ? await findHeld(transaction, row) : undefined;
      const isUsable = held && asked.get(contentKeyOf(held));
      if (held && isUsable === undefined) return { row, unseen: held };
      return { row: await confirm(transaction, clock, row, isUsable ? held : null) };
    });
    if (!unseen) return row;
    asked.set(contentKeyOf(unseen), await isThere(platform, unseen));
  }
}

async function confirm(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  row: BinaryRow,
  held: BinaryRow | null,
): Promise<BinaryRow> {
  const reason = "hash and size are as declared";
  if (!held) return move(transaction, clock, row, "signable", { by: theServer, reason });
  const shared = await shareContent(transaction, row, held);
  await discardContent(transaction, clock, placeOf(row), row.store_id, "", "");
  return move(transaction, clock, row, "signable", { by: theServer, reason: `${reason}; it was held already` }, shared);
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
