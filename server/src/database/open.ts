import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely } from "kysely";
import { type CommittedReads, offerCommittedReads } from "./committed-reads.ts";
import { type Migrated, migrate } from "./migrate.ts";
import { type PostgresSettings, postgresDialect } from "./postgres.ts";
import { sqliteDialect } from "./sqlite.ts";
import type { Tables } from "./tables.ts";

const defaults: PostgresSettings = { connections: 10, statementTimeout: 60 };

/**
 * Opens the database at `sqlite:PATH` or `postgres://…` and brings it to the newest migration.
 * @throws Error when a migration fails, or when the database is too new for this program.
 */
export async function openDatabase(url: string, settings: PostgresSettings = defaults): Promise<Kysely<Tables>> {
  const { db } = await openMigrated(url, settings);
  return db;
}

/** The same, and what was migrated. */
export async function openMigrated(
  url: string,
  settings: PostgresSettings,
): Promise<{ db: Kysely<Tables>; migrated: Migrated }> {
  const { db, reads } = connect(url, settings);
  try {
    const migrated = await migrate(db);
    offerCommittedReads(db, reads);
    return { db, migrated };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function connect(url: string, settings: PostgresSettings): { db: Kysely<Tables>; reads: CommittedReads } {
  const { dialect, reads } = /^postgres(ql)?:/.test(url)
    ? postgresDialect(url, settings)
    : sqliteDialect(makeParent(url.replace(/^sqlite:/, "")));
  return { db: new Kysely<Tables>({ dialect }), reads };
}

function makeParent(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return path;
}
