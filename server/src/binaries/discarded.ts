import type { Platform } from "../platform.ts";

/** Removes content that no record needs any more: after the transactions that let go of it, and at start. */
export type Discarded = ReturnType<typeof removeDiscarded>;

export function removeDiscarded({ db, content, log, uploads }: Pick<Platform, "db" | "content" | "log" | "uploads">) {
  let running: Promise<void> | null = null;
  let again = false;

  async function run(): Promise<void> {
    do {
      again = false;
      for (const row of await db.selectFrom("discarded_content").selectAll().execute()) {
        const { organization_id, binary_id, revision } = row;
        const place = { organizationId: organization_id, binaryId: binary_id, revision };
        // One who is still writing would make the place anew. Nobody begins any more: the record has moved on.
        await uploads.stop(place);
        await content.remove(place);
        await db
          .deleteFrom("discarded_content")
          .where("organization_id", "=", organization_id)
          .where("binary_id", "=", binary_id)
          .where("revision", "=", revision)
          .execute();
      }
    } while (again);
  }

  return {
    /** Starts a round, or another after the one that runs. */
    remove(): void {
      again = true;
      running ??= run()
        // The rows are still there, so the next round tries again.
        .catch((error) => log.error({ err: error }, "discarded content could not be removed yet"))
        .finally(() => {
          running = null;
        });
    },
    async settled(): Promise<void> {
      await running;
    },
  };
}
