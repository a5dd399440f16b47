import { ApiError, type ListQuery } from "@open-peridio/contract";
import { type Expression, type SqlBool, sql } from "kysely";

export interface Page {
  limit: number;
  order: "asc" | "desc";
  /** The last row of the page before. */
  after: { insertedAt: string; id: string } | null;
}

/** Newest first, as the official cursor shows. */
const defaultOrder = "desc";
const defaultLimit = 10;

/**
 * Reads limit, order and cursor. The order travels in the cursor.
 * @throws ApiError 400 when the cursor isn't one of ours or contradicts `order`.
 */
export function readPage(request: ListQuery): Page {
  const limit = request.limit ?? defaultLimit;
  if (!request.page) return { limit, order: request.order ?? defaultOrder, after: null };
  const cursor = readCursor(request.page);
  if (!cursor) throw new ApiError("invalid_parameter", "page must be the next_page of an answer; got something else");
  if (request.order && request.order !== cursor.order) {
    throw new ApiError("invalid_parameter", `order must be '${cursor.order}', as on the page before, or be left out`);
  }
  return { limit, order: cursor.order, after: cursor };
}

/** Rows after the cursor, by time and then id. */
export function afterCursor(table: string, page: Page): Expression<SqlBool> {
  if (!page.after) return sql<SqlBool>`true`;
  const { insertedAt, id } = page.after;
  const columns = sql`(${sql.ref(`${table}.inserted_at`)}, ${sql.ref(`${table}.id`)})`;
  return page.order === "asc"
    ? sql<SqlBool>`${columns} > (${insertedAt}, ${id})`
    : sql<SqlBool>`${columns} < (${insertedAt}, ${id})`;
}

/** Splits limit + 1 rows into the page and the cursor to the next. */
export function toPage<Row extends { inserted_at: string; id: string }, Item>(
  rows: Row[],
  page: Page,
  show: (row: Row) => Item,
): { items: Item[]; nextPage: string | null } {
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  return { items: shown.map(show), nextPage: last ? writeCursor(page.order, last) : null };
}

function writeCursor(order: string, row: { inserted_at: string; id: string }): string {
  return Buffer.from(JSON.stringify([order, row.inserted_at, row.id])).toString("base64url");
}

function readCursor(text: string): { order: "asc" | "desc"; insertedAt: string; id: string } | null {
  try {
    const [order, insertedAt, id] = JSON.parse(Buffer.from(text, "base64url").toString()) as unknown[];
    if (order !== "asc" && order !== "desc") return null;
    if (typeof insertedAt !== "string" || typeof id !== "string") return null;
    return { order, insertedAt, id };
  } catch {
    return null;
  }
}
