import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { openDatabase } from "../database/open.ts";

it.each([
  ["is null", "live"],
  ["is not null", "archived"],
])("lists of what has archived_at %s are read in the order of an index", async (condition, index) => {
  const directory = await mkdtemp(join(tmpdir(), "archived-"));
  const db = await openDatabase(`sqlite:${join(directory, "test.db")}`);
  for (const table of ["artifacts", "artifact_versions", "binaries"]) {
    const { rows } = await sql<{ detail: string }>`explain query plan
      select * from ${sql.table(table)} where organization_id = 'o' and archived_at ${sql.raw(condition)}
      order by inserted_at desc, id desc limit 11`.execute(db);
    const plan = rows.map(({ detail }) => detail).join("\n");
    expect(plan).toContain(`${table}_${index}`);
    expect(plan).not.toContain("TEMP B-TREE");
  }
  await db.destroy();
  await rm(directory, { recursive: true, force: true });
});
