import { type PartState, resourcePrn } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import { record } from "../activity/record.ts";
import { type ObjectPart, UploadGone } from "../content/store.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { type PlacedPart, partsOf } from "./completeness.ts";
import { deciding } from "./deciding.ts";
import { placeOf } from "./transitions.ts";

/** Parts that one statement changes. */
const batch = 500;

/**
 * Clients send parts straight to an object store, which tells nobody: before anyone asks which parts there are, the store is
 * asked, and the records are made to say it. Nothing to do where parts are sent to this server.
 */
export async function noteArrivedParts(
  { stores, db, clock }: Pick<Platform, "stores" | "db" | "clock">,
  row: BinaryRow,
): Promise<void> {
  if (row.upload_id === null || row.state !== "uploadable") return;
  const content = await stores.of(row);
  if (content.kind === "files") return;
  const arrived = await content.listParts(placeOf(row), row.upload_id).catch((error: unknown) => {
    if (error instanceof UploadGone) return null;
    throw error;
  });
  const seen = new Map((arrived ?? []).map((part) => [part.index, part]));
  // Most who ask learn nothing new: they need no turn.
  if (arrived !== null && changesOf(await partsOf(db, row), seen).length === 0) return;
  await deciding(db, row.organization_id, async (transaction) => {
    const current = await transaction
      .selectFrom("binaries")
      .select(["state", "revision", "upload_id"])
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .executeTakeFirst();
    const same = current?.revision === row.revision && current.upload_id === row.upload_id;
    if (!same || current.state !== "uploadable") return;
    const now = timestamp(clock.now());
    const changed = await noteStates(transaction, row, seen, now);
    // The next part begins another upload there.
    if (arrived === null) await forgetUpload(transaction, row);
    if (changed.length === 0) return;
    await record(transaction, {
      organizationId: row.organization_id,
      by: theServer,
      type: "binary_part",
      subtype: "seen",
      resource: resourcePrn(row.organization_id, "binary", row.id),
      after: { parts: changed },
      at: now,
    });
  });
}

function stateOf(part: PlacedPart, arrived: ObjectPart | undefined): PartState {
  if (!arrived) return "uploadable";
  if (arrived.size !== part.size) return "invalid_size";
  return arrived.hash === null || arrived.hash === part.hash ? "valid" : "invalid_hash";
}

interface Change {
  index: number;
  state: PartState;
}

/** The parts whose records don't say what the store has. */
function changesOf(parts: readonly PlacedPart[], seen: ReadonlyMap<number, ObjectPart>): Change[] {
  return parts.flatMap((part) => {
    const state = stateOf(part, seen.get(part.part_index));
    return state === part.state ? [] : [{ index: part.part_index, state }];
  });
}

async function noteStates(
  transaction: Transaction<Tables>,
  row: BinaryRow,
  seen: ReadonlyMap<number, ObjectPart>,
  now: string,
): Promise<Change[]> {
  const changed = changesOf(await partsOf(transaction, row), seen);
  for (const state of new Set(changed.map((part) => part.state))) {
    const indexes = changed.filter((part) => part.state === state).map(({ index }) => index);
    for (let at = 0; at < indexes.length; at += batch) {
      await transaction
        .updateTable("binary_parts")
        .set({ state, updated_at: now })
        .where("organization_id", "=", row.organization_id)
        .where("binary_id", "=", row.id)
        .where("part_index", "in", indexes.slice(at, at + batch))
        .execute();
    }
  }
  return changed;
}

async function forgetUpload(transaction: Transaction<Tables>, row: BinaryRow): Promise<void> {
  await transaction
    .updateTable("binaries")
    .set({ upload_id: null })
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.id)
    .execute();
}
