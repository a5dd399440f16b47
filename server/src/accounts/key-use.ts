import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { Tables } from "../database/tables.ts";
import { inTransaction } from "../database/transaction.ts";

export type KeyUse = ReturnType<typeof trackKeyUse>;

/** Milliseconds between two writes of what was used. */
const interval = 10_000;
/** Characters of a time that name its minute: a key's use is written once for each. */
const toTheMinute = "2026-01-01T00:00".length;

/** Remembers when each key was last used and writes it now and then: once a request would cost more than the request. */
export function trackKeyUse({ db, log }: { db: Kysely<Tables>; log: Logger }) {
  /** Key id → the minute that was noted last. */
  const noted = new Map<string, string>();
  let unwritten = new Map<string, { organizationId: string; id: string; at: string }>();

  async function write(): Promise<void> {
    if (unwritten.size === 0) return;
    const uses = [...unwritten.values()];
    unwritten = new Map();
    noted.clear();
    for (const { id, at } of uses) noted.set(id, at.slice(0, toTheMinute));
    await inTransaction(db, async (transaction) => {
      for (const { organizationId, id, at } of uses) {
        await transaction
          .updateTable("api_keys")
          .set({ last_used_at: at })
          .where("organization_id", "=", organizationId)
          .where("id", "=", id)
          .execute();
      }
    });
  }

  const timer = setInterval(() => {
    write().catch((err) => log.error({ err }, "when keys were used could not be written"));
  }, interval);
  timer.unref();

  return {
    /** @param at as the tables hold it. */
    note(organizationId: string, id: string, at: string): void {
      const minute = at.slice(0, toTheMinute);
      if (noted.get(id) === minute) return;
      noted.set(id, minute);
      unwritten.set(id, { organizationId, id, at });
    },

    /** Writes what is left. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await write();
    },
  };
}
