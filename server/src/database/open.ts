import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely } from "kysely";
import { type CommittedReads, offerCommittedReads } from "./committed-reads.ts";
import { migrate } from "./migrate.ts";
import { type PostgresSettings, postgresDialect } from "./postgres.ts";
import { sqliteDialect } from "./sqlite.ts";
import type { Tables } from "./tables.ts";

const defaults: PostgresSettings = { connections: 10, statementTimeout: 60 };

/**
 * Opens the database at `sqlite:PATH` or `postgres://…` and brings it to the newest migration.
 * @throws Error when a migration fails, or when the database is too new for this program.
 */
export async function openDatabase(url: string, settings: PostgresSettings = defaults): Promise<Kysely<Tables>> {
  const { db, reads } = connect(url, settings);
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  offerCommittedReads(db, reads);
  return db;
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
