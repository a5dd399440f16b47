import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { verifiedStates } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { about, difference, record } from "../activity/record.ts";
import { deciding } from "../binaries/deciding.ts";
import { contentKeyOf, keptOf, leaveContent, recordsSharing } from "../binaries/shared-content.ts";
import { toFrames } from "../content/frames.ts";
import { type Kept, readKept } from "../content/kept.ts";
import { type ContentPlace, newFile } from "../content/place.ts";
import { remoteDigest } from "../content/remote-digest.ts";
import type { ContentStore } from "../content/store.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { sampledShare } from "./sample.ts";

export type Needs = Pick<Platform, "db" | "stores" | "clock" | "config">;

/** Milliseconds after which what was being written is removed, if no record names it by then; and the last of them, in which none may come to. */
const written = { within: 86_400_000, notInLast: 3_600_000 };

/**
 * Compresses one content, for all records that share it: written to a place of its own, read back and compared, then named in
 * the place of the one that came. What doesn't become smaller by the set share stays, and is not looked at again. Returns
 * whether anything was decided. @throws what a store says, and the signal's reason
 */
export async function compressContent(platform: Needs, row: BinaryRow, signal: AbortSignal): Promise<boolean> {
  const store = await platform.stores.of(row);
  const kept = keptOf(row);
  const share = platform.config.compressAtRest;
  if ((await sampledShare(store, kept)) < share) return change(platform, row, { content_coding: "identity" });
  const place: ContentPlace = { organizationId: row.organization_id, binaryId: uuidv7(), revision: 0 };
  const file = newFile("frames");
  await announce(platform, place, row.store_id);
  const frames = await write(store, kept, place, file, signal);
  const isSmaller = frames.size <= kept.size * (1 - share);
  const compressed: Kept = { place, file, size: kept.size, frames };
  if (isSmaller) {
    const read = (start: number, end: number) => readKept(store, compressed, start, end);
    if ((await remoteDigest(read, kept.size, signal)) !== row.hash) {
      throw new Error("the store gives back other bytes than were compressed");
    }
  }
  const named = isSmaller && (await name(platform, row, compressed));
  if (named) return true;
  await store.remove(place);
  await forget(platform.db, place);
  return isSmaller ? false : change(platform, row, { content_coding: "identity" });
}

async function write(store: ContentStore, kept: Kept, place: ContentPlace, file: string, signal: AbortSignal) {
  const plain = createHash("sha256");
  async function* hashed() {
    for await (const chunk of readKept(store, kept, 0, kept.size - 1)) {
      signal.throwIfAborted();
      plain.update(chunk);
      yield chunk;
    }
  }
  const body = Readable.from(toFrames(hashed()), { objectMode: false });
  // Never more than this: what doesn't get smaller is let go of.
  const limit = kept.size + 1_048_576;
  const { size, hash, tooLong } = await store
    .receiveWhole(place, file, limit, body, signal)
    .finally(() => body.destroy());
  if (tooLong) return { size: Number.POSITIVE_INFINITY, hash };
  return { size, hash };
}

/** What is being written is to be removed, unless a record comes to name it. */
async function announce({ db, clock }: Needs, place: ContentPlace, storeId: string | null): Promise<void> {
  const now = clock.now();
  await db
    .insertInto("discarded_content")
    .values({
      ...{ organization_id: place.organizationId, binary_id: place.binaryId, revision: place.revision },
      ...{ inserted_at: timestamp(now), store_id: storeId ?? "", file: "" },
      due_at: timestamp(new Date(now.getTime() + written.within)),
    })
    .execute();
}

/** @param after only if it is due after this. Returns whether it was still to be removed. */
async function forget(db: Kysely<Tables>, { organizationId, binaryId }: ContentPlace, after = ""): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("discarded_content")
    .where("organization_id", "=", organizationId)
    .where("binary_id", "=", binaryId)
    .where("due_at", ">", after)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Has all records that share the content name the compressed one. False when they moved on, or it took too long. */
function name(platform: Needs, row: BinaryRow, { place, file, frames }: Kept): Promise<boolean> {
  return change(
    platform,
    row,
    {
      ...{ content_binary_id: place.binaryId, content_revision: place.revision, content_file: file },
      ...{ content_coding: "zstd", stored_size: frames!.size, stored_hash: frames!.hash },
    },
    place,
  );
}

/** Changes what all records that share the content say of it, if it is still there and whole. @param place to which they are to point */
function change(
  { db, clock, config }: Needs,
  row: BinaryRow,
  changes: Partial<BinaryRow>,
  place?: ContentPlace,
): Promise<boolean> {
  return deciding(db, row.organization_id, async (transaction) => {
    const sharing = await recordsSharing(transaction, row).selectAll().orderBy("id").execute();
    const isFit = (one: BinaryRow) =>
      verifiedStates.includes(one.state) && one.quarantine === null && one.archive_class === null;
    const same = sharing.length > 0 && sharing.every((one) => isFit(one) && contentKeyOf(one) === contentKeyOf(row));
    if (!same) return false;
    const now = clock.now();
    // One that is about to be removed is not named any more.
    const due = timestamp(new Date(now.getTime() + written.notInLast));
    if (place && !(await forget(transaction, place, due))) return false;
    await transaction
      .updateTable("binaries")
      .set(changes)
      .where("organization_id", "=", row.organization_id)
      .where("id", "in", recordsSharing(transaction, row).select("id"))
      .execute();
    if (!place) return true;
    for (const before of sharing) {
      await record(transaction, {
        ...about(theServer, "binary", before, "compressed"),
        ...difference(before, { ...before, ...changes }),
        at: timestamp(now),
      });
    }
    // Whoever looked where it is before this reads it there.
    const until = new Date(now.getTime() + config.redirectExpiry * 1000);
    await leaveContent(transaction, clock, { ...row, reserved_bytes: 0 }, timestamp(until));
    return true;
  });
}
