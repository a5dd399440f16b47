import type { Kysely } from "kysely";
import { partsFile } from "../content/filesystem.ts";
import type { Hasher } from "../content/hasher.ts";
import { type ContentPlace, keyOf } from "../content/place.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { partsOf } from "./completeness.ts";
import { deciding } from "./deciding.ts";
import { layOut } from "./layout.ts";
import { conclude } from "./outcome.ts";
import { trackTrails } from "./trails.ts";
import { move, placeOf } from "./transitions.ts";

/** Not a part's index: the writer that makes one file of all parts. */
const wholeFile = -1;

/** Milliseconds before a verification that failed to run (not: that found a difference) is tried again. */
const retryAfter = { first: 1_000, most: 60_000 };

/** Verifies what was uploaded, in the background; after a crash it goes on by itself. */
export type Verification = ReturnType<typeof startVerification>;

type Needs = Pick<Platform, "db" | "content" | "clock" | "log" | "uploads" | "discarded">;

export function startVerification(platform: Needs, hasher: Hasher) {
  const { db, content, clock, log } = platform;
  const trails = trackTrails(db, hasher, (place) => content.pathOf(place, partsFile));
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
  async function finish(place: ContentPlace): Promise<BinaryRow | null> {
    const writing = platform.uploads.begin(place, wholeFile);
    let file: string;
    try {
      // Holding the place first and looking second: a reset from here on waits for this writer to end.
      const row = await current(db, place);
      if (row?.state !== "hashable") return row;
      const layout = layOut(await partsOf(db, row), content.newFile("whole"));
      if (!layout.inPlace) trails.drop(place);
      await content.assemble(place, layout.file, layout.pieces, writing.signal);
      file = layout.file;
    } catch (error) {
      if (writing.signal.aborted) return null;
      throw error;
    } finally {
      writing.end();
    }
    return deciding(db, async (transaction) => {
      const found = await current(transaction, place);
      if (found?.state !== "hashable") return found;
      const cause = { by: theServer, reason: "content complete, verification begins" };
      return move(transaction, clock, found, "hashing", cause, { content_file: file });
    });
  }

  async function verify(place: ContentPlace): Promise<void> {
    // From here on nobody writes to these files.
    await platform.uploads.stop(place);
    const row = await finish(place);
    if (row?.state !== "hashing") return trails.drop(place);
    const file = row.content_file!;
    // Before it is `signable`: what a crash left behind after that, nobody would look for.
    await content.removeOthers(place, file);
    const hash = (file === partsFile && (await trails.take(row))) || hasher.follow(content.pathOf(place, file));
    const measured = await hash.finish();
    const concluded = await deciding(db, async (transaction) => {
      const found = await current(transaction, place);
      return found?.state === "hashing" ? conclude(transaction, clock, found, measured) : null;
    });
    if (concluded?.state === "uploadable") {
      log.warn({ binary: place.binaryId, measured }, "content is not what was declared");
      platform.discarded.remove();
    }
  }

  async function untilDone(place: ContentPlace): Promise<void> {
    for (let wait = retryAfter.first; ; wait = Math.min(wait * 2, retryAfter.most)) {
      try {
        return await verify(place);
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

  return {
    /** Verifies a binary that became `hashable`. */
    begin,

    /** A part became valid: hashing follows as far as the parts are without a gap. */
    partArrived: (place: ContentPlace): void => trails.follow(place),

    /** A valid part is replaced: what followed its bytes starts over. */
    partDropped: (place: ContentPlace): void => trails.drop(place),

    /** Goes on with what a crash interrupted. */
    async resume(): Promise<void> {
      const rows = await db.selectFrom("binaries").selectAll().where("state", "in", ["hashable", "hashing"]).execute();
      for (const row of rows) begin(row);
    },

    /** Stops for good; what is unfinished goes on at the next start. */
    async stop(): Promise<void> {
      stopping.abort();
      trails.stop();
      await hasher.stop();
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
