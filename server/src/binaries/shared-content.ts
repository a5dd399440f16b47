import { verifiedStates } from "@open-peridio/contract";
import type { Kysely, Transaction } from "kysely";
import { type Kept, storedSizeOf } from "../content/kept.ts";
import { type ContentPlace, keyOf } from "../content/place.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import type { Platform } from "../platform.ts";
import { reserve } from "./quota.ts";

/*
 * An organization keeps a content once in each store: a record whose bytes are proven to be those of another names the other's
 * place, and its own are let go of. Nobody counts references: changes of an organization take turns, so that whoever gives a
 * content up can ask who else needs it. A place that was given up is never named again.
 */

type Placed = Pick<BinaryRow, "organization_id" | "id" | "revision" | "content_binary_id" | "content_revision">;

/** Where a record's content is; before there is any, its own place. */
export function contentPlaceOf(row: Placed): ContentPlace {
  return {
    organizationId: row.organization_id,
    binaryId: row.content_binary_id ?? row.id,
    revision: row.content_revision ?? row.revision,
  };
}

type Stored = Placed & Pick<BinaryRow, "content_file" | "size" | "content_coding" | "stored_size" | "stored_hash">;

/** How the content of a record that names one is kept. */
export function keptOf(row: Stored): Kept {
  const frames = row.content_coding === "zstd" ? { size: row.stored_size!, hash: row.stored_hash! } : null;
  return { place: contentPlaceOf(row), file: row.content_file!, size: row.size!, frames };
}

/** One text for one content of an organization. */
export function contentKeyOf(row: Placed & Pick<BinaryRow, "store_id" | "content_file">): string {
  return `${row.store_id ?? ""} ${keyOf(contentPlaceOf(row))}/${row.content_file}`;
}

/** Records whose content is at this place, in whatever store. */
export function recordsAt(db: Kysely<Tables>, { organizationId, binaryId, revision }: ContentPlace) {
  return db
    .selectFrom("binaries")
    .where("organization_id", "=", organizationId)
    .where("content_file", "is not", null)
    .where(({ eb, or, and }) =>
      or([
        and([eb("content_binary_id", "=", binaryId), eb("content_revision", "=", revision)]),
        and([eb("id", "=", binaryId), eb("revision", "=", revision), eb("content_binary_id", "is", null)]),
      ]),
    );
}

/** Records that have the very content of this one, itself among them. */
export function recordsSharing(db: Kysely<Tables>, row: BinaryRow) {
  return recordsAt(db, contentPlaceOf(row))
    .where("store_id", row.store_id === null ? "is" : "=", row.store_id)
    .where("content_file", "=", row.content_file);
}

/** Another record of the organization with verified content of this hash and size in this store: the oldest. */
export function findHeld(
  db: Kysely<Tables>,
  wanted: Pick<BinaryRow, "organization_id" | "id" | "store_id" | "hash" | "size">,
): Promise<BinaryRow | undefined> {
  return (
    db
      .selectFrom("binaries")
      .selectAll()
      .where("organization_id", "=", wanted.organization_id)
      .where("hash", "=", wanted.hash)
      .where("size", "=", wanted.size)
      .where("store_id", wanted.store_id === null ? "is" : "=", wanted.store_id)
      .where("state", "in", verifiedStates)
      .where("content_file", "is not", null)
      .where("quarantine", "is", null)
      // Archived by another it may be readable only hours later.
      .where("archive_class", "is", null)
      .where("id", "!=", wanted.id)
      .orderBy("inserted_at")
      .orderBy("id")
      .limit(1)
      .executeTakeFirst()
  );
}

/** Whether the store still shows it, so that no good bytes are let go of for lost ones. @throws what the store says */
export async function isThere({ stores }: Pick<Platform, "stores">, row: BinaryRow): Promise<boolean> {
  const kept = keptOf(row);
  return (await (await stores.of(row)).sizeOf(kept.place, kept.file)) === storedSizeOf(kept);
}

/** What a record says of the content that it has. */
type Named = Pick<
  BinaryRow,
  "content_binary_id" | "content_revision" | "content_file" | "content_coding" | "stored_size" | "stored_hash"
>;

/** What makes a record name the content that another has. It counts no more. */
export async function shareContent(transaction: Transaction<Tables>, row: BinaryRow, held: BinaryRow): Promise<Named> {
  await reserve(transaction, row, { reserved_bytes: 0, announced_bytes: 0 }, null);
  const { binaryId, revision } = contentPlaceOf(held);
  const { content_file, content_coding, stored_size, stored_hash } = held;
  return {
    ...{ content_binary_id: binaryId, content_revision: revision },
    ...{ content_file, content_coding, stored_size, stored_hash },
  };
}

/**
 * Lets go of what a record had, once it names it no more: what nobody else needs is marked for removal, which follows when the
 * transaction is through; else it counts for another from now on.
 * @param dueAt not before this; empty for at once
 */
export async function leaveContent(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  had: BinaryRow,
  dueAt = "",
): Promise<void> {
  const heir =
    had.content_file === null
      ? undefined
      : await recordsSharing(transaction, had)
          .selectAll()
          .where("id", "!=", had.id)
          .orderBy("inserted_at")
          .orderBy("id")
          .limit(1)
          .executeTakeFirst();
  if (heir) {
    const { announced_bytes } = heir;
    if (had.reserved_bytes > 0) await reserve(transaction, heir, { reserved_bytes: had.size!, announced_bytes }, null);
    return;
  }
  const place = contentPlaceOf(had);
  const other = await recordsAt(transaction, place).select("id").where("id", "!=", had.id).limit(1).executeTakeFirst();
  // The whole place only when nobody can come back to it.
  const file = other || dueAt !== "" ? had.content_file : "";
  if (file !== null) await discardContent(transaction, clock, place, had.store_id, file, dueAt);
}

/** Marks what is at a place for removal. @param file empty for all that is there */
export async function discardContent(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  { organizationId, binaryId, revision }: ContentPlace,
  storeId: string | null,
  file: string,
  dueAt: string,
): Promise<void> {
  await transaction
    .insertInto("discarded_content")
    .values({
      organization_id: organizationId,
      binary_id: binaryId,
      revision,
      inserted_at: timestamp(clock.now()),
      store_id: storeId ?? "",
      file,
      due_at: dueAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The first revision of a binary whose id may have been another's: at places of that one may be what is needed, or to go. */
export async function firstRevision(db: Kysely<Tables>, organizationId: string, id: string): Promise<number> {
  const needed = await db
    .selectFrom("binaries")
    .select(({ fn }) => fn.max("content_revision").as("last"))
    .where("organization_id", "=", organizationId)
    .where("content_binary_id", "=", id)
    .executeTakeFirst();
  const discarded = await db
    .selectFrom("discarded_content")
    .select(({ fn }) => fn.max("revision").as("last"))
    .where("organization_id", "=", organizationId)
    .where("binary_id", "=", id)
    .executeTakeFirst();
  return Math.max(needed?.last ?? -1, discarded?.last ?? -1) + 1;
}
