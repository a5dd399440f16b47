import type { Kysely, Transaction } from "kysely";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { type Principal, theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { contribute, contributeLike } from "./contributors.ts";
import { contentKeyOf, findHeld, isThere, shareContent } from "./shared-content.ts";
import { move } from "./transitions.ts";

type Wanted = Parameters<typeof findHeld>[1];

/** What the organization holds of this hash and size in this store, if the store still shows it. Not for within a transaction. */
export async function findReusable(
  { db, stores, config }: Pick<Platform, "db" | "stores" | "config">,
  wanted: Wanted,
): Promise<BinaryRow | null> {
  const held = config.deduplicate ? await findHeld(db, wanted) : undefined;
  return held && (await isThere({ stores }, held)) ? held : null;
}

/**
 * Brings a new record to `signable` without an upload, by content that its organization holds. It stays `uploadable` when that
 * is held no more. Whoever asks counts as one who brought it, beside those who did.
 */
export async function reuse(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  principal: Principal,
  row: BinaryRow,
  found: BinaryRow,
): Promise<void> {
  const held = await stillHeld(transaction, row, found);
  if (!held) return;
  await contribute(transaction, row, principal);
  await contributeLike(transaction, row, held);
  const reason = "the organization holds this content already";
  const hashable = await move(transaction, clock, row, "hashable", { by: principal, reason });
  const hashing = await move(transaction, clock, hashable, "hashing", { by: theServer, reason });
  const shared = await shareContent(transaction, hashing, held);
  await move(
    transaction,
    clock,
    hashing,
    "signable",
    { by: theServer, reason: "it was verified when it came" },
    shared,
  );
}

async function stillHeld(db: Kysely<Tables>, row: BinaryRow, found: BinaryRow): Promise<BinaryRow | null> {
  const held = await findHeld(db, row);
  return held && contentKeyOf(held) === contentKeyOf(found) ? held : null;
}
