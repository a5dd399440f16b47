import { hash } from "node:crypto";
import { PostgresDialect, type PostgresPool } from "kysely";
import pg from "pg";
import type { CommittedReads } from "./committed-reads.ts";
import { isConnectionLost } from "./postgres-errors.ts";

export interface PostgresSettings {
  /** Connections of this process, at most. */
  connections: number;
  /** Seconds that one statement may take, and that a transaction may wait for another's rows. */
  statementTimeout: number;
}

/** Milliseconds for which a connection is tried again: a fail-over takes that long. */
const patience = 20_000;
const retryEvery = 200;
/** Milliseconds after which a transaction whose owner does nothing is ended, with its locks. */
const idleInTransaction = 60_000;

/** bigint and numeric come as text; all ours are below 2^53. Source: pg_type.dat */
const numbers = new Set([20, 1700]);
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) => (numbers.has(id) ? Number : pg.types.getTypeParser(id, format as "text")),
};

/**
 * PostgreSQL by a pool of connections. One that can't be made is tried again for a while; a read whose connection was lost
 * is made again, with another one.
 */
export function postgresDialect(
  url: string,
  { connections, statementTimeout }: PostgresSettings,
): { dialect: PostgresDialect; reads: CommittedReads } {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: patience,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeout * 1000,
    lock_timeout: statementTimeout * 1000,
    idle_in_transaction_session_timeout: idleInTransaction,
    application_name: "peridio-server",
    keepAlive: true,
    allowExitOnIdle: true,
    types,
    // Never less than durable, whatever the role's default is.
    options: "-c synchronous_commit=on",
  });
  // One that breaks while it is idle has left the pool already; one in use tells whoever uses it.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const connect = async () => new PatientClient(pool, await patiently(() => pool.connect()));
  const dialect = new PostgresDialect({ pool: { connect, end: () => pool.end() } as unknown as PostgresPool });
  const reads: CommittedReads = {
    all: async (text, values) => {
      // By its name the server knows what it has parsed before.
      const query = { name: hash("sha256", text).slice(0, 32), text, values: [...values] };
      return (await patiently(() => pool.query(query))).rows;
    },
    close: () => {},
  };
  return { dialect, reads };
}

/** Tries again what a lost connection has ended, for as long as a fail-over takes. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionLost(error) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryEvery));
    }
  }
}

/** A connection of the pool that repeats a read outside of a transaction when it was lost, with another one. */
class PatientClient {
  /** Null after one was lost, until another is there: waiting for that one must not keep a place in the pool. */
  #client: pg.PoolClient | null;
  #inTransaction = false;
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool, client: pg.PoolClient) {
    this.#pool = pool;
    this.#client = client;
  }

  async query(text: string, values: unknown[]): Promise<pg.QueryResult> {
    if (/^(begin|start transaction)/.test(text)) this.#inTransaction = true;
    if (/^(commit|rollback$)/.test(text)) this.#inTransaction = false;
    try {
      return await this.#ask(text, values);
    } catch (error) {
      if (this.#inTransaction || !text.startsWith("select") || !isConnectionLost(error)) throw error;
      return patiently(() => {
        this.release(true);
        return this.#ask(text, values);
      });
    }
  }

  async #ask(text: string, values: unknown[]): Promise<pg.QueryResult> {
    this.#client ??= await this.#pool.connect();
    return this.#client.query(text, values);
  }

  release(discard: boolean): void {
    this.#client?.release(discard);
    this.#client = null;
  }
}
