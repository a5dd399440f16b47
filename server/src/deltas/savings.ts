import { inTransaction } from "../database/transaction.ts";
import type { Platform } from "../platform.ts";

/** Milliseconds between two writes: what a crash loses, at most, as with all statistics. */
const interval = 5_000;

interface Sent {
  organizationId: string;
  bytes: number;
  saved: number;
}

export type DeltaSavings = ReturnType<typeof countDeltaSavings>;

/** Counts what of deltas goes out, and what that saves: of a part of a delta, that part of it. */
export function countDeltaSavings({ db, log, metrics }: Pick<Platform, "db" | "log" | "metrics">) {
  let counted = new Map<string, Sent>();
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const sums = counted;
    counted = new Map();
    if (sums.size === 0) return;
    await inTransaction(db, async (transaction) => {
      for (const [id, { organizationId, bytes, saved }] of sums) {
        await transaction
          .updateTable("deltas")
          .set((eb) => ({ downloaded_bytes: eb("downloaded_bytes", "+", bytes) }))
          .where("organization_id", "=", organizationId)
          .where("id", "=", id)
          .execute();
        await transaction
          .updateTable("organization_usage")
          .set((eb) => ({ delta_saved_bytes: eb("delta_saved_bytes", "+", saved) }))
          .where("organization_id", "=", organizationId)
          .execute();
      }
    }).catch((error) => {
      for (const [id, sum] of sums) add(id, sum);
      throw error;
    });
  }

  function add(id: string, { organizationId, bytes, saved }: Sent): void {
    const sum = counted.get(id) ?? { organizationId, bytes: 0, saved: 0 };
    counted.set(id, { organizationId, bytes: sum.bytes + bytes, saved: sum.saved + saved });
  }

  function writeInTurn(): Promise<void> {
    writing = writing.then(write).catch((err) => log.error({ err }, "what deltas saved could not be written yet"));
    return writing;
  }

  const timer = setInterval(writeInTurn, interval);
  timer.unref();

  return {
    /** @param wholeSize bytes of what the delta makes, and `size` its own */
    count(organizationId: string, id: string, bytes: number, size: number, wholeSize: number): void {
      const saved = savedBytes(bytes, size, wholeSize);
      add(id, { organizationId, bytes, saved });
      metrics.deltaBytes.inc(bytes);
      metrics.deltaSavedBytes.inc(saved);
    },

    /** Writes what was counted until now. */
    flush: writeInTurn,

    async stop(): Promise<void> {
      clearInterval(timer);
      await writeInTurn();
    },
  };
}

/** What so many bytes of a delta spare whoever fetches them. */
export function savedBytes(bytes: number, size: number, wholeSize: number): number {
  return size === 0 ? 0 : Math.round((bytes * (wholeSize - size)) / size);
}
