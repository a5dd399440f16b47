import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { offerCommittedReads } from "./committed-reads.ts";
import { migrations } from "./migrations/index.ts";
import { sqliteDialect } from "./sqlite.ts";
import type { Tables } from "./tables.ts";

/**
 * Opens the database at `sqlite:PATH` and brings it to the newest migration.
 * @throws Error when a migration fails, or when the database is newer than this program.
 */
export async function openDatabase(url: string): Promise<Kysely<Tables>> {
  const path = url.replace(/^sqlite:/, "");
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const { dialect, reads } = sqliteDialect(path);
  const db = new Kysely<Tables>({ dialect });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) {
    await db.destroy();
    throw error;
  }
  offerCommittedReads(db, reads);
  return db;
}
