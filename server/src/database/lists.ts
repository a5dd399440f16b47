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
  const { table, along = table } = list;
  const rows = await query
    .where(sql<boolean>`${sql.ref(`${table}.organization_id`)} = ${organizationId}`)
    .where(searchConditions(db, request.search, list.keys, list.columns, organizationId))
    .where(afterCursor(along, page))
    .orderBy(sql.ref(`${along}.inserted_at`), page.order)
    .orderBy(sql.ref(`${along}.id`), page.order)
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page, show);
}
