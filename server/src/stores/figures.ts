import { resourcePrn, type StorageFigures, type StoreFigures } from "@open-peridio/contract";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";

/** Binaries that are counted at once: others get their turn in between. */
const together = 5_000;
/** For how many times what it took to count figures are shown again, and for how many milliseconds at most. */
const worth = 20;
const longest = 600_000;

interface Counted {
  figures: Promise<StorageFigures>;
  /** In milliseconds; infinite while they are being counted. */
  until: number;
}

const counted = new WeakMap<Kysely<Tables>, Map<string, Counted>>();

/**
 * What the caller's organization keeps in which store. A million binaries take seconds to count: whoever asks meanwhile, or
 * soon after, gets the same figures.
 */
export function getStorageFigures(
  { db, clock }: Pick<Platform, "db" | "clock">,
  { organizationId }: Pick<Principal, "organizationId">,
): Promise<StorageFigures> {
  const known = counted.get(db) ?? new Map<string, Counted>();
  counted.set(db, known);
  const begun = clock.now();
  for (const [id, { until }] of known) if (until <= begun.getTime()) known.delete(id);
  const before = known.get(organizationId);
  if (before) return before.figures;
  const entry: Counted = { figures: count(db, organizationId, timestamp(begun)), until: Number.POSITIVE_INFINITY };
  known.set(organizationId, entry);
  entry.figures.then(
    () => {
      const now = clock.now().getTime();
      entry.until = now + Math.min((now - begun.getTime()) * worth, longest);
    },
    () => known.delete(organizationId),
  );
  return entry.figures;
}

async function count(db: Kysely<Tables>, organizationId: string, asOf: string): Promise<StorageFigures> {
  const stores = new Map<string, StoreFigures>();
  const of = (store: string | null): StoreFigures => {
    const found = stores.get(store ?? "") ?? nothing(store && resourcePrn(organizationId, "content_store", store));
    stores.set(store ?? "", found);
    return found;
  };
  of(null);
  for (let after = "", last: string | null = ""; last !== null; after = last!) {
    last = await lastOfBatch(db, organizationId, after);
    for (const row of await binariesBetween(db, organizationId, after, last)) addBinaries(of(row.store_id), row);
  }
  for (const row of await deltasOf(db, organizationId)) {
    of(row.store_id).deltas = { count: Number(row.count), bytes: Number(row.bytes) };
  }
  for (const row of await waitingForRemoval(db, organizationId)) {
    of(row.store_id || null).waiting_for_removal = Number(row.count);
  }
  return { as_of: asOf, stores: [...stores.values()] };
}

const nothing = (prn: string | null): StoreFigures => ({
  content_store_prn: prn,
  binaries: 0,
  plain_bytes: 0,
  stored_bytes: 0,
  deduplicated_bytes: 0,
  compression_saved_bytes: 0,
  archived_bytes: 0,
  unfinished_uploads: { binaries: 0, bytes: 0 },
  deltas: { count: 0, bytes: 0 },
  waiting_for_removal: 0,
});

/** Where the next batch of binaries ends; null for the last one. */
async function lastOfBatch(db: Kysely<Tables>, organizationId: string, after: string): Promise<string | null> {
  const row = await db
    .selectFrom("binaries")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("id", ">", after)
    .orderBy("id")
    .limit(1)
    .offset(together - 1)
    .executeTakeFirst();
  return row?.id ?? null;
}

const isWhole = sql<boolean>`content_file is not null`;

function sizesWhere(condition: ReturnType<typeof sql<boolean>>) {
  return sql<number>`coalesce(sum(case when ${condition} then size else 0 end), 0)`;
}

function binariesBetween(db: Kysely<Tables>, organizationId: string, after: string, last: string | null) {
  const unfinished = sql<boolean>`content_file is null and reserved_bytes > 0`;
  return db
    .selectFrom("binaries")
    .select(({ fn }) => [
      "store_id",
      sql<number>`sum(case when ${isWhole} or reserved_bytes > 0 then 1 else 0 end)`.as("binaries"),
      sizesWhere(isWhole).as("plain"),
      fn.sum<number>("reserved_bytes").as("stored"),
      sizesWhere(sql<boolean>`${isWhole} and reserved_bytes = 0`).as("deduplicated"),
      sql<number>`coalesce(sum(case when ${isWhole} and reserved_bytes > 0 and content_coding = 'zstd'
        then size - stored_size else 0 end), 0)`.as("saved"),
      sizesWhere(sql<boolean>`${isWhole} and archive_class is not null`).as("archived"),
      sql<number>`sum(case when ${unfinished} then 1 else 0 end)`.as("unfinished"),
      sql<number>`sum(case when ${unfinished} then reserved_bytes else 0 end)`.as("unfinished_bytes"),
    ])
    .where("organization_id", "=", organizationId)
    .where("id", ">", after)
    .$if(last !== null, (query) => query.where("id", "<=", last!))
    .groupBy("store_id")
    .execute();
}

type BinariesRow = Awaited<ReturnType<typeof binariesBetween>>[number];

function addBinaries(figures: StoreFigures, row: BinariesRow): void {
  figures.binaries += Number(row.binaries);
  figures.plain_bytes += Number(row.plain);
  figures.stored_bytes += Number(row.stored);
  figures.deduplicated_bytes += Number(row.deduplicated);
  figures.compression_saved_bytes += Number(row.saved);
  figures.archived_bytes += Number(row.archived);
  figures.unfinished_uploads.binaries += Number(row.unfinished);
  figures.unfinished_uploads.bytes += Number(row.unfinished_bytes);
}

function deltasOf(db: Kysely<Tables>, organizationId: string) {
  return db
    .selectFrom("deltas")
    .select(({ fn }) => [
      "store_id",
      fn.countAll<number>().as("count"),
      fn.coalesce(fn.sum<number>("size"), sql.lit(0)).as("bytes"),
    ])
    .where("organization_id", "=", organizationId)
    .where("hash", "is not", null)
    .groupBy("store_id")
    .execute();
}

function waitingForRemoval(db: Kysely<Tables>, organizationId: string) {
  return db
    .selectFrom("discarded_content")
    .select(({ fn }) => ["store_id", fn.countAll<number>().as("count")])
    .where("organization_id", "=", organizationId)
    .groupBy("store_id")
    .execute();
}
