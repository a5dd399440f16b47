import type { ArchiveClass } from "../content/store.ts";
import { startLeasedRounds } from "../database/rounds.ts";
import type { BinaryRow } from "../database/tables.ts";
import type { Platform } from "../platform.ts";
import { beginArchiving, type Needs, stepOn } from "./change-class.ts";

/** Rows that are read at once. */
const batch = 200;
/** Contents that change their class at the same time. */
const atOnce = 4;

type Work = Needs & Pick<Platform, "log" | "leases"> & { config: Pick<Platform["config"], "archiveInterval"> };

/** Brings archived content into its store's class for that, and back, in one replica at a time; after a crash it goes on. */
export function startArchiving(platform: Work) {
  const { db, stores, log, config } = platform;

  /** Stores that have a class for archived content. */
  async function classes(): Promise<{ store_id: string | null; to: ArchiveClass }[]> {
    const rows = await db
      .selectFrom("content_stores")
      .select(["organization_id", "id"])
      .where("url", "like", "%archive%")
      .execute();
    const found: { store_id: string | null; to: ArchiveClass }[] = [];
    for (const { organization_id, id } of [{ organization_id: "", id: null }, ...rows]) {
      try {
        const store = await stores.of({ organization_id, store_id: id });
        if (store.kind === "objects" && store.archiveClass) found.push({ store_id: id, to: store.archiveClass });
      } catch (err) {
        log.warn({ err, store: id }, "a store can't be opened, so its archived content stays where it is");
      }
    }
    return found;
  }

  /** The next records behind one. */
  function behind({ organization_id, id }: Pick<BinaryRow, "organization_id" | "id">) {
    return db
      .selectFrom("binaries")
      .selectAll()
      .where(({ eb, refTuple, tuple }) => eb(refTuple("organization_id", "id"), ">", tuple(organization_id, id)))
      .orderBy("organization_id")
      .orderBy("id")
      .limit(batch);
  }

  /** Of content that is archived, and not yet in its class: the next ones behind `after`. */
  function candidates(storeId: string | null, after: Pick<BinaryRow, "organization_id" | "id">): Promise<BinaryRow[]> {
    return behind(after)
      .where("store_id", storeId === null ? "is" : "=", storeId)
      .where("archived_at", "is not", null)
      .where("archive_class", "is", null)
      .where("content_file", "is not", null)
      .execute();
  }

  function onTheirWay(after: Pick<BinaryRow, "organization_id" | "id">): Promise<BinaryRow[]> {
    return behind(after).where("archive_step", "is not", null).execute();
  }

  async function each(
    rowsAfter: (after: Pick<BinaryRow, "organization_id" | "id">) => Promise<BinaryRow[]>,
    signal: AbortSignal,
    work: (row: BinaryRow) => Promise<unknown>,
  ): Promise<void> {
    let after = { organization_id: "", id: "" };
    for (;;) {
      const rows = await rowsAfter(after);
      const queue = [...rows];
      const runner = async (): Promise<void> => {
        for (let row = queue.shift(); row && !signal.aborted; row = queue.shift()) {
          const binary = row.id;
          await work(row).catch((err) => log.warn({ err, binary }, "a content could not change its class yet"));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, runner));
      if (rows.length < batch || signal.aborted) return;
      after = rows.at(-1)!;
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    for (const { store_id, to } of await classes()) {
      await each(
        (after) => candidates(store_id, after),
        signal,
        (row) => beginArchiving(platform, row, to),
      );
    }
    await each(onTheirWay, signal, (row) => stepOn(platform, row));
  }

  const every = config.archiveInterval * 1000;
  const failed = "content that changes its class can't be looked for";
  return startLeasedRounds(platform, { lease: "archiving", every, failed }, run);
}
