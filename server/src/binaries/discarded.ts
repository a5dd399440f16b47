import type { DiscardedContentRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import type { Platform } from "../platform.ts";

/** Removes content that no record needs any more: after the transactions that let go of it, at start, and when its time comes. */
export type Discarded = ReturnType<typeof removeDiscarded>;

type Needs = Pick<Platform, "db" | "stores" | "log" | "clock" | "uploads">;

/** Milliseconds between two looks for what has become due, or could not be removed. */
const lookEvery = 10_000;
/** Rows that are read at once. */
const batch = 500;

export function removeDiscarded({ db, stores, log, clock, uploads }: Needs) {
  let running: Promise<void> | null = null;
  let again = false;
  let stopping = false;

  async function removeOne({ organization_id, binary_id, revision, store_id, file }: DiscardedContentRow) {
    const place = { organizationId: organization_id, binaryId: binary_id, revision };
    const store = await stores.of({ organization_id, store_id: store_id || null });
    if (file === "") {
      // One who is still writing would make the place anew. Nobody begins any more: the record has moved on.
      await uploads.stop(place);
      await store.remove(place);
    } else {
      // The place itself may be in use: a content that was moved away can come back.
      await store.removeFile(place, file);
      if (store.kind === "files") await store.prune(place);
    }
    await db
      .deleteFrom("discarded_content")
      .where("organization_id", "=", organization_id)
      .where("binary_id", "=", binary_id)
      .where("revision", "=", revision)
      .where("store_id", "=", store_id)
      .where("file", "=", file)
      .execute();
  }

  /** What is due. A store that can't be reached keeps no other waiting: the rows are still there for the next round. */
  async function round(): Promise<void> {
    const broken: string[] = [];
    while (!stopping) {
      const now = timestamp(clock.now());
      let due = db
        .selectFrom("discarded_content")
        .selectAll()
        .where("due_at", "<=", now)
        .orderBy("due_at")
        .limit(batch);
      if (broken.length > 0) due = due.where("store_id", "not in", broken);
      const rows = await due.execute();
      for (const row of rows) {
        if (stopping) return;
        if (broken.includes(row.store_id)) continue;
        await removeOne(row).catch((err) => {
          broken.push(row.store_id);
          log.error({ err, store: row.store_id || "server" }, "discarded content could not be removed yet");
        });
      }
      if (rows.length < batch) return;
    }
  }

  async function run(): Promise<void> {
    do {
      again = false;
      await round();
    } while (again);
  }

  /** Starts a round, or another after the one that runs. */
  function remove(): void {
    again = true;
    running ??= run()
      .catch((err) => log.error({ err }, "discarded content can't be read"))
      .finally(() => {
        running = null;
      });
  }

  const timer = setInterval(remove, lookEvery);
  timer.unref();

  return {
    remove,

    /** Removes what is due now. */
    all: round,

    /** Lets what is being removed end; the rest goes on at the next start. */
    async stop(): Promise<void> {
      clearInterval(timer);
      stopping = true;
      await running;
    },
  };
}
