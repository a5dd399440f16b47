import type { ListQuery } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds, makeDatabase, type TestDatabase } from "../database/databases.fixture.ts";
import { openDatabase } from "../database/open.ts";
import type { Tables } from "../database/tables.ts";
import { makeFleet, platformOn } from "../distribution/fleet.fixture.ts";
import type { Principal } from "../http/principal.ts";
import { addVersions, binaryRow } from "./binary-row.fixture.ts";
import { listBinaries } from "./record.ts";

const long = "x".repeat(63);
/** Target → metadata, in the order in which they were made. */
const binaries: Record<string, object | null> = {
  none: null,
  number: { build: 77, channel: "beta" },
  text: { build: "77", channel: "stable" },
  fraction: { build: -0.125, large: 1e21, huge: 1.2345678901234567e19 },
  answer: { ok: true, channel: "beta" },
  refusal: { ok: false },
  said: { ok: "true" },
  nothing: { ok: null, build: {}, channel: ["beta"] },
  long: { note: `${long}1`, [long]: "key" },
  longer: { note: `${long}1 and more`, [`${long}1 and more`]: "key", [`${long}2`]: "other key" },
  quoted: { note: 'it\'s \\ a "quote"', "no.word": 1, "": 2 },
  unusual: { odd: "\ud800 \u0000 \u0001", build: 78 },
};

describe.each(databaseKinds)("on %s", (kind) => {
  let database: TestDatabase;
  let db: Kysely<Tables>;
  let principal: Principal;

  beforeAll(async () => {
    database = await makeDatabase(kind);
    db = await openDatabase(database.url);
    ({ principal } = await makeFleet(db));
    await addVersions(db, principal.organizationId, ["v"]);
    for (const [at, [target, metadata]] of Object.entries(binaries).entries()) await add(target, metadata, at);
  });
  afterAll(async () => {
    await db.destroy();
    await database.remove();
  });

  async function add(target: string, metadata: object | null, at: number): Promise<void> {
    const time = `2026-01-01T00:00:${String(at).padStart(2, "0")}.000000Z`;
    const row = binaryRow({
      ...{
        organization_id: principal.organizationId,
        id: target,
        artifact_version_id: "v",
        target,
        state: "uploadable",
      },
      ...{ custom_metadata: metadata && JSON.stringify(metadata), inserted_at: time, updated_at: time },
    });
    await db.insertInto("binaries").values(row).execute();
  }

  const list = (request: ListQuery) => listBinaries(platformOn(db, { now: () => new Date() }), principal, request);
  const found = async (search: string) => (await list({ search, limit: 100 })).items.map(({ target }) => target);
  const write = (target: string, metadata: object | null) =>
    db
      .updateTable("binaries")
      .set({ custom_metadata: metadata && JSON.stringify(metadata) })
      .where("id", "=", target)
      .execute();

  it.each([
    ["custom_metadata.build:77", ["number"]],
    ["custom_metadata.build:77.0", ["number"]],
    ["custom_metadata.build:'77'", ["text"]],
    ["custom_metadata.build:-0.125", ["fraction"]],
    ["custom_metadata.large:1000000000000000000000", ["fraction"]],
    ["custom_metadata.huge:12345678901234567890", ["fraction"]],
    // PostgreSQL reads nothing of what its text can't hold.
    ["custom_metadata.build:78", kind === "sqlite" ? ["unusual"] : []],
    ["custom_metadata.ok:true", ["answer"]],
    ["custom_metadata.ok:false", ["refusal"]],
    ["custom_metadata.ok:'true'", ["said"]],
    ["custom_metadata.channel:'beta'", ["answer", "number"]],
    ["custom_metadata.channel:'beta' and custom_metadata.build:77", ["number"]],
    ["custom_metadata.channel:'beta' and target:'answer'", ["answer"]],
    ["custom_metadata.channel:'gamma'", []],
    ["custom_metadata.channel~'b'", ["nothing", "answer", "text", "number"]],
    [`custom_metadata.note:'${long}1'`, ["long"]],
    [`custom_metadata.note:'${long}1 and more'`, ["longer"]],
    [`custom_metadata.${long}:'key'`, ["long"]],
    [`custom_metadata.${long}2:'other key'`, ["longer"]],
    [`custom_metadata.note:'it\\'s \\\\ a "quote"'`, ["quoted"]],
    ["custom_metadata.none:1", []],
  ])("%s finds %j", async (search, targets) => {
    expect(await found(search)).toEqual(targets);
  });

  it("goes on from page to page, in both orders", async () => {
    for (const order of ["asc", "desc"] as const) {
      const first = await list({ search: "custom_metadata.channel:'beta'", limit: 1, order });
      const second = await list({ search: "custom_metadata.channel:'beta'", limit: 1, page: first.nextPage! });
      const targets = [...first.items, ...second.items].map(({ target }) => target);
      expect(targets).toEqual(order === "asc" ? ["number", "answer"] : ["answer", "number"]);
      expect(second.nextPage).toBeNull();
    }
  });

  it("follows what is written, whoever writes it", async () => {
    await write("none", { build: 1, gone: "x" });
    expect(await found("custom_metadata.build:1")).toEqual(["none"]);
    await write("none", { build: 2 });
    expect(await found("custom_metadata.build:1")).toEqual([]);
    expect(await found("custom_metadata.build:2")).toEqual(["none"]);
    await write("none", null);
    expect(await found("custom_metadata.build:2")).toEqual([]);
    await write("none", { build: 3 });
    await db.deleteFrom("binaries").where("id", "=", "none").execute();
    expect(await db.selectFrom("binary_metadata").select("key").where("id", "=", "none").execute()).toEqual([]);
    await add("none", null, 0);
  });

  it("finds all beside a binary with more keys than are kept", async () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`key${at}`, at]));
    await write("none", { ...many, channel: "beta" });
    const kept = db.selectFrom("binary_metadata").select("key").where("id", "=", "none");
    expect(await kept.execute()).toEqual([{ key: "" }]);
    expect(await found("custom_metadata.channel:'beta'")).toEqual(["answer", "number", "none"]);
    expect(await found("custom_metadata.key100:100")).toEqual(["none"]);
    await write("none", { channel: "beta" });
    expect(await kept.execute()).toEqual([{ key: "channel" }]);
    expect(await found("custom_metadata.channel:'beta'")).toEqual(["answer", "number", "none"]);
    await write("none", null);
  });
});
