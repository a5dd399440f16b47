import type { Kysely } from "kysely";
import { type ContentPlace, keyOf } from "../content/place.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { inSpan } from "../tracing/span.ts";
import { deciding } from "./deciding.ts";
import { concludeHashing, fail } from "./outcome.ts";
import { move, placeOf } from "./transitions.ts";
import type { Whole } from "./whole.ts";

/** Not a part's index: the writer that makes one file of all parts. */
const wholeFile = -1;

/** Milliseconds before a verification that failed to run (not: that found a difference) is tried again. */
const retryAfter = { first: 1_000, most: 60_000 };
/** Milliseconds between two looks for what other replicas began and did not end. */
const lookEvery = 2_000;
/** Binaries that one look takes on, at most. */
const takenAtOnce = 100;

/** Verifies what was uploaded, in the background; after a crash it goes on by itself, here or in another replica. */
export type Verification = ReturnType<typeof startVerification>;

type Needs = Pick<Platform, "db" | "stores" | "clock" | "config" | "log" | "uploads" | "discarded" | "leases">;

export function startVerification(platform: Needs, whole: Whole) {
  const { db, stores, clock, log, leases } = platform;
  const running = new Map<string, Promise<void>>();
  const stopping = new AbortController();

  /** The row, if it is still in this state of this upload. */
  async function current(transaction: Kysely<Tables>, place: ContentPlace): Promise<BinaryRow | null> {
    const row = await transaction
      .selectFrom("binaries")
      .selectAll()
      .where("organization_id", "=", place.organizationId)
      .where("id", "=", place.binaryId)
      .executeTakeFirst();
    const waiting = row?.state === "hashable" || row?.state === "hashing";
    return waiting && row.revision === place.revision ? row : null;
  }

  /** Makes one file of the parts, where they aren't yet; then `hashing`. Null when the upload moved on. */
  async function finish(place: ContentPlace, signal: AbortSignal): Promise<BinaryRow | null> {
    const writing = platform.uploads.begin(place, wholeFile);
    let made: Awaited<ReturnType<Whole["make"]>>;
    try {
      // Holding the place first and looking second: a reset from here on waits for this writer to end.
      const row = await current(db, place);
      if (row?.state !== "hashable") return row;
      made = await whole.make(row, AbortSignal.any([writing.signal, signal]));
    } catch (error) {
      if (writing.signal.aborted) return null;
      throw error;
    } finally {
      writing.end();
    }
    return deciding(db, place.organizationId, async (transaction) => {
      const found = await current(transaction, place);
      if (found?.state !== "hashable") return found;
      if ("lost" in made) return fail(transaction, clock, found, { hash: null, size: made.size }, made.lost);
      const cause = { by: theServer, reason: "content complete, verification begins" };
      return move(transaction, clock, found, "hashing", cause, { content_file: made.file });
    });
  }

  async function verify(place: ContentPlace, signal: AbortSignal): Promise<void> {
    // From here on nobody writes to these files.
    await platform.uploads.stop(place);
    const row = await finish(place, signal);
    if (row?.state === "uploadable") platform.discarded.remove();
    if (row?.state !== "hashing") return whole.dropped(place);
    // Before it is `signable`: what a crash left behind after that, nobody would look for.
    await (await stores.of(row)).removeOthers(place, row.content_file!);
    const measured = await whole.measure(row, signal).catch(async (error) => {
      // What another concluded meanwhile may have been let go of.
      if (await current(db, place)) throw error;
      return null;
    });
    if (!measured) return;
    const concluded = await concludeHashing(platform, place.organizationId, measured, async (transaction) => {
      const found = await current(transaction, place);
      return found?.state === "hashing" ? found : null;
    });
    if (concluded?.state === "uploadable") {
      log.warn({ binary: place.binaryId, measured }, "content is not what was declared");
    }
    platform.discarded.remove();
  }

  /** Until it is verified, or another replica does it. */
  async function untilDone(place: ContentPlace): Promise<void> {
    for (let wait = retryAfter.first; ; wait = Math.min(wait * 2, retryAfter.most)) {
      try {
        await leases.holding(`verify ${keyOf(place)}`, (lost) =>
          inSpan("verify binary", { "peridio.binary": place.binaryId }, () =>
            verify(place, AbortSignal.any([lost, stopping.signal])),
          ),
        );
        return;
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.error({ err: error, binary: place.binaryId }, `verification could not run; again in ${wait} ms`);
        await pause(wait, stopping.signal);
        if (stopping.signal.aborted) return;
      }
    }
  }

  function begin(row: BinaryRow): void {
    const place = placeOf(row);
    const key = keyOf(place);
    if (running.has(key) || stopping.signal.aborted) return;
    running.set(
      key,
      untilDone(place).finally(() => running.delete(key)),
    );
  }

  /** Goes on with what a crash interrupted, of this process or of another. */
  async function resume(): Promise<void> {
    const rows = await db
      .selectFrom("binaries")
      .selectAll()
      .where("state", "in", ["hashable", "hashing"])
      .orderBy("updated_at")
      .limit(takenAtOnce + running.size)
      .execute();
    for (const row of rows) begin(row);
  }

  const timer = setInterval(() => {
    resume().catch((err) => log.error({ err }, "what waits for its verification can't be read"));
  }, lookEvery);
  timer.unref();

  return {
    /** Verifies a binary that became `hashable`. */
    begin,

    /** A part became valid: hashing follows as far as the parts are without a gap. */
    partArrived: (place: ContentPlace): void => whole.arrived(place),

    /** A valid part is replaced: what followed its bytes starts over. */
    partDropped: (place: ContentPlace): void => whole.dropped(place),

    resume,

    /** Stops for good; what is unfinished goes on at the next start, or in another replica. */
    async stop(): Promise<void> {
      clearInterval(timer);
      stopping.abort();
      await whole.stop();
      await Promise.all(running.values());
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
