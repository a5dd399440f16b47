import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Kysely } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./open.ts";
import { prepared } from "./prepared.ts";
import type { Tables } from "./tables.ts";

let directory: string;
let path: string;
let db: Kysely<Tables>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "database-"));
  path = join(directory, "test.db");
  db = await openDatabase(`sqlite:${path}`);
});
afterEach(async () => {
  await db.destroy();
  await rm(directory, { recursive: true, force: true });
});

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

describe("opening a database", () => {
  it("brings it to the newest migration, and does nothing the second time", async () => {
    await db.insertInto("organizations").values(organization("1")).execute();
    await db.destroy();
    db = await openDatabase(`sqlite:${path}`);
    expect(await nameOf(db, "1")).toEqual([{ name: "Acme" }]);
  });

  it("refuses one that a newer program has changed", async () => {
    await db.destroy();
    const raw = new DatabaseSync(path);
    raw.exec("insert into kysely_migration values ('9999-from-the-future', '2030-01-01')");
    raw.close();
    await expect(openDatabase(`sqlite:${path}`)).rejects.toThrow(/9999-from-the-future/);
    db = await openDatabase(`sqlite:${join(directory, "other.db")}`);
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
    const other = new DatabaseSync(path);
    other.exec("update organizations set name = 'from elsewhere'");
    other.close();
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
  await expect(db.insertInto("artifact_versions").values(foreign).execute()).rejects.toThrow(/FOREIGN KEY/);
});
