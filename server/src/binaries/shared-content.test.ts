import type { Kysely } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { databaseKinds, makeDatabase, type TestDatabase } from "../database/databases.fixture.ts";
import { openDatabase } from "../database/open.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { makeFleet } from "../distribution/fleet.fixture.ts";
import { addVersions, binaryRow } from "./binary-row.fixture.ts";
import {
  discardContent,
  findHeld,
  firstRevision,
  leaveContent,
  recordsSharing,
  shareContent,
} from "./shared-content.ts";
import { asUploaded, placeOf } from "./transitions.ts";

const at = "2026-01-01T00:00:00.000000Z";
const clock = { now: () => new Date(at) };

describe.each(databaseKinds)("shared content on %s", (kind) => {
  let database: TestDatabase;
  let db: Kysely<Tables>;
  let organization_id: string;

  beforeEach(async () => {
    database = await makeDatabase(kind);
    db = await openDatabase(database.url);
    organization_id = (await makeFleet(db)).organizationId;
    await addVersions(db, organization_id, ["v"]);
    await db.insertInto("organization_usage").values({ organization_id, stored_bytes: 0, binaries: 0 }).execute();
  });
  afterEach(async () => {
    await db.destroy();
    await database.remove();
  });

  /** A verified binary with content of its own. */
  async function add(id: string, fields: Partial<BinaryRow> = {}): Promise<BinaryRow> {
    const row = binaryRow({
      ...{ organization_id, id, artifact_version_id: "v", target: id, hash: "a".repeat(64), size: 10 },
      ...{ state: "signable", content_file: "content", reserved_bytes: 10, inserted_at: at, updated_at: at },
      ...fields,
    });
    await db.insertInto("binaries").values(row).execute();
    await db
      .updateTable("organization_usage")
      .set((eb) => ({ stored_bytes: eb("stored_bytes", "+", row.reserved_bytes) }))
      .execute();
    return row;
  }

  const read = (id: string): Promise<BinaryRow> =>
    db.selectFrom("binaries").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const discarded = async () =>
    (await db.selectFrom("discarded_content").selectAll().orderBy("binary_id").execute()).map(
      ({ binary_id, revision, store_id, file }) => `${binary_id}/${revision} ${store_id} ${file}`,
    );
  const counted = async (id: string) => Number((await read(id)).reserved_bytes);
  const used = async () =>
    Number((await db.selectFrom("organization_usage").select("stored_bytes").executeTakeFirstOrThrow()).stored_bytes);

  const share = (id: string, held: string) =>
    db.transaction().execute(async (transaction) => {
      const changes = await shareContent(transaction, await read2(transaction, id), await read2(transaction, held));
      await transaction.updateTable("binaries").set(changes).where("id", "=", id).execute();
    });
  const read2 = (transaction: Kysely<Tables>, id: string): Promise<BinaryRow> =>
    transaction.selectFrom("binaries").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  /** As a destruction does it. */
  const leave = (id: string, dueAt?: string) =>
    db.transaction().execute(async (transaction) => {
      const had = await read2(transaction, id);
      const usage = { stored_bytes: (await used2(transaction)) - had.reserved_bytes };
      const gone = { content_file: null, ...asUploaded, reserved_bytes: 0 };
      await transaction.updateTable("binaries").set(gone).where("id", "=", id).execute();
      await transaction.updateTable("organization_usage").set(usage).execute();
      await leaveContent(transaction, clock, had, dueAt);
    });
  const used2 = async (transaction: Kysely<Tables>) =>
    Number(
      (await transaction.selectFrom("organization_usage").select("stored_bytes").executeTakeFirstOrThrow())
        .stored_bytes,
    );

  it("goes with the last that has it, and counts once until then", async () => {
    for (const id of ["one", "two", "three"]) await add(id);
    await share("two", "one");
    await share("three", "two");
    expect(await used()).toBe(10);
    expect(
      await recordsSharing(db, await read("one"))
        .select("id")
        .orderBy("id")
        .execute(),
    ).toEqual([{ id: "one" }, { id: "three" }, { id: "two" }]);
    await leave("one");
    expect([await counted("two"), await counted("three"), await used()].sort()).toEqual([0, 10, 10]);
    await leave("three");
    expect([await counted("two"), await used(), await discarded()]).toEqual([10, 10, []]);
    await leave("two");
    expect([await used(), await discarded()]).toEqual([0, ["one/0  "]]);
  });

  it("is let go of by the file, not by the place, where another has something there or may come back", async () => {
    await add("one", { store_id: null });
    await add("two", { store_id: "s", content_file: "moved", content_binary_id: "one", content_revision: 0 });
    await leave("one");
    expect(await discarded()).toEqual(["one/0  content"]);
    await leave("two", at);
    expect(await discarded()).toEqual(["one/0  content", "one/0 s moved"]);
  });

  it("is found by hash, size and store, verified and not quarantined, of the same organization, the oldest first", async () => {
    const wanted = { organization_id, id: "mine", store_id: null, hash: "a".repeat(64), size: 10 };
    const found = async (of: Partial<BinaryRow> = {}) => (await findHeld(db, { ...wanted, ...of }))?.id;
    await add("hashing", { state: "hashing" });
    await add("gone", { state: "destroyed", content_file: null });
    await add("quarantined", { quarantine: "{}" });
    await add("elsewhere", { store_id: "s" });
    await add("frozen", { archive_class: "GLACIER" });
    expect(await found()).toBeUndefined();
    await add("late", { inserted_at: "2026-02-01" });
    await add("early", { inserted_at: "2025-01-01" });
    expect(await found()).toBe("early");
    expect(await found({ id: "early" })).toBe("late");
    expect(await found({ store_id: "s" })).toBe("elsewhere");
    expect(await found({ size: 11 })).toBeUndefined();
    expect(await found({ organization_id: "another" })).toBeUndefined();
  });

  it("begins behind the places that a former binary with the same id has left", async () => {
    expect(await firstRevision(db, organization_id, "one")).toBe(0);
    await add("two", { content_binary_id: "one", content_revision: 3 });
    expect(await firstRevision(db, organization_id, "one")).toBe(4);
    await db
      .transaction()
      .execute((transaction) =>
        discardContent(
          transaction,
          clock,
          { organizationId: organization_id, binaryId: "one", revision: 6 },
          null,
          "",
          "",
        ),
      );
    expect(await firstRevision(db, organization_id, "one")).toBe(7);
  });

  describe("beside the release before, which knows nothing of it,", () => {
    const discard = (row: BinaryRow, file: string) =>
      db.transaction().execute((transaction) => discardContent(transaction, clock, placeOf(row), null, file, ""));

    it("isn't removed with the binary that brought it", async () => {
      const one = await add("one");
      await add("two");
      await share("two", "one");
      await discard(one, "");
      await discard(one, "content");
      await discard(one, "other");
      expect(await discarded()).toEqual(["one/0  other"]);
    });

    it("is left by a binary that is reset or destroyed there", async () => {
      await add("one");
      await add("two");
      await share("two", "one");
      await db.updateTable("binaries").set({ content_file: null, revision: 1 }).where("id", "=", "two").execute();
      expect(await read("two")).toMatchObject({ ...asUploaded });
    });
  });
});
