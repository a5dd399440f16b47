import type { Kysely, Transaction } from "kysely";
import type { ContentPlace } from "../content/place.ts";
import type { ContentCopyRow, ContentMoveRow, Tables } from "../database/tables.ts";
import { changing } from "../database/transaction.ts";
import type { Platform } from "../platform.ts";

/*
 * What a move is writing stands in a row from before its first byte on, so that whatever happens it is either named by the
 * binary's record or removed, and never both.
 */

type Copy = Pick<ContentCopyRow, "organization_id" | "move_id" | "binary_id" | "revision" | "file">;

export async function announceCopy(db: Kysely<Tables>, copy: Copy, now: string): Promise<void> {
  await db
    .insertInto("content_copies")
    .values({ ...copy, dropped: 0, inserted_at: now })
    .execute();
}

/** For the transaction in which the record comes to name the file. False when the copy was given up meanwhile. */
export async function takeCopy(transaction: Transaction<Tables>, copy: Copy): Promise<boolean> {
  const { numDeletedRows } = await transaction
    .deleteFrom("content_copies")
    .where("organization_id", "=", copy.organization_id)
    .where("move_id", "=", copy.move_id)
    .where("binary_id", "=", copy.binary_id)
    .where("file", "=", copy.file)
    .where("dropped", "=", 0)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Removes a copy that no record names, for good: from here on none will. One that was taken is left alone. */
export async function dropCopy(
  { db, stores }: Pick<Platform, "db" | "stores">,
  move: ContentMoveRow,
  copy: Copy,
): Promise<void> {
  const { numUpdatedRows } = await changing(db, copy.organization_id, (transaction) =>
    transaction
      .updateTable("content_copies")
      .set({ dropped: 1 })
      .where("organization_id", "=", copy.organization_id)
      .where("move_id", "=", copy.move_id)
      .where("binary_id", "=", copy.binary_id)
      .where("file", "=", copy.file)
      .executeTakeFirst(),
  );
  if (numUpdatedRows === 0n) return;
  const place: ContentPlace = {
    organizationId: copy.organization_id,
    binaryId: copy.binary_id,
    revision: copy.revision,
  };
  const store = await stores.of({ organization_id: copy.organization_id, store_id: move.to_store_id });
  await store.removeFile(place, copy.file);
  if (store.kind === "files") await store.prune(place);
  await db
    .deleteFrom("content_copies")
    .where("organization_id", "=", copy.organization_id)
    .where("move_id", "=", copy.move_id)
    .where("binary_id", "=", copy.binary_id)
    .where("file", "=", copy.file)
    .execute();
}

/** What whoever worked on this move before has left. */
export async function dropCopies(platform: Pick<Platform, "db" | "stores">, move: ContentMoveRow): Promise<void> {
  const copies = await platform.db
    .selectFrom("content_copies")
    .selectAll()
    .where("organization_id", "=", move.organization_id)
    .where("move_id", "=", move.id)
    .execute();
  for (const copy of copies) await dropCopy(platform, move, copy);
}
