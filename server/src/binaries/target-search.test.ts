import type { ListQuery } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds, makeDatabase, type TestDatabase } from "../database/databases.fixture.ts";
import { openDatabase } from "../database/open.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { makeFleet, platformOn } from "../distribution/fleet.fixture.ts";
import type { Principal } from "../http/principal.ts";
import { addVersions, binaryRow } from "./binary-row.fixture.ts";
import { listBinaries } from "./record.ts";
import { targetsWith } from "./targets.ts";

const versionOf = (number: number) => `00000000-0000-7000-8000-00000000000${number}`;

describe.each(databaseKinds)("words in targets, on %s,", (kind) => {
  let database: TestDatabase;
  let db: Kysely<Tables>;
  let principal: Principal;
  let made: BinaryRow[];

  beforeAll(async () => {
    database = await makeDatabase(kind);
    db = await openDatabase(database.url);
    ({ principal } = await makeFleet(db));
    await addVersions(db, principal.organizationId, [0, 1, 2, 3].map(versionOf));
    // Targets take turns, so that pages hold several of them; some were made at the same time.
    made = Array.from({ length: 120 }, (_, at) => binary(at, `arm-${at % 30}`, versionOf(Math.floor(at / 30))));
    await db.insertInto("binaries").values(made).execute();
  });
  afterAll(async () => {
    await db.destroy();
    await database.remove();
  });

  function binary(at: number, target: string, version: string): BinaryRow {
    const time = `2026-01-01T00:00:${String(Math.floor(at / 4)).padStart(2, "0")}.000000Z`;
    return binaryRow({
      ...{ organization_id: principal.organizationId, id: `id-${String(at).padStart(4, "0")}` },
      ...{ artifact_version_id: version, target, hash: "a".repeat(64), size: 1 },
      ...{ state: at % 5 === 0 ? "destroyed" : "uploadable", inserted_at: time, updated_at: time },
    });
  }

  async function pages(request: ListQuery): Promise<string[]> {
    const platform = platformOn(db, { now: () => new Date() });
    const found: string[] = [];
    let page: string | undefined;
    do {
      const { items, nextPage } = await listBinaries(platform, principal, {
        ...request,
        limit: 7,
        ...(page && { page }),
      });
      found.push(...items.map(({ prn }) => prn.split(":").at(-1)!));
      page = nextPage ?? undefined;
    } while (page);
    return found;
  }

  const wanted = (fits: (row: BinaryRow) => boolean) =>
    made
      .filter(fits)
      .map(({ id }) => id)
      .reverse();

  it.each<[string, (row: BinaryRow) => boolean]>([
    ["target~'arm-7'", ({ target, state }) => target === "arm-7" && state !== "destroyed"],
    // Eleven targets, asked for one by one.
    ["target~'arm-1'", ({ target, state }) => target.startsWith("arm-1") && state !== "destroyed"],
    // More than are asked for one by one.
    ["target~'arm'", ({ state }) => state !== "destroyed"],
    ["target~'riscv'", () => false],
    ["target~'arm-1' and state:'destroyed'", (row) => row.target.startsWith("arm-1") && row.state === "destroyed"],
    ["target~'arm-1' and target~'2'", (row) => row.target === "arm-12" && row.state !== "destroyed"],
    ["state:'destroyed' and target:'arm-10'", (row) => row.target === "arm-10" && row.state === "destroyed"],
  ])("%s goes from page to page, in both orders", async (search, fits) => {
    expect(await pages({ search })).toEqual(wanted(fits));
    expect(await pages({ search, order: "asc" })).toEqual(wanted(fits).reverse());
  });

  it("with a version, and a state, are those of the version", async () => {
    const version = `artifact_version_prn:'prn:1:${principal.organizationId}:artifact_version:${versionOf(2)}'`;
    const search = `${version} and target~'arm-1' and state:'uploadable'`;
    const fits = ({ artifact_version_id: id, target, state }: BinaryRow) =>
      id === versionOf(2) && target.startsWith("arm-1") && state === "uploadable";
    expect(await pages({ search })).toEqual(wanted(fits));
    expect(wanted(fits).length).toBeGreaterThan(5);
  });

  it("are looked for in each target once, and in none of another organization", async () => {
    const { organizationId } = principal;
    expect(await targetsWith(db, organizationId, "arm-2")).toEqual(
      ["arm-2", ...Array.from({ length: 10 }, (_, at) => `arm-2${at}`)].sort(),
    );
    expect(await targetsWith(db, organizationId, "arm")).toBeNull();
    expect(await targetsWith(db, "another", "arm")).toEqual([]);
  });
});
