import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import type { Tables } from "../database/tables.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../platform.ts";
import { makeAccessTrail } from "./access.ts";
import { type Drained, makeAggregator } from "./aggregator.ts";
import { makeBudget } from "./budget.ts";
import { dayOf } from "./periods.ts";
import { foldOld } from "./retention.ts";
import { addToDays, addToHours, addToMonth } from "./roll-up.ts";
import { watchSource } from "./unusual.ts";

/** Milliseconds between two writes: what a crash loses of the statistics, at most. */
const interval = 5_000;

export type Statistics = ReturnType<typeof startStatistics>;

interface Parts {
  db: Kysely<Tables>;
  clock: Clock;
  log: Logger;
  config: Config;
}

/** Counts downloads in memory and adds them to the tables every few seconds, and when the server stops. */
export function startStatistics({ db, clock, log, config }: Parts) {
  const aggregator = makeAggregator();
  const trail = makeAccessTrail(db);
  let last: Promise<unknown> = Promise.resolve();
  let folded = "";

  /** One at a time: a sum that is read while another is written could count the same bytes twice. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  }

  async function readMonth(organizationId: string, month: string): Promise<number> {
    const row = await db
      .selectFrom("download_months")
      .select("bytes")
      .where("organization_id", "=", organizationId)
      .where("month", "=", month)
      .executeTakeFirst();
    return row?.bytes ?? 0;
  }

  const budget = makeBudget((organizationId, month) => inTurn(() => readMonth(organizationId, month)));

  async function write(): Promise<void> {
    const now = clock.now();
    const toFold = folded !== dayOf(now);
    if (aggregator.isEmpty && !toFold) return;
    const drained = aggregator.drain();
    let stored: number[];
    try {
      stored = await inTransaction(db, async (transaction) => {
        if (toFold) await foldOld(transaction, now, config.statisticsHourlyDays);
        return add(transaction, drained, now);
      });
    } catch (error) {
      aggregator.restore(drained);
      throw error;
    }
    folded = dayOf(now);
    for (const [at, { organizationId, month, bytes }] of drained.monthly.entries()) {
      budget.written(organizationId, month, bytes, stored[at]!);
    }
  }

  /** Returns what is stored for each month of `monthly`. */
  async function add(transaction: Kysely<Tables>, drained: Drained, now: Date): Promise<number[]> {
    await addToHours(transaction, drained.hourly);
    await addToDays(transaction, drained.hourly);
    const stored: number[] = [];
    for (const month of drained.monthly) stored.push(await addToMonth(transaction, month));
    for (const source of drained.daily) await watchSource(transaction, source, config.unusualDownloadBytes, now);
    return stored;
  }

  /** Another process on the same data may have sent something, too. */
  async function readOthers(): Promise<void> {
    for (const { organizationId, month } of budget.known()) {
      budget.written(organizationId, month, 0, await readMonth(organizationId, month));
    }
  }

  const timer = setInterval(() => {
    inTurn(async () => {
      await write();
      await readOthers();
    }).catch((err) => log.error({ err }, "download statistics could not be written; they will be again"));
  }, interval);
  timer.unref();

  return {
    feed: aggregator.feed,
    budget,
    trail,

    /** Writes what was counted until now. */
    async flush(): Promise<void> {
      await inTurn(async () => {
        if (!aggregator.isEmpty) await write();
      });
    },

    /** Writes what is left. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await trail.settled();
      await inTurn(write);
    },
  };
}
