import {
  type Clause,
  parsePrn,
  parseSearch,
  parseSha256,
  type ResourceType,
  type SearchKeys,
} from "@open-peridio/contract";
import { type Expression, type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import { type Dialect, dialectOf } from "./dialect.ts";
import type { Tables } from "./tables.ts";
import { readTime } from "./time.ts";

/** Where a search key is stored: a column, and how its value is stored there. */
export type SearchColumn =
  | { column: string; holds?: "text" | "number" | "time" | "hash" | "upper" }
  /** A column of ids, searched by the PRN of this type in the caller's organization. */
  | { column: string; holds: "id"; of: ResourceType }
  | { column: string; holds: "organization" }
  /** A time that nothing in the list has: what is deleted is gone. */
  | { column: string; holds: "nothing" }
  /** Whether there is anything in it. */
  | { column: string; holds: "presence" }
  /** 0 or 1. */
  | { column: string; holds: "boolean" }
  /** A column of users' ids, searched by their PRN. */
  | { column: string; holds: "user" }
  /** A column of JSON objects, searched by the word after the key's dot. */
  | { column: string; holds: "metadata" }
  /** A JSON array of strings in one column, or the one string in another. */
  | { column: string; holds: "keyid"; aliases: string };

export type SearchColumns = Readonly<Record<string, SearchColumn>>;

/** Columns that every listed table has. */
export function commonColumns(table: string, type: ResourceType): SearchColumns {
  return {
    prn: { column: `${table}.id`, holds: "id", of: type },
    inserted_at: { column: `${table}.inserted_at`, holds: "time" },
    updated_at: { column: `${table}.updated_at`, holds: "time" },
  };
}

/**
 * The conditions that a search text puts on a list.
 * @param narrowed whether something beside it leaves few rows already
 * @throws ApiError 400 `invalid_search`
 */
export function searchConditions(
  db: Kysely<Tables>,
  text: string | undefined,
  keys: SearchKeys,
  columns: SearchColumns,
  organizationId: string,
  narrowed = false,
): Expression<SqlBool> {
  if (!text) return sql<SqlBool>`true`;
  const dialect = dialectOf(db);
  const conditions = parseSearch(text, keys).map((clause) =>
    condition(dialect, clause, columns, organizationId, narrowed),
  );
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

/** The keys that a search names, to know what the caller asked for; empty for none. */
export function searchedKeys(text: string | undefined, keys: SearchKeys): Set<string> {
  return new Set(text ? parseSearch(text, keys).map((clause) => clause.key) : []);
}

/** Whether a list shows archived things too: those that its search asks for, or names. */
export function showsArchived(named: ReadonlySet<string>): boolean {
  return named.has("archived") || named.has("prn") || named.has("hash");
}

/** The first words in a search that this key has to hold; null when there are none. */
export function searchedWords(text: string | undefined, keys: SearchKeys, key: string): string | null {
  const clauses = text ? parseSearch(text, keys) : [];
  const clause = clauses.find((one) => one.key === key && one.operator === "~");
  return clause ? String(clause.value) : null;
}

/** The first value in a search that the metadata has to have, by its key. */
export function searchedMetadata(
  text: string | undefined,
  keys: SearchKeys,
): { key: string; value: string | number | boolean } | null {
  const clauses = text ? parseSearch(text, keys) : [];
  const clause = clauses.find(({ key, operator }) => key.startsWith("custom_metadata.") && operator === ":");
  return clause ? { key: clause.key.split(".")[1]!, value: clause.value } : null;
}

function condition(
  dialect: Dialect,
  clause: Clause,
  columns: SearchColumns,
  organizationId: string,
  narrowed: boolean,
): RawBuilder<SqlBool> {
  const column = columns[clause.key] ?? columns[`${clause.key.split(".")[0]}.*`];
  if (!column) throw new Error(`no column is given for the search key '${clause.key}'`);
  const stored = sql.ref(column.column);
  const value = String(clause.value);
  switch (column.holds) {
    case "id": {
      const prn = parsePrn(value);
      const ours = prn?.kind === "resource" && prn.type === column.of && prn.organizationId === organizationId;
      return ours ? sql<SqlBool>`${stored} = ${prn.id}` : sql<SqlBool>`false`;
    }
    case "organization": {
      const prn = parsePrn(value);
      return prn?.kind === "organization" ? sql<SqlBool>`${stored} = ${prn.organizationId}` : sql<SqlBool>`false`;
    }
    case "user": {
      const prn = parsePrn(value);
      return prn?.kind === "user" ? sql<SqlBool>`${stored} = ${prn.id}` : sql<SqlBool>`false`;
    }
    case "metadata":
      return metadataCondition(dialect, stored, clause);
    case "keyid": {
      const quoted = JSON.stringify(value.toLowerCase());
      const among = dialect.contains(sql.ref(column.aliases), sql`${quoted}`);
      return sql<SqlBool>`(${stored} = ${value.toLowerCase()} or ${among})`;
    }
    case "hash": {
      const digest = parseSha256(value);
      return sql<SqlBool>`${stored} = ${"hash" in digest ? digest.hash : value}`;
    }
    case "upper":
      return sql<SqlBool>`${stored} = ${value.toUpperCase()}`;
    case "nothing":
      return sql<SqlBool>`false`;
    case "presence":
      if (clause.value === "any") return sql<SqlBool>`true`;
      return clause.value ? sql<SqlBool>`${stored} is not null` : sql<SqlBool>`${stored} is null`;
    case "boolean":
      return sql<SqlBool>`${stored} = ${clause.value ? 1 : 0}`;
    case "time":
      return timeCondition(dialect, stored, clause);
    default:
      // SQLite counts nothing: it would take a state that most have for as rare as what narrows.
      return compare(dialect, narrowed ? dialect.beside(stored) : stored, clause, clause.value);
  }
}

/** Stored times have microseconds, searched ones mostly seconds: `:` takes the whole second. */
function timeCondition(dialect: Dialect, stored: RawBuilder<unknown>, clause: Clause): RawBuilder<SqlBool> {
  const text = String(clause.value);
  const time = readTime(text);
  if (clause.operator === ":" && !text.includes(".")) {
    return sql<SqlBool>`substr(${stored}, 1, 19) = ${String(time).slice(0, 19)}`;
  }
  return compare(dialect, stored, clause, time);
}

function metadataCondition(dialect: Dialect, stored: RawBuilder<unknown>, clause: Clause): RawBuilder<SqlBool> {
  const [, key] = clause.key.split(".") as [string, string];
  const value = clause.type === "boolean" ? String(clause.value) : clause.value;
  const type = clause.operator === ":" ? clause.type : "any";
  const fits = compare(dialect, dialect.metadata(stored, key, type), clause, value);
  // PostgreSQL takes an equality for rare, and would gather and sort all rows before it looks at the first.
  return sql<SqlBool>`case when ${fits} then true else false end`;
}

function compare(dialect: Dialect, stored: RawBuilder<unknown>, clause: Clause, value: unknown): RawBuilder<SqlBool> {
  switch (clause.operator) {
    case ":":
      return sql<SqlBool>`${stored} = ${value}`;
    case "~":
      return dialect.contains(stored, sql`${value}`);
    case "-":
      return dialect.contains(sql`lower(${stored})`, sql`lower(${value})`);
    default:
      return sql<SqlBool>`${stored} ${sql.raw(clause.operator)} ${value}`;
  }
}
