import { type Kysely, PostgresAdapter, type RawBuilder, sql } from "kysely";
import type { Tables } from "./tables.ts";

export function isPostgres(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

export type MetadataType = "string" | "number" | "boolean" | "any";

/** What the two databases say in different words; all else is said once, for both. */
export interface Dialect {
  /** Whether `text` has `part` in it. */
  contains(text: RawBuilder<unknown>, part: RawBuilder<unknown>): RawBuilder<boolean>;
  /** The value of a key of a JSON object that is stored as text: one of this type, null for others; or any, as text. */
  metadata(stored: RawBuilder<unknown>, key: string, type: MetadataType): RawBuilder<unknown>;
  /** A column that is compared row by row, and not by an index of its own: another one finds fewer rows. */
  beside(column: RawBuilder<unknown>): RawBuilder<unknown>;
  /** How `binary_metadata` holds a value that is searched. */
  metadataEntry(value: string | number | boolean): RawBuilder<string>;
  /** Whether one of these texts is in a JSON array of strings, by the name of its column. */
  hasAny(column: string, texts: readonly string[]): RawBuilder<boolean>;
  /** One JSON array of objects, for all rows of a query: column name → expression. */
  jsonRows(columns: Record<string, RawBuilder<unknown>>): RawBuilder<string>;
}

export function dialectOf(db: Kysely<Tables>): Dialect {
  return isPostgres(db) ? postgres : sqlite;
}

const pairs = (columns: Record<string, RawBuilder<unknown>>) =>
  sql.join(Object.entries(columns).flatMap(([name, value]) => [sql.lit(name), value]));

const sqlite: Dialect = {
  beside: (column) => sql`+${column}`,
  contains: (text, part) => sql<boolean>`instr(${text}, ${part}) > 0`,
  metadata(stored, key, type) {
    const path = `$."${key}"`;
    if (type === "any") return sql`(${stored} ->> ${path})`;
    if (type === "boolean") return sql`(${stored} -> ${path})`;
    const types = type === "string" ? sql`('text')` : sql`('integer', 'real')`;
    return sql`case when json_type(${stored}, ${path}) in ${types} then ${stored} ->> ${path} end`;
  },
  metadataEntry: (value) =>
    typeof value === "number" ? sql<string>`printf('%.15g', ${value})` : sql<string>`substr(${String(value)}, 1, 64)`,
  hasAny: (column, texts) =>
    sql<boolean>`exists (select 1 from json_each(${sql.ref(column)}) where value in (${sql.join(texts)}))`,
  jsonRows: (columns) => sql<string>`json_group_array(json_object(${pairs(columns)}))`,
};

const postgres: Dialect = {
  // It counts what is how rare.
  beside: (column) => column,
  contains: (text, part) => sql<boolean>`strpos(${text}, ${part}) > 0`,
  metadata(stored, key, type) {
    const object = sql`readable_metadata(${stored})`;
    const value = sql`(${object} ->> ${key}::text)`;
    if (type === "any") return value;
    const typed = type === "number" ? sql`${value}::numeric` : value;
    return sql`case when json_typeof(${object} -> ${key}::text) = ${sql.lit(type)} then ${typed} end`;
  },
  metadataEntry: (value) => sql<string>`left(${String(value)}, 64)`,
  hasAny: (column, texts) =>
    sql<boolean>`exists (select 1 from json_array_elements_text(${sql.ref(column)}::json) t where t in (${sql.join(texts)}))`,
  jsonRows: (columns) => sql<string>`coalesce(json_agg(json_build_object(${pairs(columns)}))::text, '[]')`,
};
