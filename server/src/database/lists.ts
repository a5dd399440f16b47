import type { ListQuery, SearchKeys } from "@open-peridio/contract";
import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import { afterCursor, readPage, toPage } from "./pages.ts";
import { type SearchColumns, searchConditions } from "./search.ts";
import type { Tables } from "./tables.ts";

interface Listed {
  inserted_at: string;
  id: string;
}

/**
 * One page of the organization's own rows: search, order and cursor applied to `query`.
 * @throws ApiError 400 for a bad search or cursor.
 */
export async function listOwn<T extends keyof Tables, Row extends Listed, Item>(
  db: Kysely<Tables>,
  query: SelectQueryBuilder<Tables, T, Row>,
  list: { table: keyof Tables; keys: SearchKeys; columns: SearchColumns },
  organizationId: string,
  request: ListQuery,
  show: (row: Row) => Item,
): Promise<{ items: Item[]; nextPage: string | null }> {
  const page = readPage(request);
  const rows = await query
    .where(sql<boolean>`${sql.ref(`${list.table}.organization_id`)} = ${organizationId}`)
    .where(searchConditions(db, request.search, list.keys, list.columns, organizationId))
    .where(afterCursor(list.table, page))
    .orderBy(sql.ref(`${list.table}.inserted_at`), page.order)
    .orderBy(sql.ref(`${list.table}.id`), page.order)
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page, show);
}
