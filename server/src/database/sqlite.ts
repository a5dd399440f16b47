import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";

type Value = null | number | bigint | string | Uint8Array;

/** Statements kept prepared; the server's own queries are far fewer. */
const maxPrepared = 500;

/**
 * Kysely's SQLite dialect over Node's own SQLite. WAL with `synchronous=FULL`: a commit is on the disk before it is
 * answered.
 */
export function sqliteDialect(path: string): SqliteDialect {
  return new SqliteDialect({ database: openDatabase(path) });
}

function openDatabase(path: string): SqliteDatabase {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma trusted_schema = off;
    pragma temp_store = memory;
  `);
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(query) {
      const known = prepared.get(query);
      if (known) return known;
      if (prepared.size >= maxPrepared) prepared.clear();
      // A transaction that will write takes the write lock at once: one that upgrades later can fail half way.
      const statement = adapt(database.prepare(query === "begin" ? "begin immediate" : query));
      prepared.set(query, statement);
      return statement;
    },
  };
}

function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as Value[])),
    run: (parameters) => statement.run(...(parameters as Value[])),
    iterate: (parameters) => statement.iterate(...(parameters as Value[])),
  };
}
