import { resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { about, difference, record } from "../activity/record.ts";
import type { BinaryRow, ContentMoveRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { wordsOf } from "../stores/explain.ts";
import { inSpan } from "../tracing/span.ts";
import { candidates } from "./candidates.ts";
import { dropCopies } from "./copies.ts";
import { moveBinary, type Needs } from "./move-binary.ts";

/** Milliseconds between two looks for moves; so soon, too, a pause is noticed while a content is being copied. */
const lookEvery = 1_000;
/** Milliseconds before a round that brought nothing over is repeated. */
const retryAfter = { first: 1_000, most: 60_000 };
/** Contents that one move copies at once, each in bounded memory. */
const copiedAtOnce = 2;
/** Binaries that are read at once. */
const batch = 100;
/** Failures in a row after which a round ends: then it's the store, not a binary. */
const maxFailures = 5;

/** Brings content from store to store, in the background; after a crash it goes on by itself, here or in another replica. */
export type Moving = ReturnType<typeof startMoving>;

export function startMoving(platform: Needs & Pick<Platform, "log" | "leases" | "discarded">) {
  const { db, clock, log, leases } = platform;
  const running = new Map<string, Promise<void>>();
  /** When a move that got nowhere is tried again, and how long that took to come. */
  const resting = new Map<string, { until: number; pause: number }>();
  const stopping = new AbortController();

  function rowOf({ organization_id, id }: ContentMoveRow, database: Kysely<Tables> = db): Promise<ContentMoveRow> {
    return database
      .selectFrom("content_moves")
      .selectAll()
      .where("organization_id", "=", organization_id)
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
  }

  /** A signal that fires when the move is not to go on. */
  function watch(move: ContentMoveRow, lost: AbortSignal): { signal: AbortSignal; end(): void } {
    const changed = new AbortController();
    const timer = setInterval(() => {
      rowOf(move)
        .then(({ state }) => state === "running" || changed.abort(new Error(`the move is '${state}'`)))
        .catch(() => {}); // The next look may be answered; nothing is switched without the database.
    }, lookEvery);
    return {
      signal: AbortSignal.any([changed.signal, lost, stopping.signal]),
      end: () => clearInterval(timer),
    };
  }

  /** Each binary once, in the order of their ids. Returns how many are over, and what went wrong last. */
  async function round(move: ContentMoveRow, signal: AbortSignal): Promise<{ moved: number; failed: string | null }> {
    let moved = 0;
    let failures = 0;
    let failed: string | null = null;
    let last = "";
    let queue: BinaryRow[] = [];

    async function runner(): Promise<void> {
      while (failures < maxFailures && !signal.aborted) {
        const row = queue.shift();
        if (!row) return;
        last = row.id;
        try {
          const isOver = () => moveBinary(platform, move, row, signal);
          if (await inSpan("move binary", { "peridio.binary": row.id }, isOver)) moved++;
          failures = 0;
        } catch (error) {
          if (signal.aborted) return;
          failures++;
          const binary = resourcePrn(row.organization_id, "binary", row.id);
          failed = `${binary}: ${wordsOf(error)}`;
          log.warn({ err: error, binary, move: move.id }, "a content could not be moved yet");
        }
      }
    }

    while (failures < maxFailures && !signal.aborted) {
      queue = await candidates(db, move)
        .selectAll("binaries")
        .where("binaries.id", ">", last)
        .orderBy("binaries.id")
        .limit(batch)
        .execute();
      if (queue.length === 0) break;
      await Promise.all(Array.from({ length: copiedAtOnce }, runner));
    }
    return { moved, failed };
  }

  /** Says what went wrong, or that nothing is left. */
  async function conclude(move: ContentMoveRow, failed: string | null): Promise<void> {
    await changing(db, move.organization_id, async (transaction) => {
      const left = await candidates(transaction, move).select("binaries.id").limit(1).executeTakeFirst();
      const before = await rowOf(move, transaction);
      if (before.state !== "running") return;
      const now = timestamp(clock.now());
      const done = left ? {} : { state: "done" as const, ended_at: now };
      const after = { ...before, last_error: failed, ...done };
      if (left && after.last_error === before.last_error) return;
      await transaction
        .updateTable("content_moves")
        .set({ last_error: after.last_error, ...done, updated_at: now })
        .where("organization_id", "=", move.organization_id)
        .where("id", "=", move.id)
        .execute();
      if (left) return;
      await record(transaction, {
        ...about(theServer, "content_move", after, "done"),
        ...difference(before, after),
        at: now,
      });
    });
  }

  async function work(move: ContentMoveRow, lost: AbortSignal): Promise<void> {
    await dropCopies(platform, move);
    if ((await rowOf(move)).state !== "running") return;
    const watching = watch(move, lost);
    try {
      const { moved, failed } = await round(move, watching.signal);
      if (watching.signal.aborted) return;
      await conclude(move, failed);
      if (moved > 0) resting.delete(move.id);
      else rest(move);
    } finally {
      watching.end();
      platform.discarded.remove();
    }
  }

  function rest({ id }: ContentMoveRow): void {
    const before = resting.get(id)?.pause ?? retryAfter.first / 2;
    const pause = Math.min(before * 2, retryAfter.most);
    resting.set(id, { until: performance.now() + pause, pause });
  }

  function begin(move: ContentMoveRow): void {
    const isResting = (resting.get(move.id)?.until ?? 0) > performance.now();
    if (running.has(move.id) || isResting || stopping.signal.aborted) return;
    const ended = leases
      .holding(`move ${move.id}`, (lost) => work(move, lost))
      .then(() => {})
      .catch((err) => {
        if (stopping.signal.aborted) return;
        rest(move);
        log.error({ err, move: move.id }, "a move could not go on; it is tried again");
      })
      .finally(() => running.delete(move.id));
    running.set(move.id, ended);
  }

  /** Begins what is to be done: moves that run, and what those that ended have left. */
  async function lookNow(): Promise<void> {
    const moves = await db
      .selectFrom("content_moves")
      .selectAll()
      .where((eb) =>
        eb.or([
          eb("state", "=", "running"),
          eb.exists(
            eb
              .selectFrom("content_copies")
              .select("move_id")
              .whereRef("content_copies.organization_id", "=", "content_moves.organization_id")
              .whereRef("content_copies.move_id", "=", "content_moves.id"),
          ),
        ]),
      )
      .execute();
    for (const move of moves) begin(move);
  }

  function look(): void {
    lookNow().catch((err) => log.error({ err }, "moves of content can't be read"));
  }

  const timer = setInterval(look, lookEvery);
  timer.unref();

  return {
    look,

    /** Stops for good; what is unfinished goes on at the next start, or in another replica. */
    async stop(): Promise<void> {
      clearInterval(timer);
      stopping.abort(new Error("the server is stopping"));
      await Promise.all(running.values());
    },
  };
}
