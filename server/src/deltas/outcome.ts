import { createReadStream } from "node:fs";
import type { DeltaState } from "@open-peridio/contract";
import { about, difference, record } from "../activity/record.ts";
import { newFile } from "../content/place.ts";
import type { BinaryRow, DeltaRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { CommitUnknown, changing } from "../database/transaction.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { fitBinaries } from "../signing/dropped-deltas.ts";
import type { End, Made } from "./make.ts";

export type Needs = Pick<Platform, "db" | "stores" | "clock" | "config" | "metrics">;

/** Tries after which what a store says is the answer. */
const maxTries = 8;
/** Milliseconds until the first of them, doubled each time. */
const firstPause = 5_000;

/** Where a delta's content is: a place of its own, so that nothing of a binary's can hit it. */
export function deltaPlace({ organization_id, id }: Pick<DeltaRow, "organization_id" | "id">) {
  return { organizationId: organization_id, binaryId: id, revision: 0 };
}

/** Both binaries; null when one of them may not be distributed any more. */
export async function findEnds({ db, stores }: Needs, row: DeltaRow): Promise<{ from: End; to: End } | null> {
  const find = async (id: string): Promise<End | null> => {
    const binary = await db
      .selectFrom("binaries")
      .selectAll()
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", id)
      .where("archive_readable", "=", 1)
      .where("id", "in", fitBinaries(db, row.organization_id).where("fit.id", "=", id))
      .executeTakeFirst();
    return binary ? { row: binary, store: await stores.of(binary) } : null;
  };
  const [from, to] = [await find(row.from_binary_id), await find(row.to_binary_id)];
  return from && to ? { from, to } : null;
}

type Changes = Partial<Omit<DeltaRow, "organization_id" | "id">>;

/** Changes a delta that is still waiting; null when it is gone or made. */
function change({ db, clock }: Needs, row: DeltaRow, changes: Changes, told: string | null): Promise<DeltaRow | null> {
  return changing(db, row.organization_id, async (transaction) => {
    const at = timestamp(clock.now());
    const after = await transaction
      .updateTable("deltas")
      .set({ ...changes, updated_at: at })
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .where("state", "=", "waiting")
      .returningAll()
      .executeTakeFirst();
    if (!after) return null;
    if (told !== null)
      await record(transaction, { ...about(theServer, "delta", after, told), ...difference(row, after), at });
    return after;
  });
}

/**
 * Keeps a delta in the store of what it makes. Its file stands in the row before its first byte is written, so that
 * whatever happens it is either named by the row or removed.
 */
export async function give(needs: Needs, row: DeltaRow, to: End, made: Made, signal: AbortSignal): Promise<void> {
  const { stores, metrics } = needs;
  const place = deltaPlace(row);
  // What an earlier try has left there.
  if (row.file !== null) await (await stores.of(row)).remove(place);
  const file = newFile("delta");
  const store_id = to.row.store_id;
  if (!(await change(needs, row, { store_id, file }, null))) return;
  const received = await to.store.receiveWhole(place, file, made.size, createReadStream(made.path), signal);
  if (received.size !== made.size || received.hash !== made.hash) throw new Error("the file of a delta was changed");
  const kept = await change(
    needs,
    row,
    { state: "ready", size: made.size, hash: made.hash, detail: null },
    "made",
  ).catch((error: unknown) => {
    if (error instanceof CommitUnknown) return row;
    throw error;
  });
  if (!kept) await to.store.remove(place);
  else metrics.deltas.inc({ algorithm: row.algorithm, outcome: "ready" });
}

export async function giveUp(
  needs: Needs,
  row: DeltaRow,
  state: Exclude<DeltaState, "waiting" | "ready">,
  detail: string,
  size: number | null,
): Promise<void> {
  await change(needs, row, { state, detail, size }, state);
  needs.metrics.deltas.inc({ algorithm: row.algorithm, outcome: state });
}

/** Tries it again later; not for ever. */
export async function putOff(needs: Needs, row: DeltaRow, detail: string): Promise<void> {
  const tries = row.tries + 1;
  if (tries === maxTries) return await giveUp(needs, row, "failed", detail, null);
  const next = new Date(needs.clock.now().getTime() + firstPause * 2 ** row.tries);
  await change(needs, row, { tries, detail, next_try_at: timestamp(next) }, null);
}

/** The row of a delta that is to be made. */
export function newDelta(
  id: string,
  from: BinaryRow | Pick<BinaryRow, "organization_id" | "id">,
  to: Pick<BinaryRow, "id">,
  algorithm: DeltaRow["algorithm"],
  now: string,
): DeltaRow {
  return {
    ...{ organization_id: from.organization_id, id, inserted_at: now, updated_at: now },
    ...{ from_binary_id: from.id, to_binary_id: to.id, algorithm, state: "waiting" },
    ...{ size: null, hash: null, store_id: null, file: null, detail: null },
    ...{ tries: 0, next_try_at: now, downloaded_bytes: 0 },
  };
}
