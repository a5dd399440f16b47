import {
  type Clause,
  parsePrn,
  parseSearch,
  parseSha256,
  type ResourceType,
  type SearchKeys,
} from "@open-peridio/contract";
import { type Expression, type RawBuilder, type SqlBool, sql } from "kysely";
import { readTime } from "./time.ts";

/** Where a search key is stored: a column, and how its value is stored there. */
export type SearchColumn =
  | { column: string; holds?: "text" | "number" | "time" | "hash" | "upper" }
  /** A column of ids, searched by the PRN of this type in the caller's organization. */
  | { column: string; holds: "id"; of: ResourceType }
  | { column: string; holds: "organization" }
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

/** The conditions that a search text puts on a list. @throws ApiError 400 `invalid_search` */
export function searchConditions(
  text: string | undefined,
  keys: SearchKeys,
  columns: SearchColumns,
  organizationId: string,
): Expression<SqlBool> {
  if (!text) return sql<SqlBool>`true`;
  const conditions = parseSearch(text, keys).map((clause) => condition(clause, columns, organizationId));
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

/** The keys that a search names, to know what the caller asked for; empty for none. */
export function searchedKeys(text: string | undefined, keys: SearchKeys): Set<string> {
  return new Set(text ? parseSearch(text, keys).map((clause) => clause.key) : []);
}

function condition(clause: Clause, columns: SearchColumns, organizationId: string): RawBuilder<SqlBool> {
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
      return metadataCondition(stored, clause);
    case "keyid": {
      const quoted = JSON.stringify(value.toLowerCase());
      return sql<SqlBool>`(${stored} = ${value.toLowerCase()} or instr(${sql.ref(column.aliases)}, ${quoted}) > 0)`;
    }
    case "hash": {
      const digest = parseSha256(value);
      return sql<SqlBool>`${stored} = ${"hash" in digest ? digest.hash : value}`;
    }
    case "upper":
      return sql<SqlBool>`${stored} = ${value.toUpperCase()}`;
    case "time":
      return timeCondition(stored, clause);
    default:
      return compare(stored, clause, clause.value);
  }
}

/** Stored times have microseconds, searched ones mostly seconds: `:` takes the whole second. */
function timeCondition(stored: RawBuilder<unknown>, clause: Clause): RawBuilder<SqlBool> {
  const text = String(clause.value);
  const time = readTime(text);
  if (clause.operator === ":" && !text.includes(".")) {
    return sql<SqlBool>`substr(${stored}, 1, 19) = ${String(time).slice(0, 19)}`;
  }
  return compare(stored, clause, time);
}

function metadataCondition(stored: RawBuilder<unknown>, clause: Clause): RawBuilder<SqlBool> {
  const path = `$."${clause.key.split(".")[1]}"`;
  if (clause.type === "boolean") return sql<SqlBool>`json_type(${stored}, ${path}) = ${String(clause.value)}`;
  return compare(sql`json_extract(${stored}, ${path})`, clause, clause.value);
}

function compare(stored: RawBuilder<unknown>, clause: Clause, value: unknown): RawBuilder<SqlBool> {
  switch (clause.operator) {
    case ":":
      return sql<SqlBool>`${stored} = ${value}`;
    case "~":
      return sql<SqlBool>`instr(${stored}, ${value}) > 0`;
    case "-":
      return sql<SqlBool>`instr(lower(${stored}), lower(${value})) > 0`;
    default:
      return sql<SqlBool>`${stored} ${sql.raw(clause.operator)} ${value}`;
  }
}
