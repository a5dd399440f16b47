import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

/** Where a test server keeps its records. */
export interface Database {
  dataDirectory: string;
  /** `postgres://…`, or nothing for SQLite in the data directory. */
  databaseUrl: string | null;
  /** Where content lies as files; null where it doesn't. */
  contentRoot: string | null;
}

/** Rows of a server's database, read past it. Both databases answer at once, so that what is asked for next is as old. */
export function query<T>(server: Database, sql: string, ...values: (string | number)[]): T[] {
  if (server.databaseUrl !== null) return queryPostgres(server.databaseUrl, sql, values) as T[];
  const db = new DatabaseSync(join(server.dataDirectory, "peridio.db"), { readOnly: true, timeout: 10_000 });
  try {
    return db.prepare(sql).all(...values) as T[];
  } finally {
    db.close();
  }
}

/** Changes a server's database past it, as another process would. */
export function change(server: Database, sql: string, ...values: (string | number)[]): void {
  if (server.databaseUrl !== null) {
    queryPostgres(server.databaseUrl, sql, values);
    return;
  }
  const db = new DatabaseSync(join(server.dataDirectory, "peridio.db"), { timeout: 10_000 });
  try {
    db.prepare(sql).run(...values);
  } finally {
    db.close();
  }
}

/** Makes every insert of such a row fail. Returns how to end that. */
export function closeTable(server: Database, table: string, when: string): () => void {
  if (server.databaseUrl === null) {
    change(
      server,
      `create trigger closed before insert on ${table} when ${when} begin select raise(abort, 'closed'); end`,
    );
    return () => change(server, "drop trigger closed");
  }
  change(server, "create function closed() returns trigger language plpgsql as $f$ begin raise 'closed'; end $f$");
  change(
    server,
    `create trigger closed before insert on ${table} for each row when (${when}) execute function closed()`,
  );
  return () => change(server, `drop trigger closed on ${table}`);
}

/** All that the database holds, as text. */
export function databaseText(server: Database): string {
  if (server.databaseUrl === null) {
    const files = readdirSync(server.dataDirectory).filter((name) => name.startsWith("peridio.db"));
    if (files.length === 0) throw new Error(`there is no database in ${server.dataDirectory}`);
    return files.map((name) => readFileSync(join(server.dataDirectory, name), "latin1")).join("");
  }
  const tables = query<{ name: string }>(
    server,
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  if (tables.length === 0) throw new Error(`there is nothing in ${server.databaseUrl}`);
  return tables.map(({ name }) => JSON.stringify(query(server, `select * from ${name}`))).join("");
}

/** What puts rows with an id in the order in which they were written; PostgreSQL knows only that of their ids' time. */
export function writtenOrder(server: Database): string {
  return server.databaseUrl === null ? "rowid" : "id";
}

type Answer = { rows: unknown[] } | { failure: string };

/** The driver is asynchronous: it runs in a thread for which this one waits. */
function queryPostgres(url: string, sql: string, values: (string | number)[]): unknown[] {
  thread ??= startThread();
  const { worker, port } = thread;
  const done = new Int32Array(new SharedArrayBuffer(4));
  let count = 0;
  const text = sql.replaceAll("?", () => `$${++count}`);
  worker.postMessage({ url, text, values, done });
  Atomics.wait(done, 0, 0, 600_000);
  const { message } = receiveMessageOnPort(port) as { message: Answer };
  if ("failure" in message) throw new Error(`${message.failure}: ${text}`);
  return message.rows;
}

let thread: { worker: Worker; port: MessageChannel["port1"] } | null = null;

function startThread(): NonNullable<typeof thread> {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL("./query-thread.ts", import.meta.url), {
    workerData: port2,
    transferList: [port2],
  });
  worker.unref();
  return { worker, port: port1 };
}
