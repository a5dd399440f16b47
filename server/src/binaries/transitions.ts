import { type BinaryState, resourcePrn, transitions } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import { difference, record } from "../activity/record.ts";
import { refuseHeldContent } from "../catalog/hold.ts";
import type { ContentPlace } from "../content/place.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import type { Author } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { dropDeltasOf } from "../signing/dropped-deltas.ts";
import { activeStore } from "../stores/stores.ts";
import { raced } from "./deciding.ts";
import { reserve } from "./quota.ts";
import { leaveContent } from "./shared-content.ts";

/** Who moves a binary and why. */
export interface Cause {
  by: Author;
  reason: string;
  /** More that the event should tell. */
  details?: Record<string, unknown>;
}

/** Words for the events that aren't named like the state they lead to. */
function eventName(from: BinaryState, to: BinaryState, cause: Cause): string {
  if (to !== "uploadable") return to;
  return from === "hashing" && cause.by.actor === null ? "hash_failed" : "reset";
}

/**
 * Moves a binary along one arrow of the lifecycle table, if it is still as `row` says, and writes the event.
 * Call inside `deciding`. @throws Error for an arrow that the table doesn't have: that is a defect here.
 */
export async function move(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  row: BinaryRow,
  to: BinaryState,
  cause: Cause,
  changes: Partial<BinaryRow> = {},
): Promise<BinaryRow> {
  if (!transitions.some((arrow) => arrow.from === row.state && arrow.to === to)) {
    throw new Error(`the lifecycle has no way from ${row.state} to ${to}`);
  }
  const moved = await changeIfUnchanged(transaction, clock, row, { ...changes, state: to });
  await record(transaction, {
    organizationId: row.organization_id,
    by: cause.by,
    type: "binary",
    subtype: eventName(row.state, to, cause),
    resource: resourcePrn(row.organization_id, "binary", row.id),
    data: { from: row.state, to, reason: cause.reason, revision: moved.revision, ...cause.details },
    ...difference(row, moved),
    at: moved.updated_at,
  });
  return moved;
}

/** Writes `changes` if state and revision are still as in `row`; otherwise the decision starts over. */
export async function changeIfUnchanged(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  row: BinaryRow,
  changes: Partial<BinaryRow>,
): Promise<BinaryRow> {
  const changed = await transaction
    .updateTable("binaries")
    .set({ ...changes, updated_at: timestamp(clock.now()) })
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.id)
    .where("state", "=", row.state)
    .where("revision", "=", row.revision)
    .returningAll()
    .executeTakeFirst();
  if (!changed) throw raced(row.id);
  return changed;
}

/** What a record says of a content that is in no class for archived content. */
export const outOfArchive = { archive_class: null, archive_readable: 1, archive_step: null } as const;

/**
 * What a reset does to the record beside its state: parts go, content is let go of, the next upload gets a place of
 * its own, in the store that is active now.
 */
export async function dropContent(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  row: BinaryRow,
): Promise<Partial<BinaryRow>> {
  await letGo(transaction, clock, row);
  return {
    revision: row.revision + 1,
    part_size: null,
    content_file: null,
    upload_id: null,
    quarantine: null,
    ...outOfArchive,
    ...asUploaded,
    store_id: await activeStore(transaction, row.organization_id),
  };
}

/** What says that content is kept as it came, and nobody has looked whether compressing it pays. */
export const asItCame = { content_coding: null, stored_size: null, stored_hash: null } as const;

/** What says that a record's content is, or will be, at its own place, as it came. */
export const asUploaded = { content_binary_id: null, content_revision: null, ...asItCame } as const;

/** Gives back the bytes, deletes the parts, lets go of deltas and of the content. @throws ApiError 423 while it is held */
export async function letGo(transaction: Transaction<Tables>, clock: Platform["clock"], row: BinaryRow): Promise<void> {
  await refuseHeldContent(transaction, row, timestamp(clock.now()));
  await reserve(transaction, row, { reserved_bytes: 0, announced_bytes: 0 }, null);
  await dropDeltasOf(transaction, clock, row);
  await transaction
    .deleteFrom("binary_parts")
    .where("organization_id", "=", row.organization_id)
    .where("binary_id", "=", row.id)
    .execute();
  if (row.content_binary_id !== null) {
    await transaction
      .updateTable("binaries")
      .set(asUploaded)
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .execute();
  }
  await leaveContent(transaction, clock, row);
}

/** Where a record's upload is written to. */
export function placeOf(row: Pick<BinaryRow, "organization_id" | "id" | "revision">): ContentPlace {
  return { organizationId: row.organization_id, binaryId: row.id, revision: row.revision };
}
