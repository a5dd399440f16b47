import type { Kysely } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyDatabase } from "./copy.ts";
import { makeDatabase, type TestDatabase } from "./databases.fixture.ts";
import { openDatabase } from "./open.ts";
import type { Tables } from "./tables.ts";

const now = "2026-01-31T00:00:00.000000Z";
let databases: TestDatabase[];
let from: Kysely<Tables>;
let to: Kysely<Tables>;

beforeEach(async () => {
  databases = [await makeDatabase("sqlite"), await makeDatabase("postgres")];
  [from, to] = (await Promise.all(databases.map(({ url }) => openDatabase(url)))) as [Kysely<Tables>, Kysely<Tables>];
  await from.insertInto("organizations").values(organization("1")).execute();
  await from.insertInto("audit_heads").values({ organization_id: "1", sequence: 0, hash: "0" }).execute();
  for (let at = 0; at < 3_500; at += 100) {
    await from
      .insertInto("artifacts")
      .values(Array.from({ length: 100 }, (_, more) => artifact(at + more)))
      .execute();
  }
});
afterEach(async () => {
  await from.destroy();
  await to.destroy();
  for (const database of databases) await database.remove();
});

function organization(id: string) {
  const limits = { stored_bytes_limit: 2 ** 52, binaries_limit: null };
  return {
    id,
    name: "Ä 'quoted'\n☃",
    separate_signer: 0 as const,
    required_signatures: 1,
    ...limits,
    inserted_at: now,
    updated_at: now,
  };
}

function artifact(number: number) {
  const id = `a${String(number).padStart(5, "0")}`;
  const metadata = number % 2 === 0 ? null : JSON.stringify({ number, text: "ü" });
  return {
    organization_id: "1",
    id,
    name: `n${number}`,
    description: null,
    custom_metadata: metadata,
    inserted_at: now,
    updated_at: now,
  };
}

const quiet = () => {};

describe("copying a database", () => {
  it("brings over every row, as it is", async () => {
    expect(await copyDatabase(from, to, quiet)).toMatchObject({
      organizations: 1,
      artifacts: 3_500,
      audit_heads: 1,
      users: 0,
    });
    expect(await to.selectFrom("organizations").selectAll().execute()).toEqual(
      await from.selectFrom("organizations").selectAll().execute(),
    );
  });

  it("goes on where it broke off, and does nothing the next time", async () => {
    const breaking = copyDatabase(from, to, (table, rows) => {
      if (table === "artifacts" && rows >= 2_000) throw new Error("cut");
    });
    await expect(breaking).rejects.toThrow("cut");
    const told: [string, number][] = [];
    expect((await copyDatabase(from, to, (table, rows) => told.push([table, rows]))).artifacts).toBe(3_500);
    expect(told).toEqual([
      ["artifacts", 1_000],
      ["artifacts", 1_500],
      ["audit_heads", 1],
    ]);
    told.length = 0;
    await copyDatabase(from, to, (table, rows) => told.push([table, rows]));
    expect(told).toEqual([]);
  });

  it("finds a row that differs, and one too many", async () => {
    await copyDatabase(from, to, quiet);
    await to.updateTable("artifacts").set({ description: "other" }).where("id", "=", "a02500").execute();
    await expect(copyDatabase(from, to, quiet)).rejects.toThrow("artifacts differs at '1 a02500'");
    await to.updateTable("artifacts").set({ description: null }).where("id", "=", "a02500").execute();
    await to.insertInto("artifacts").values(artifact(99_999)).execute();
    await expect(copyDatabase(from, to, quiet)).rejects.toThrow("artifacts differs at '1 a99999'");
  });

  it("refuses a target where something else has begun", async () => {
    await to.insertInto("organizations").values(organization("2")).execute();
    await expect(copyDatabase(from, to, quiet)).rejects.toThrow(/prn:1:2.*empty database/);
  });
});
