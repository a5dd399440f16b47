import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely, type Logger } from "kysely";
import { type CommittedReads, offerCommittedReads } from "./committed-reads.ts";
import { type Migrated, migrate } from "./migrate.ts";
import { type PostgresSettings, postgresDialect } from "./postgres.ts";
import { sqliteDialect } from "./sqlite.ts";
import type { Tables } from "./tables.ts";

export interface DatabaseSettings extends PostgresSettings {
  /** Hears of each query that goes through Kysely. */
  log?: (system: "sqlite" | "postgresql") => Logger;
}

const defaults: DatabaseSettings = { connections: 10, statementTimeout: 60 };

/**
 * Opens the database at `sqlite:PATH` or `postgres://…` and brings it to the newest migration.
 * @throws Error when a migration fails, or when the database is too new for this program.
 */
export async function openDatabase(url: string, settings: DatabaseSettings = defaults): Promise<Kysely<Tables>> {
  const { db } = await openMigrated(url, settings);
  return db;
}

/** The same, and what was migrated. */
export async function openMigrated(
  url: string,
  settings: DatabaseSettings,
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

function connect(url: string, settings: DatabaseSettings): { db: Kysely<Tables>; reads: CommittedReads } {
  const isPostgres = /^postgres(ql)?:/.test(url);
  const { dialect, reads } = isPostgres
    ? postgresDialect(url, settings)
    : sqliteDialect(makeParent(url.replace(/^sqlite:/, "")));
  const log = settings.log?.(isPostgres ? "postgresql" : "sqlite");
  return { db: new Kysely<Tables>({ dialect, ...(log && { log }) }), reads };
}

function makeParent(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return path;
}
