import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { expect, it } from "vitest";
import { databaseKinds, makeDatabase } from "./databases.fixture.ts";
import { migrations } from "./migrations/index.ts";
import { openDatabase } from "./open.ts";
import { postgresDialect } from "./postgres.ts";
import { sqliteDialect } from "./sqlite.ts";

it("a database of the first version counts its binaries and keeps its signed ones signed", async () => {
  const directory = await mkdtemp(join(tmpdir(), "upgrade-"));
  const path = join(directory, "test.db");
  const initial = migrations["0001-initial"]!;
  const { dialect } = sqliteDialect(path);
  const old = new Kysely<unknown>({ dialect });
  const migrator = new Migrator({ db: old, provider: { getMigrations: async () => ({ "0001-initial": initial }) } });
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  await old.destroy();

  const now = "2026-01-01T00:00:00.000000Z";
  const file = new DatabaseSync(path);
  file.exec(`
    insert into organizations values ('o', 'Old', '${now}', '${now}');
    insert into organizations values ('empty', 'Empty', '${now}', '${now}');
    insert into artifacts values ('o', 'a', '${now}', '${now}', 'a', null, null);
    insert into artifact_versions values ('o', 'v', '${now}', '${now}', 'a', '1', null, null)`);
  const binary = file.prepare(
    `insert into binaries (organization_id, id, artifact_version_id, target, hash, size, state, revision, content_file,
      inserted_at, updated_at) values ('o', ?, 'v', ?, ?, ?, ?, 0, ?, '${now}', '${now}')`,
  );
  binary.run("signed", "t1", "h", 100, "signed", "direct-1");
  binary.run("begun", "t2", "h", 1000, "uploadable", null);
  binary.run("declared", "t3", "h", 5, "uploadable", null);
  binary.run("gone", "t4", "h", 7, "destroyed", null);
  file.exec(`insert into binary_parts (organization_id, id, inserted_at, updated_at, binary_id, part_index, hash, size, state)
    values ('o', 'p', '${now}', '${now}', 'begun', 1, 'h', 600, 'valid')`);
  file.close();

  const db = await openDatabase(`sqlite:${path}`);
  expect(
    await db
      .selectFrom("organization_usage")
      .select(["organization_id", "stored_bytes", "binaries"])
      .orderBy("organization_id")
      .execute(),
  ).toEqual([
    { organization_id: "empty", stored_bytes: 0, binaries: 0 },
    { organization_id: "o", stored_bytes: 1100, binaries: 3 },
  ]);
  const columns = ["id", "reserved_bytes", "announced_bytes", "required_signatures"] as const;
  expect(await db.selectFrom("binaries").select(columns).orderBy("id").execute()).toEqual([
    { id: "begun", reserved_bytes: 1000, announced_bytes: 600, required_signatures: null },
    { id: "declared", reserved_bytes: 0, announced_bytes: 0, required_signatures: null },
    { id: "gone", reserved_bytes: 0, announced_bytes: 0, required_signatures: null },
    { id: "signed", reserved_bytes: 100, announced_bytes: 0, required_signatures: 1 },
  ]);
  await db.destroy();
  await rm(directory, { recursive: true, force: true });
});

it.each(databaseKinds)("what %s had before metadata could be searched by an index is found by it", async (kind) => {
  const database = await makeDatabase(kind);
  const settings = { connections: 2, statementTimeout: 10 };
  const { dialect } =
    kind === "sqlite" ? sqliteDialect(database.url.slice("sqlite:".length)) : postgresDialect(database.url, settings);
  const old = new Kysely<unknown>({ dialect });
  const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < "0018"));
  const migrator = new Migrator({ db: old, provider: { getMigrations: async () => before } });
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  const times = "'2026-01-01', '2026-01-01'";
  const many = JSON.stringify(Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`key${at}`, at])));
  const rows = { few: '{"build":77,"ok":true,"list":[1],"no.word":"x"}', many, none: null };
  await sql
    .raw(`insert into organizations (id, name, inserted_at, updated_at) values ('o', 'Old', ${times})`)
    .execute(old);
  await sql
    .raw(`insert into artifacts (organization_id, id, name, inserted_at, updated_at) values ('o', 'a', 'a', ${times})`)
    .execute(old);
  await sql
    .raw(`insert into artifact_versions (organization_id, id, artifact_id, version, inserted_at, updated_at)
      values ('o', 'v', 'a', '1', ${times})`)
    .execute(old);
  for (const [id, metadata] of Object.entries(rows)) {
    await sql`insert into binaries (organization_id, id, artifact_version_id, target, state, revision, custom_metadata,
        inserted_at, updated_at)
      values ('o', ${id}, 'v', ${id}, 'uploadable', 0, ${metadata}, '2026-01-01', '2026-01-01')`.execute(old);
  }
  await old.destroy();

  const db = await openDatabase(database.url);
  const entries = db.selectFrom("binary_metadata").select(["id", "key", "value"]).orderBy("id").orderBy("key");
  expect(await entries.execute()).toEqual([
    { id: "few", key: "build", value: "77" },
    { id: "few", key: "ok", value: "true" },
    { id: "many", key: "", value: "" },
  ]);
  await db.destroy();
  await database.remove();
});
