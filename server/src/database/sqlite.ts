import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type Driver, type SqliteDatabase, SqliteDialect, SqliteDriver, type SqliteStatement } from "kysely";
import { type CommittedReads, openCommittedReads } from "./committed-reads.ts";
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
export function sqliteDialect(path: string): { dialect: SqliteDialect; reads: CommittedReads } {
  const log = new WriteAheadLog(path);
  const database = openDatabase(path, log);
  const reads = openCommittedReads(path, log);
  return { dialect: new DurableDialect(database, log, reads), reads };
}

class DurableDialect extends SqliteDialect {
  readonly #driver: Driver;

  constructor(database: SqliteDatabase, log: WriteAheadLog, reads: CommittedReads) {
    super({ database });
    this.#driver = new DurableDriver(database, log, reads);
  }

  override createDriver(): Driver {
    return this.#driver;
  }
}

class DurableDriver extends SqliteDriver {
  readonly #log: WriteAheadLog;
  readonly #reads: CommittedReads;

  constructor(database: SqliteDatabase, log: WriteAheadLog, reads: CommittedReads) {
    super({ database });
    this.#log = log;
    this.#reads = reads;
  }

  /** Kysely lets go of the connection before it returns a result; so a write returns when it is durable. */
  override async releaseConnection(): Promise<void> {
    if (this.#log.hasNews) await this.#log.sync();
  }

  override async destroy(): Promise<void> {
    this.#reads.close();
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
      log?.noteWrite();
      return statement.all(...(parameters as Value[]));
    },
    run: (parameters) => {
      log?.noteWrite();
      return statement.run(...(parameters as Value[]));
    },
    iterate: (parameters) => statement.iterate(...(parameters as Value[])),
  };
}
