import {
  ApiError,
  type ContentMove,
  type ContentMoveWithRest,
  type CreateContentMove,
  invalid,
  type ListQuery,
  type MoveState,
  organizationPrn,
  resourcePrn,
  searchKeys,
  serverStore,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { about, difference, record } from "../activity/record.ts";
import { listOwn } from "../database/lists.ts";
import { findOwn } from "../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../database/search.ts";
import type { ContentMoveRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { requireWorking } from "../stores/content-stores.ts";
import { candidates } from "./candidates.ts";

/**
 * Begins to move content, after a test of the store that it goes to. @throws ApiError 404; 409 while another move of the
 * organization is not over; 422 on `to` when it is no other store, or fails its test
 */
export async function createMove(
  platform: Platform,
  principal: Principal,
  body: CreateContentMove,
): Promise<ContentMove> {
  const { db, clock } = platform;
  const { organizationId } = principal;
  if (body.from === body.to) throw invalid("to", `must be another store than from; got '${body.to}' for both`);
  await requireNoOther(db, organizationId);
  if (body.to !== serverStore) await requireWorking(platform, principal, body.to, "to");
  const move = await changing(db, organizationId, async (transaction) => {
    await requireNoOther(transaction, organizationId);
    const idOf = async (end: string) =>
      end === serverStore ? null : (await findOwn(transaction, principal, "content_stores", end)).id;
    const artifact = body.artifact_prn ? await findOwn(transaction, principal, "artifacts", body.artifact_prn) : null;
    const now = timestamp(clock.now());
    const row: ContentMoveRow = {
      organization_id: organizationId,
      id: uuidv7(),
      from_store_id: await idOf(body.from),
      to_store_id: await idOf(body.to),
      artifact_id: artifact?.id ?? null,
      state: "running",
      moved_binaries: 0,
      moved_bytes: 0,
      last_error: null,
      ended_at: null,
      inserted_at: now,
      updated_at: now,
    };
    await transaction.insertInto("content_moves").values(row).execute();
    const { from_prn, to_prn, artifact_prn, state } = show(row);
    const after = { from_prn, to_prn, artifact_prn, state };
    await record(transaction, { ...about(principal, "content_move", row, "created"), after, at: now });
    return row;
  });
  platform.moving.look();
  return show(move);
}

async function requireNoOther(db: Kysely<Tables>, organizationId: string): Promise<void> {
  const other = await db
    .selectFrom("content_moves")
    .select(["organization_id", "id", "state"])
    .where("organization_id", "=", organizationId)
    .where("state", "in", ["running", "paused"])
    .executeTakeFirst();
  if (!other) return;
  throw new ApiError("conflict", `the move ${prnOf(other)} is '${other.state}'; wait until it is over, or cancel it`);
}

const columns: SearchColumns = {
  ...commonColumns("content_moves", "content_move"),
  state: { column: "content_moves.state" },
};

export function listMoves({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "content_moves", keys: searchKeys.content_moves, columns } as const;
  return listOwn(db, db.selectFrom("content_moves").selectAll(), list, principal.organizationId, request, show);
}

/** With what is left to do; nothing once it is over. @throws ApiError 404 */
export async function getMove({ db }: Platform, principal: Principal, prn: string): Promise<ContentMoveWithRest> {
  const move = await findOwn(db, principal, "content_moves", prn);
  if (move.ended_at !== null) return { ...show(move), rest: { binaries: 0, bytes: 0, waiting: 0 } };
  const rest = await candidates(db, move)
    .select(({ fn, eb }) => [
      fn.countAll<number>().as("binaries"),
      fn.coalesce(fn.sum<number>("size"), eb.lit(0)).as("bytes"),
      fn
        .countAll<number>()
        .filterWhere(eb.or([eb("state", "not in", ["signable", "signed"]), eb("archive_readable", "=", 0)]))
        .as("waiting"),
    ])
    .executeTakeFirstOrThrow();
  const { binaries, bytes, waiting } = rest;
  return { ...show(move), rest: { binaries: Number(binaries), bytes: Number(bytes), waiting: Number(waiting) } };
}

const words: Record<Exclude<MoveState, "done">, string> = {
  paused: "paused",
  running: "resumed",
  cancelled: "cancelled",
};

/** Pauses a move, goes on with it, or ends it. @throws ApiError 404; 409 when it is over */
export function changeMove(
  platform: Platform,
  principal: Principal,
  prn: string,
  state: keyof typeof words,
): Promise<ContentMove> {
  const { db, clock, moving } = platform;
  const changed = changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "content_moves", prn);
    if (before.state === state) return show(before);
    if (before.ended_at !== null) throw new ApiError("conflict", `the move is '${before.state}'; begin another`);
    const now = timestamp(clock.now());
    const after = await transaction
      .updateTable("content_moves")
      .set({ state, updated_at: now, ...(state === "cancelled" && { ended_at: now }) })
      .where("organization_id", "=", before.organization_id)
      .where("id", "=", before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(transaction, {
      ...about(principal, "content_move", after, words[state]),
      ...difference(before, after),
      at: now,
    });
    return show(after);
  });
  return changed.finally(() => moving.look());
}

function prnOf({ organization_id, id }: Pick<ContentMoveRow, "organization_id" | "id">): string {
  return resourcePrn(organization_id, "content_move", id);
}

function show(row: ContentMoveRow): ContentMove {
  const organizationId = row.organization_id;
  const store = (id: string | null) => (id === null ? null : resourcePrn(organizationId, "content_store", id));
  return {
    prn: prnOf(row),
    organization_prn: organizationPrn(organizationId),
    from_prn: store(row.from_store_id),
    to_prn: store(row.to_store_id),
    artifact_prn: row.artifact_id === null ? null : resourcePrn(organizationId, "artifact", row.artifact_id),
    state: row.state,
    moved_binaries: row.moved_binaries,
    moved_bytes: row.moved_bytes,
    last_error: row.last_error,
    ended_at: row.ended_at,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
