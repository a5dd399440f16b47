import type { ListQuery, SearchKeys } from "@open-peridio/contract";
import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import { afterCursor, readPage, toPage } from "./pages.ts";
import { type SearchColumns, searchConditions } from "./search.ts";
import type { Tables } from "./tables.ts";

interface Listed {
  inserted_at: string;
  id: string;
}

export interface List {
  table: keyof Tables;
  keys: SearchKeys;
  columns: SearchColumns;
  /** What `query` joins and has `inserted_at` and `id` of the rows in the order of an index; the table itself else. */
  along?: string;
  /** Whether something in the search leaves few rows by an index of its own, so that no other one is to be taken. */
  narrowed?: boolean;
  /** The only values that a column has in rows that the search may find: an index has each of them in the order of time. */
  among?: { column: string; values: readonly string[] };
}

/**
 * One page of the organization's own rows: search, order and cursor applied to `query`.
 * @throws ApiError 400 for a bad search or cursor.
 */
export async function listOwn<T extends keyof Tables, Row extends Listed, Item>(
  db: Kysely<Tables>,
  query: SelectQueryBuilder<Tables, T, Row>,
  list: List,
  organizationId: string,
  request: ListQuery,
  show: (row: Row) => Item,
): Promise<{ items: Item[]; nextPage: string | null }> {
  const page = readPage(request);
  const { table, along = table, among } = list;
  const narrowed = list.narrowed === true || among !== undefined;
  const found = query
    .where(sql<boolean>`${sql.ref(`${table}.organization_id`)} = ${organizationId}`)
    .where(searchConditions(db, request.search, list.keys, list.columns, organizationId, narrowed))
    .where(afterCursor(along, page))
    .orderBy(sql.ref(`${along}.inserted_at`), page.order)
    .orderBy(sql.ref(`${along}.id`), page.order)
    .limit(page.limit + 1);
  if (!among) return toPage(await found.execute(), page, show);
  const rows: Row[] = [];
  for (const value of among.values) {
    rows.push(...(await found.where(sql<boolean>`${sql.ref(among.column)} = ${value}`).execute()));
  }
  return toPage(rows.sort(inOrder(page.order)).slice(0, page.limit + 1), page, show);
}

const inOrder = (order: "asc" | "desc") => (a: Listed, b: Listed) => {
  const isBefore = a.inserted_at === b.inserted_at ? a.id < b.id : a.inserted_at < b.inserted_at;
  return isBefore === (order === "asc") ? -1 : 1;
};
