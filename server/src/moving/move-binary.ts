import { Readable } from "node:stream";
import { resourcePrn, verifiedStates } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import { difference, record } from "../activity/record.ts";
import { deciding } from "../binaries/deciding.ts";
import { reserve } from "../binaries/quota.ts";
import {
  contentKeyOf,
  contentPlaceOf,
  findHeld,
  isThere,
  keptOf,
  leaveContent,
  shareContent,
} from "../binaries/shared-content.ts";
import { asItCame, changeIfUnchanged, letGo, outOfArchive, placeOf } from "../binaries/transitions.ts";
import { readKept } from "../content/kept.ts";
import { type ContentPlace, newFile } from "../content/place.ts";
import { remoteDigest } from "../content/remote-digest.ts";
import type { ContentStore } from "../content/store.ts";
import type { BinaryRow, ContentMoveRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { announceCopy, dropCopy, takeCopy } from "./copies.ts";
import { remakeDeltas } from "./remade-deltas.ts";

export type Needs = Pick<Platform, "db" | "stores" | "clock" | "config" | "origins" | "uploads">;

const isVerified = ({ state }: BinaryRow): boolean => (verifiedStates as readonly string[]).includes(state);

/**
 * Brings one binary over: its content is copied, read back and compared, then its record names the new place, and what is at
 * the old one is let go of once no link leads there any more. Content that the organization holds in the new store already is
 * not copied again. One in the midst of an upload is left for later.
 * Returns whether it is over now. @throws what a store says, and the signal's reason
 */
export async function moveBinary(
  platform: Needs,
  move: ContentMoveRow,
  row: BinaryRow,
  signal: AbortSignal,
): Promise<boolean> {
  // What can't be read now waits for who takes it back from the archive.
  if (row.archive_readable === 0) return false;
  if (isVerified(row)) return moveContent(platform, move, row, signal);
  if (row.state !== "uploadable" || platform.uploads.writing(placeOf(row))) return false;
  return moveEmpty(platform, move, row);
}

async function moveContent(
  platform: Needs,
  move: ContentMoveRow,
  row: BinaryRow,
  signal: AbortSignal,
): Promise<boolean> {
  const { db, stores, clock, config } = platform;
  const wanted = { ...row, store_id: move.to_store_id };
  const held = config.deduplicate ? await findHeld(db, wanted) : undefined;
  if (held && (await isThere(platform, held))) return joinHeld(platform, move, row, held);
  const place = contentPlaceOf(row);
  const file = newFile("moved");
  const copy = {
    organization_id: row.organization_id,
    move_id: move.id,
    binary_id: place.binaryId,
    revision: place.revision,
    file,
  };
  const source = await stores.of(row);
  const target = await stores.of({ organization_id: row.organization_id, store_id: move.to_store_id });
  await announceCopy(db, copy, timestamp(clock.now()));
  try {
    await copyContent({ source, target }, place, row, file, signal);
    const moved = await deciding(db, row.organization_id, async (transaction) => {
      const found = await unmoved(transaction, row);
      if (!found) return false;
      const arrived = config.deduplicate ? await findHeld(transaction, wanted) : undefined;
      // Another brought the same over meanwhile: the next look joins it.
      if (arrived && !(held && contentKeyOf(arrived) === contentKeyOf(held))) return false;
      if (!(await takeCopy(transaction, copy))) return false;
      const { announced_bytes } = found;
      await reserve(transaction, found, { reserved_bytes: found.size!, announced_bytes }, null);
      await repoint(transaction, platform, move, found, { content_file: file, ...asItCame });
      return true;
    });
    if (moved) return true;
  } catch (error) {
    // When only the answer was lost, the copy is in use: this finds out.
    await dropCopy(platform, move, copy);
    throw error;
  }
  // Reset, replaced or deleted meanwhile: the next look says what is left to do.
  await dropCopy(platform, move, copy);
  return false;
}

/** Has a record name what the organization holds in the new store already. */
function joinHeld(platform: Needs, move: ContentMoveRow, row: BinaryRow, held: BinaryRow): Promise<boolean> {
  return deciding(platform.db, row.organization_id, async (transaction) => {
    const found = await unmoved(transaction, row);
    const now = await findHeld(transaction, { ...row, store_id: move.to_store_id });
    if (!found || !now || contentKeyOf(now) !== contentKeyOf(held)) return false;
    await repoint(transaction, platform, move, found, await shareContent(transaction, found, now));
    return true;
  });
}

/** The record, while its content is what it was when it was looked at. */
async function unmoved(transaction: Transaction<Tables>, row: BinaryRow): Promise<BinaryRow | null> {
  const found = await current(transaction, row);
  const same = found?.revision === row.revision && contentKeyOf(found) === contentKeyOf(row) && isVerified(found);
  return same ? found : null;
}

/** @param found as it was, counting what it did */
async function repoint(
  transaction: Transaction<Tables>,
  { clock, config, origins }: Needs,
  move: ContentMoveRow,
  found: BinaryRow,
  content: Partial<BinaryRow>,
): Promise<void> {
  const changes = { ...content, store_id: move.to_store_id, upload_id: null, ...outOfArchive };
  const after = await changeIfUnchanged(transaction, clock, found, changes);
  // Who has a link to the old place may begin requests there for as long as such links live.
  const lives = Math.max(config.redirectExpiry, ...origins.map(({ passesBy, expiry }) => (passesBy ? expiry : 0)));
  const until = new Date(clock.now().getTime() + lives * 1000);
  await leaveContent(transaction, clock, found, timestamp(until));
  await remakeDeltas(transaction, clock, found, until);
  await note(transaction, move, found, after);
}

/** @throws Error when what is read, there or here, is not what was once verified */
async function copyContent(
  { source, target }: { source: ContentStore; target: ContentStore },
  place: ContentPlace,
  row: BinaryRow,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const size = row.size!;
  const chunks = readKept(source, keptOf(row), 0, size - 1);
  const body = Readable.from(size === 0 ? [] : own(chunks));
  const sent = await target.receiveWhole(place, file, size, body, signal).finally(() => body.destroy());
  if (sent.tooLong || sent.size !== size || sent.hash !== row.hash) {
    throw new Error("the store that it is moved from no longer has the content that was verified");
  }
  const kept = await remoteDigest((start, end) => target.chunks(place, file, start, end), size, signal);
  if (kept !== row.hash) throw new Error("the store that it is moved to gives back other bytes than were sent");
}

/** Chunks that stay as they are when the next one is asked for. */
async function* own(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

/** A binary without content only has to be told where it will be; as after a reset, nothing that is under way counts. */
async function moveEmpty({ db, clock }: Needs, move: ContentMoveRow, row: BinaryRow): Promise<boolean> {
  return deciding(db, row.organization_id, async (transaction) => {
    const found = await current(transaction, row);
    const same = found?.revision === row.revision && found.store_id === row.store_id && found.state === "uploadable";
    if (!same || found.upload_id !== null || (await hasParts(transaction, row))) return false;
    await letGo(transaction, clock, found);
    const changes = { store_id: move.to_store_id, revision: found.revision + 1, part_size: null };
    await note(transaction, move, { ...found, size: 0 }, await changeIfUnchanged(transaction, clock, found, changes));
    return true;
  });
}

function current(transaction: Transaction<Tables>, row: BinaryRow): Promise<BinaryRow | undefined> {
  return transaction
    .selectFrom("binaries")
    .selectAll()
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.id)
    .executeTakeFirst();
}

async function hasParts(transaction: Transaction<Tables>, row: BinaryRow): Promise<boolean> {
  const part = await transaction
    .selectFrom("binary_parts")
    .select("id")
    .where("organization_id", "=", row.organization_id)
    .where("binary_id", "=", row.id)
    .limit(1)
    .executeTakeFirst();
  return part !== undefined;
}

async function note(
  transaction: Transaction<Tables>,
  move: ContentMoveRow,
  before: BinaryRow,
  after: BinaryRow,
): Promise<void> {
  const size = before.size!;
  await transaction
    .updateTable("content_moves")
    .set((eb) => ({
      moved_binaries: eb("moved_binaries", "+", 1),
      moved_bytes: eb("moved_bytes", "+", size),
      updated_at: after.updated_at,
    }))
    .where("organization_id", "=", move.organization_id)
    .where("id", "=", move.id)
    .execute();
  await record(transaction, {
    organizationId: after.organization_id,
    by: theServer,
    type: "binary",
    subtype: "moved",
    resource: resourcePrn(after.organization_id, "binary", after.id),
    ...difference({ ...before, size: after.size }, after),
    at: after.updated_at,
  });
}
