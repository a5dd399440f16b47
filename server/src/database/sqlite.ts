import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type Driver, type SqliteDatabase, SqliteDialect, SqliteDriver, type SqliteStatement } from "kysely";
import { WriteAheadLog } from "./write-ahead-log.ts";

type Value = null | number | bigint | string | Uint8Array;

/** Statements kept prepared; the server's own queries are far fewer. */
const maxPrepared = 500;

/**
 * Kysely's SQLite dialect over Node's own SQLite, in WAL mode. A commit is on the disk before it is answered, as with
 * `synchronous=FULL`, but the log is synced from another thread: while a disk is busy with uploads a sync takes
 * milliseconds, for which every transfer would stop. The connection is held until it is done, so nobody sees what
 * could still be lost.
 */
export function sqliteDialect(path: string): SqliteDialect {
  const log = new WriteAheadLog(path);
  const database = openDatabase(path, log);
  return new DurableDialect(database, log);
}

class DurableDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;
  readonly #log: WriteAheadLog;

  constructor(database: SqliteDatabase, log: WriteAheadLog) {
    super({ database });
    this.#database = database;
    this.#log = log;
  }

  override createDriver(): Driver {
    return new DurableDriver(this.#database, this.#log);
  }
}

class DurableDriver extends SqliteDriver {
  readonly #log: WriteAheadLog;

  constructor(database: SqliteDatabase, log: WriteAheadLog) {
    super({ database });
    this.#log = log;
  }

  /** Kysely lets go of the connection before it returns a result; so a write returns when it is durable. */
  override async releaseConnection(): Promise<void> {
    if (this.#log.hasNews) await this.#log.sync();
  }

  override async destroy(): Promise<void> {
    await this.#log.close();
    await super.destroy();
  }
}

function openDatabase(path: string, log: WriteAheadLog): SqliteDatabase {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  // NORMAL syncs the log before it is checkpointed into the database, and the database after; commits are ours.
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = normal;
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
      const statement = database.prepare(query === "begin" ? "begin immediate" : query);
      const adapted = adapt(statement, /^\s*(select|begin|rollback|pragma)\b/i.test(query) ? null : log);
      prepared.set(query, adapted);
      return adapted;
    },
  };
}

/** `log` is null for statements that write nothing. */
function adapt(statement: StatementSync, log: WriteAheadLog | null): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => {
      if (log) log.hasNews = true;
      return statement.all(...(parameters as Value[]));
    },
    run: (parameters) => {
      if (log) log.hasNews = true;
      return statement.run(...(parameters as Value[]));
    },
    iterate: (parameters) => statement.iterate(...(parameters as Value[])),
  };
}
