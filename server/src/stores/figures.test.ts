import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addVersions } from "../binaries/binary-row.fixture.ts";
import { databaseKinds, makeDatabase, type TestDatabase } from "../database/databases.fixture.ts";
import { openDatabase } from "../database/open.ts";
import type { Tables } from "../database/tables.ts";
import { makeFleet } from "../distribution/fleet.fixture.ts";
import type { Principal } from "../http/principal.ts";
import { getStorageFigures } from "./figures.ts";

/** More than are counted at once, and no multiple of it. */
const binaries = 10_007;
const seconds = (from: number) => ({ now: () => new Date(from * 1000) });

describe.each(databaseKinds)("what is kept in each store, on %s,", (kind) => {
  let database: TestDatabase;
  let db: Kysely<Tables>;
  let principal: Principal;

  beforeAll(async () => {
    database = await makeDatabase(kind);
    db = await openDatabase(database.url);
    ({ principal } = await makeFleet(db));
    await addVersions(db, principal.organizationId, ["v"]);
    // Of ten one has no content, one shares that of another, one is still being uploaded; every second is in a store of its own.
    const numbers =
      kind === "postgres"
        ? sql`generate_series(0, ${sql.lit(binaries - 1)}) as numbers(n)`
        : sql`(with recursive r(n) as (select 0 union all select n + 1 from r where n < ${sql.lit(binaries - 1)}) select n from r) as numbers`;
    await sql`
      insert into binaries (organization_id, id, artifact_version_id, target, hash, size, state, revision, content_file,
        reserved_bytes, store_id, content_coding, stored_size, inserted_at, updated_at)
      select ${principal.organizationId}, 'binary-' || n, 'v', 'target-' || n, 'hash', 7, 'signed', 0,
        case when n % 10 in (0, 2) then null else 'whole' end,
        case n % 10 when 0 then 0 when 1 then 0 when 2 then 3 else 7 end,
        case n % 2 when 0 then null else 'theirs' end,
        case n % 10 when 4 then 'zstd' when 1 then 'zstd' else 'identity' end, 2, '2026-01-01', '2026-01-01'
      from ${numbers}`.execute(db);
  });
  afterAll(async () => {
    await db.destroy();
    await database.remove();
  });

  it("is counted in batches, each binary once", async () => {
    const { as_of, stores } = await getStorageFigures({ db, clock: seconds(0) }, principal);
    expect(as_of).toBe("1970-01-01T00:00:00.000000Z");
    const [own, theirs] = stores;
    const having = (...digits: number[]) =>
      Array.from({ length: binaries }, (_, n) => n % 10).filter((digit) => digits.includes(digit)).length;
    expect(own).toMatchObject({
      content_store_prn: null,
      binaries: having(2, 4, 6, 8),
      plain_bytes: 7 * having(4, 6, 8),
      stored_bytes: 7 * having(4, 6, 8) + 3 * having(2),
      deduplicated_bytes: 0,
      compression_saved_bytes: 5 * having(4),
      unfinished_uploads: { binaries: having(2), bytes: 3 * having(2) },
    });
    expect(theirs).toMatchObject({
      content_store_prn: `prn:1:${principal.organizationId}:content_store:theirs`,
      binaries: having(1, 3, 5, 7, 9),
      plain_bytes: 7 * having(1, 3, 5, 7, 9),
      stored_bytes: 7 * having(3, 5, 7, 9),
      deduplicated_bytes: 7 * having(1),
      compression_saved_bytes: 0,
    });
  });

  it("is counted once for all who ask at the same time, and anew when it took too little to be kept", async () => {
    const clock = seconds(1_000_000);
    const [first, second] = await Promise.all([
      getStorageFigures({ db, clock }, principal),
      getStorageFigures({ db, clock }, principal),
    ]);
    expect(second).toBe(first);
    // By this clock it took no time at all.
    expect(await getStorageFigures({ db, clock }, principal)).not.toBe(first);
  });
});
