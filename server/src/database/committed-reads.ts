import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";
import type { WriteAheadLog } from "./write-ahead-log.ts";

type Value = null | number | bigint | string | Uint8Array;
type Row = Record<string, unknown>;

/** Reads what is committed and durable, past the one connection that writes. */
export interface CommittedReads {
  /** @param remember whether the same is asked often enough that its rows are worth keeping */
  all(query: string, parameters: readonly unknown[], remember: boolean): unknown[] | Promise<unknown[]>;
  close(): void;
}

interface Remembering {
  statement: StatementSync;
  columns: string[];
  results: Map<string, unknown[]>;
}

/** Results remembered for one query, and characters in one that is worth it. */
const maxRemembered = 2_000;
const maxCharacters = 8_192;

/**
 * A second connection, only for reading: a read needs no turn at the connection that writes. While a commit is on its
 * way to the disk, a read waits for it: it might see what could still be lost. All reads of one turn of the event loop are of
 * one snapshot, unless this process writes meanwhile: to take one costs as much as what is read of it. Between two writes
 * results are remembered, because clients poll: of this process every write is seen at once, of others at the next turn.
 */
export function openCommittedReads(path: string, log: WriteAheadLog): CommittedReads {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  database.exec("pragma query_only = on");
  const version = database.prepare("pragma data_version");
  const queries = new Map<string, Remembering>();
  const [begin, end] = [database.prepare("begin"), database.prepare("commit")];
  /** How much this process had written when the snapshot was taken; null when there is none. */
  let snapshot: number | null = null;
  /** Whether it was compared with what is remembered. */
  let isCompared = false;
  let knownWrites = -1;
  let knownVersion: unknown = null;

  function takeSnapshot(): void {
    if (snapshot === log.writes) return;
    if (snapshot === null) setImmediate(dropSnapshot);
    else end.run();
    begin.run();
    snapshot = log.writes;
    isCompared = false;
  }

  function dropSnapshot(): void {
    if (snapshot === null) return;
    snapshot = null;
    end.run();
  }

  function forgetWhatChanged(): void {
    if (isCompared) return;
    isCompared = true;
    const { data_version: found } = version.get() as { data_version: unknown };
    if (found === knownVersion && knownWrites === log.writes) return;
    knownVersion = found;
    knownWrites = log.writes;
    for (const { results } of queries.values()) results.clear();
  }

  function prepare(query: string): Remembering {
    const statement = database.prepare(query);
    const columns = statement.columns().map(({ name }) => name);
    // Rows that SQLite makes have no prototype, and V8 takes them for dictionaries: slow to make and to read.
    statement.setReturnArrays(true);
    return { statement, columns, results: new Map() };
  }

  function read(query: string, parameters: readonly unknown[], remember: boolean): unknown[] {
    takeSnapshot();
    let remembering = queries.get(query);
    if (!remembering) {
      remembering = prepare(query);
      queries.set(query, remembering);
    }
    const { statement, columns, results } = remembering;
    const run = () =>
      (statement.all(...(parameters as Value[])) as unknown as unknown[][]).map((values) => rowOf(columns, values));
    if (!remember) return run();
    forgetWhatChanged();
    const key = parameters.join("\n");
    const known = results.get(key);
    if (known) return known;
    const rows = run();
    if (results.size >= maxRemembered) results.clear();
    if (charactersIn(rows) <= maxCharacters) results.set(key, rows);
    return rows;
  }

  return {
    all: (query, parameters, remember) =>
      log.hasNews ? log.settled().then(() => read(query, parameters, remember)) : read(query, parameters, remember),
    close() {
      dropSnapshot();
      database.close();
    },
  };
}

function rowOf(columns: readonly string[], values: readonly unknown[]): Row {
  const row: Row = {};
  for (let index = 0; index < columns.length; index++) row[columns[index]!] = values[index];
  return row;
}

function charactersIn(rows: Row[]): number {
  let sum = 0;
  for (const row of rows) for (const value of Object.values(row)) if (typeof value === "string") sum += value.length;
  return sum;
}

/** Databases that have such a connection. A transaction is never among them: it must see its own writes. */
const reads = new WeakMap<Kysely<Tables>, CommittedReads>();

export function offerCommittedReads(db: Kysely<Tables>, committed: CommittedReads): void {
  reads.set(db, committed);
}

export function committedReadsOf(db: Kysely<Tables>): CommittedReads | undefined {
  return reads.get(db);
}
