import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DeltaRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import type { Platform } from "../platform.ts";
import { inSpan } from "../tracing/span.ts";
import { ProgramFailed } from "./child.ts";
import { makeDelta, NoDelta } from "./make.ts";
import { findEnds, give, giveUp, type Needs, putOff } from "./outcome.ts";
import { followPlans } from "./plans.ts";

/** Milliseconds between two looks for deltas that are to be made. */
const lookEvery = 2_000;
/** Rows that are read at once: beyond those that others are making. */
const batch = 20;
/** Age in milliseconds of a directory that nobody works in any more. */
const abandoned = 2 * 86_400_000;

/** Makes deltas in the background, one at a time in each replica; after a crash it goes on by itself, here or in another. */
export type Deltas = ReturnType<typeof startDeltas>;

export function startDeltas(platform: Needs & Pick<Platform, "log" | "leases" | "deltaTools">) {
  const { db, clock, log, leases, config, deltaTools } = platform;
  const root = join(config.dataDirectory, "deltas");
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let again = false;

  async function make(row: DeltaRow, lost: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([lost, stopping.signal]);
    await mkdir(root, { recursive: true, mode: 0o700 });
    const directory = await mkdtemp(join(root, `${row.id}-`));
    try {
      const ends = await findEnds(platform, row);
      if (!ends)
        return await giveUp(
          platform,
          row,
          "failed",
          "one of its binaries isn't signed any more, or can't be read",
          null,
        );
      const made = await makeDelta(row, ends.from, ends.to, directory, config, signal);
      await give(platform, row, ends.to, made, signal);
      log.info({ delta: row.id, algorithm: row.algorithm, size: made.size, whole: ends.to.row.size }, "made a delta");
    } catch (error) {
      if (signal.aborted) return;
      const { message } = error as Error;
      if (error instanceof NoDelta) return await giveUp(platform, row, error.state, message, error.size);
      log.warn({ err: error, delta: row.id }, "a delta could not be made");
      if (error instanceof ProgramFailed) return await giveUp(platform, row, "failed", message, null);
      await putOff(platform, row, message);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  /** One delta that nobody else is making. False when there is none. */
  async function makeOne(): Promise<boolean> {
    const rows = await db
      .selectFrom("deltas")
      .selectAll()
      .where("state", "=", "waiting")
      .where("next_try_at", "<=", timestamp(clock.now()))
      .where("algorithm", "in", [...deltaTools.available])
      .orderBy("next_try_at")
      .limit(batch)
      .execute();
    for (const row of rows) {
      if (
        await leases.holding(`delta ${row.id}`, (lost) =>
          inSpan("make delta", { "peridio.delta": row.id }, () => makeIfWaiting(row, lost)),
        )
      )
        return true;
    }
    return false;
  }

  /** Who held the lease before may have made it. */
  async function makeIfWaiting({ organization_id, id }: DeltaRow, lost: AbortSignal): Promise<void> {
    const row = await db
      .selectFrom("deltas")
      .selectAll()
      .where("organization_id", "=", organization_id)
      .where("id", "=", id)
      .where("state", "=", "waiting")
      .executeTakeFirst();
    if (row) await make(row, lost);
  }

  async function run(): Promise<void> {
    do {
      again = false;
      await followPlans(platform);
      while (!stopping.signal.aborted && (await makeOne())) await followPlans(platform);
    } while (again && !stopping.signal.aborted);
  }

  function look(): void {
    if (deltaTools.available.length === 0 || stopping.signal.aborted) return;
    again = true;
    running ??= run()
      .catch((err) => log.error({ err }, "deltas can't be made; it is tried again"))
      .finally(() => {
        running = null;
      });
  }

  /** What a server that was killed has left. */
  async function sweep(): Promise<void> {
    for (const name of await readdir(root).catch(() => [])) {
      const { mtimeMs } = await stat(join(root, name));
      if (Date.now() - mtimeMs > abandoned) await rm(join(root, name), { recursive: true, force: true });
    }
  }

  if (deltaTools.missing.length > 0) {
    const words = `not on PATH: ${deltaTools.missing.join(", ")}; no deltas are made with what is missing`;
    log.warn({ available: deltaTools.available, missing: deltaTools.missing }, words);
  }
  sweep().catch((err) => log.warn({ err }, "what was left of deltas could not be removed"));
  const timer = setInterval(look, lookEvery);
  timer.unref();

  return {
    look,

    /** Stops for good; what is unfinished is begun anew at the next start, or in another replica. */
    async stop(): Promise<void> {
      clearInterval(timer);
      stopping.abort(new Error("the server is stopping"));
      await running;
    },
  };
}
