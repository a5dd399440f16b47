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
  results: Map<string, unknown[]>;
}

/** Results remembered for one query, and characters in one that is worth it. */
const maxRemembered = 2_000;
const maxCharacters = 8_192;
/** Milliseconds for which nobody asks whether another process has written. */
const unaware = 1;

/**
 * A second connection, only for reading: a read needs no turn at the connection that writes. While a commit is on its
 * way to the disk, a read waits for it: it might see what could still be lost. Between two writes results are
 * remembered, because clients poll: of this process every write is seen at once, of others within a millisecond.
 */
export function openCommittedReads(path: string, log: WriteAheadLog): CommittedReads {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  database.exec("pragma query_only = on");
  const version = database.prepare("pragma data_version");
  const queries = new Map<string, Remembering>();
  let knownWrites = -1;
  let knownVersion: unknown = null;
  let asked = 0;

  function forgetWhatChanged(): void {
    const now = performance.now();
    if (knownWrites === log.writes && now - asked < unaware) return;
    asked = now;
    const { data_version: found } = version.get() as { data_version: unknown };
    if (found === knownVersion && knownWrites === log.writes) return;
    knownVersion = found;
    knownWrites = log.writes;
    for (const { results } of queries.values()) results.clear();
  }

  function read(query: string, parameters: readonly unknown[], remember: boolean): unknown[] {
    let remembering = queries.get(query);
    if (!remembering) {
      remembering = { statement: database.prepare(query), results: new Map() };
      queries.set(query, remembering);
    }
    const { statement, results } = remembering;
    if (!remember) return statement.all(...(parameters as Value[]));
    forgetWhatChanged();
    const key = parameters.join("\n");
    const known = results.get(key);
    if (known) return known;
    const rows = statement.all(...(parameters as Value[]));
    if (results.size >= maxRemembered) results.clear();
    if (charactersIn(rows as Row[]) <= maxCharacters) results.set(key, rows);
    return rows;
  }

  return {
    all: (query, parameters, remember) =>
      log.hasNews ? log.settled().then(() => read(query, parameters, remember)) : read(query, parameters, remember),
    close: () => database.close(),
  };
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
