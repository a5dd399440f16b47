import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { isPostgres } from "./dialect.ts";
import type { Tables } from "./tables.ts";

/** Seconds that a lease lives without a heartbeat: so soon after a replica died another goes on with its work. */
const lifetime = 10;
/** Milliseconds between two heartbeats. */
const heartbeat = 3_000;

export type Leases = ReturnType<typeof makeLeases>;

/**
 * Says which replica does a piece of background work. Whoever holds its lease does; time is the database's. With SQLite
 * there is one process, which may do everything.
 */
export function makeLeases(db: Kysely<Tables>) {
  const owner = randomUUID();

  async function claim(name: string): Promise<boolean> {
    const until = sql<number>`extract(epoch from clock_timestamp())::float8 + ${sql.lit(lifetime)}`;
    const claimed = await db
      .insertInto("leases")
      .values({ name, owner, until })
      .onConflict((conflict) =>
        conflict
          .column("name")
          .doUpdateSet({ owner, until })
          .where((eb) =>
            eb.or([
              eb("leases.owner", "=", owner),
              eb("leases.until", "<", sql<number>`extract(epoch from clock_timestamp())::float8`),
            ]),
          ),
      )
      .returning("name")
      .executeTakeFirst();
    return claimed !== undefined;
  }

  async function release(name: string): Promise<void> {
    await db.deleteFrom("leases").where("name", "=", name).where("owner", "=", owner).execute();
  }

  return {
    /**
     * Does `work` while this replica holds the lease; false, without doing anything, when another does. The signal fires
     * when it was lost. Errors of `work` are thrown.
     */
    async holding(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
      const lost = new AbortController();
      if (!isPostgres(db)) {
        await work(lost.signal);
        return true;
      }
      if (!(await claim(name))) return false;
      let beaten = performance.now();
      const timer = setInterval(() => {
        claim(name)
          .then((held) => {
            if (held) beaten = performance.now();
            else lost.abort(new Error(`another replica has taken over '${name}'`));
          })
          .catch(() => {
            // Without the database nobody knows who holds it: as long as it can be ours, it is.
            if (performance.now() - beaten > lifetime * 1000) lost.abort(new Error(`the lease '${name}' has run out`));
          });
      }, heartbeat);
      try {
        await work(lost.signal);
      } finally {
        clearInterval(timer);
        // What isn't released runs out.
        await release(name).catch(() => {});
      }
      return true;
    },
  };
}
