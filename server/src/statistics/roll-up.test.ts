import fc from "fast-check";
import type { Kysely } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { databaseKinds, makeDatabase, type TestDatabase } from "../database/databases.fixture.ts";
import { openDatabase } from "../database/open.ts";
import type { Tables } from "../database/tables.ts";
import { makeAggregator } from "./aggregator.ts";
import { foldOld } from "./retention.ts";
import { addToHours, addToMonth } from "./roll-up.ts";
import { watchSource } from "./unusual.ts";

type Aggregator = ReturnType<typeof makeAggregator>;

describe.each(databaseKinds)("on %s", (kind) => {
  let database: TestDatabase;
  let db: Kysely<Tables>;
  const now = new Date("2026-01-31T12:00:00Z");

  beforeEach(async () => {
    database = await makeDatabase(kind);
    db = await openDatabase(database.url);
    const at = "2026-01-01T00:00:00.000000Z";
    await db
      .insertInto("organizations")
      .values({ id: "o", name: "O", separate_signer: 0, required_signatures: 1, inserted_at: at, updated_at: at })
      .execute();
  });
  afterEach(async () => {
    await db.destroy();
    await database.remove();
  });

  async function flush(aggregator: Aggregator): Promise<void> {
    const { hourly, monthly, daily } = aggregator.drain();
    await db.transaction().execute(async (transaction) => {
      await addToHours(transaction, hourly);
      for (const month of monthly) await addToMonth(transaction, month);
      for (const source of daily) await watchSource(transaction, source, 0, now);
    });
  }

  const download = (at: Date, bytes: number, userAgent = "curl") => ({
    ...{ organizationId: "o", binaryId: "b", at, country: "DE", userAgent, maker: "k_1", address: "::1", bytes },
    completed: true,
  });

  const sums = () =>
    db
      .selectFrom("download_statistics")
      .select(({ fn }) => [
        fn.countAll<number>().as("rows"),
        fn.sum<number | null>("requests").as("requests"),
        fn.sum<number | null>("bytes").as("bytes"),
      ])
      .executeTakeFirstOrThrow();

  it("a million downloads in a day, written again and again, are a row an hour", async () => {
    const aggregator = makeAggregator();
    const midnight = Date.parse("2026-01-31T00:00:00Z");
    for (let flushes = 0; flushes < 100; flushes++) {
      for (let number = 0; number < 10_000; number++) {
        aggregator.feed(download(new Date(midnight + (flushes * 10_000 + number) * 86.4), 3));
      }
      await flush(aggregator);
    }
    expect(await sums()).toEqual({ rows: 24, requests: 1_000_000, bytes: 3_000_000 });
    expect(await db.selectFrom("download_months").selectAll().execute()).toEqual([
      { organization_id: "o", month: "2026-01", bytes: 3_000_000 },
    ]);
    expect(await db.selectFrom("download_sources").select("bytes").execute()).toEqual([
      { bytes: 3_000_000 },
      { bytes: 3_000_000 },
    ]);
  });

  it("old hours become days without changing what a day adds up to, also when it is done again", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20 * 24 }), fc.nat(1000), fc.constantFrom("curl", "wget")), {
          maxLength: 40,
        }),
        async (downloads) => {
          await db.deleteFrom("download_statistics").execute();
          const aggregator = makeAggregator();
          for (const [hours, bytes, agent] of downloads) {
            aggregator.feed(download(new Date(now.getTime() - hours * 3_600_000), bytes, agent));
            await flush(aggregator);
            await db.transaction().execute((transaction) => foldOld(transaction, now, 10));
          }
          const found = await sums();
          const bytes = downloads.reduce((sum, [, one]) => sum + one, 0);
          expect([found.requests ?? 0, found.bytes ?? 0]).toEqual([downloads.length, bytes]);
          const old = await db
            .selectFrom("download_statistics")
            .selectAll()
            .where("start", "<", "2026-01-21T00:00:00.000000Z")
            .execute();
          expect(old.every(({ hours, start }) => hours === 24 && start.endsWith("T00:00:00.000000Z"))).toBe(true);
          const recent = await db
            .selectFrom("download_statistics")
            .selectAll()
            .where("start", ">=", "2026-01-21T00:00:00.000000Z")
            .execute();
          expect(recent.every(({ hours }) => hours === 1)).toBe(true);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("sources are forgotten when nothing is compared with them any more", async () => {
    const aggregator = makeAggregator();
    for (const day of ["2026-01-23", "2026-01-24", "2026-01-31"]) {
      aggregator.feed(download(new Date(`${day}T10:00:00Z`), 1));
    }
    await flush(aggregator);
    await db.transaction().execute((transaction) => foldOld(transaction, now, 10));
    const days = await db.selectFrom("download_sources").select("day").distinct().orderBy("day").execute();
    expect(days.map(({ day }) => day)).toEqual(["2026-01-24", "2026-01-31"]);
  });
});
