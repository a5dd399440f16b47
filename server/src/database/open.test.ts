import { type Kysely, sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { databaseKinds, makeDatabase, type TestDatabase } from "./databases.fixture.ts";
import { oldestCompatible } from "./migrations/index.ts";
import { openDatabase } from "./open.ts";
import { prepared } from "./prepared.ts";
import type { Tables } from "./tables.ts";

const now = "2026-01-31T00:00:00.000000Z";
const organization = (id: string, name = "Acme") => ({
  id,
  name,
  inserted_at: now,
  updated_at: now,
  separate_signer: 0 as const,
  required_signatures: 1,
});
const nameOf = prepared((db: Kysely<Tables>, id: string) =>
  db.selectFrom("organizations").select("name").where("id", "=", id),
);

describe.each(databaseKinds)("on %s", (kind) => {
  let database: TestDatabase;
  let db: Kysely<Tables>;

  beforeEach(async () => {
    database = await makeDatabase(kind);
    db = await openDatabase(database.url);
  });
  afterEach(async () => {
    await db.destroy();
    await database.remove();
  });

  describe("opening a database", () => {
    it("brings it to the newest migration, and does nothing the second time", async () => {
      await db.insertInto("organizations").values(organization("1")).execute();
      await db.destroy();
      db = await openDatabase(database.url);
      expect(await nameOf(db, "1")).toEqual([{ name: "Acme" }]);
    });

    it("by many at once runs each migration once", async () => {
      const another = await makeDatabase(kind);
      const opened = await Promise.all(Array.from({ length: 5 }, () => openDatabase(another.url)));
      await Promise.all(opened.map((one) => one.destroy()));
      await another.remove();
    });

    it("works with one that a newer program has migrated, as long as that says it can", async () => {
      await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`.execute(
        db,
      );
      await db.insertInto("organizations").values(organization("1")).execute();
      await db.destroy();
      db = await openDatabase(database.url);
      expect(await nameOf(db, "1")).toEqual([{ name: "Acme" }]);
      await db.updateTable("schema_compatibility").set({ oldest: "9999-from-the-future" }).execute();
      await expect(openDatabase(database.url)).rejects.toThrow(/9999-from-the-future.*Start the newer program/);
      await db.updateTable("schema_compatibility").set({ oldest: oldestCompatible }).execute();
    });
  });

  describe("a prepared query", () => {
    it("sees every write of its own process at once", async () => {
      expect(await nameOf(db, "1")).toEqual([]);
      await db.insertInto("organizations").values(organization("1")).execute();
      expect(await nameOf(db, "1")).toEqual([{ name: "Acme" }]);
      for (let turn = 0; turn < 50; turn++) {
        await db
          .updateTable("organizations")
          .set({ name: `turn ${turn}` })
          .execute();
        expect(await nameOf(db, "1")).toEqual([{ name: `turn ${turn}` }]);
      }
      await db.deleteFrom("organizations").execute();
      expect(await nameOf(db, "1")).toEqual([]);
    });

    it("sees the writes of another process", async () => {
      await db.insertInto("organizations").values(organization("1")).execute();
      expect(await nameOf(db, "1")).toEqual([{ name: "Acme" }]);
      const other = await openDatabase(database.url);
      await other.updateTable("organizations").set({ name: "from elsewhere" }).execute();
      await other.destroy();
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await nameOf(db, "1")).toEqual([{ name: "from elsewhere" }]);
    });

    it("sees, in a transaction, what that wrote; outside, only what was committed", async () => {
      await db.transaction().execute(async (transaction) => {
        await transaction.insertInto("organizations").values(organization("1", "inside")).execute();
        expect(await nameOf(transaction, "1")).toEqual([{ name: "inside" }]);
      });
      expect(await nameOf(db, "1")).toEqual([{ name: "inside" }]);
      const rolledBack = db.transaction().execute(async (transaction) => {
        await transaction.updateTable("organizations").set({ name: "undone" }).execute();
        throw new Error("no");
      });
      await expect(rolledBack).rejects.toThrow("no");
      expect(await nameOf(db, "1")).toEqual([{ name: "inside" }]);
    });

    it("waits for a commit that isn't on the disk yet, and then sees it", async () => {
      await db.insertInto("organizations").values(organization("1", "before")).execute();
      expect(await nameOf(db, "1")).toEqual([{ name: "before" }]);
      const writing = db.updateTable("organizations").set({ name: "after" }).execute();
      // The update has not begun; let it get to its sync.
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      const [seen] = await Promise.all([nameOf(db, "1"), writing]);
      expect(["before", "after"]).toContain(seen[0]?.name);
      expect(await nameOf(db, "1")).toEqual([{ name: "after" }]);
    });
  });

  it("keeps organizations apart by keys: a row can't refer to another organization's", async () => {
    await db
      .insertInto("organizations")
      .values([organization("1"), organization("2")])
      .execute();
    const stored = { inserted_at: now, updated_at: now, description: null, custom_metadata: null };
    await db
      .insertInto("artifacts")
      .values({ ...stored, organization_id: "1", id: "a", name: "firmware" })
      .execute();
    const foreign = { ...stored, organization_id: "2", id: "v", artifact_id: "a", version: "1" };
    await expect(db.insertInto("artifact_versions").values(foreign).execute()).rejects.toThrow(/foreign key/i);
  });
});
