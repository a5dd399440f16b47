import type { Kysely } from "kysely";
import { type Happening, record } from "../activity/record.ts";
import type { Tables } from "../database/tables.ts";
import { inTransaction } from "../database/transaction.ts";

/** What makes two accesses the same one, within an hour. */
export type AccessKey = readonly string[];

export type AccessTrail = ReturnType<typeof makeAccessTrail>;

/** User agents that are told apart for the rest of a key in an hour: whoever holds a link can make them up. */
const maxVariants = 20;
/** Accesses that are remembered; when there are more in an hour, some are recorded again. */
const maxRemembered = 100_000;

/**
 * Writes into the trail who got at content. What waits while a transaction runs goes into the next one together: a
 * thousand devices that begin at once don't make a thousand syncs.
 */
export function makeAccessTrail(db: Kysely<Tables>, cap: number = maxRemembered) {
  let waiting: { what: Happening; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let writing: Promise<void> | null = null;
  let hour = "";
  /** Access → its entry, on the way or written. */
  let remembered = new Map<string, Promise<void>>();
  let variants = new Map<string, Set<string>>();

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await inTransaction(db, async (transaction) => {
          for (const { what } of batch) await record(transaction, what);
        });
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = null;
  }

  /** Resolves when the entry is durable. */
  function append(what: Happening): Promise<void> {
    const done = new Promise<void>((resolve, reject) => waiting.push({ what, resolve, reject }));
    writing ??= writeAll();
    return done;
  }

  return {
    append,

    /**
     * The same once an hour for the same key, however often it is asked for. Resolves when the entry is durable.
     * @param present the hour, by any name
     * @param variant what the client says of itself; beyond some, all others are one
     */
    appendOnce(present: string, key: AccessKey, variant: string, what: () => Happening): Promise<void> {
      if (present !== hour || remembered.size >= cap) {
        hour = present;
        remembered = new Map();
        variants = new Map();
      }
      const group = key.join("\n");
      const known = variants.get(group) ?? new Set();
      variants.set(group, known);
      if (known.size < maxVariants) known.add(variant);
      const name = `${group}\n${known.has(variant) ? variant : ""}`;
      const before = remembered.get(name);
      if (before) return before;
      const among = remembered;
      const entry = append(what());
      among.set(name, entry);
      // What was not written is tried again by the next access.
      entry.catch(() => among.get(name) === entry && among.delete(name));
      return entry;
    },

    /** Waits for what is on its way. */
    async settled(): Promise<void> {
      await writing;
    },
  };
}
