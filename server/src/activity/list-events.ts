import { type Event, type EventQuery, invalid, organizationPrn, resourcePrn } from "@open-peridio/contract";
import { afterCursor, readPage, toPage } from "../database/pages.ts";
import type { EventRow } from "../database/tables.ts";
import { readTime } from "../database/time.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";

/** One page of the organization's events. @throws ApiError 400 for a bad cursor, 422 for a time that isn't one. */
export async function listEvents(
  { db }: Platform,
  { organizationId }: Principal,
  query: EventQuery,
): Promise<{ items: Event[]; nextPage: string | null }> {
  const page = readPage(query);
  let rows = db.selectFrom("events").selectAll().where("organization_id", "=", organizationId);
  for (const column of ["actor_prn", "resource_prn", "type", "subtype"] as const) {
    const value = query[column];
    if (value !== undefined) rows = rows.where(column, "=", value);
  }
  const from = bound("inserted_at_gte", query.inserted_at_gte);
  const to = bound("inserted_at_lt", query.inserted_at_lt);
  if (from !== null) rows = rows.where("inserted_at", ">=", from);
  if (to !== null) rows = rows.where("inserted_at", "<", to);
  const found = await rows
    .where(afterCursor("events", page))
    .orderBy("inserted_at", page.order)
    .orderBy("id", page.order)
    .limit(page.limit + 1)
    .execute();
  return toPage(found, page, showEvent);
}

function bound(field: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const time = readTime(text);
  if (time === null) throw invalid(field, `must be a time that exists; got '${text}'`);
  return time;
}

export function showEvent(row: EventRow): Event {
  return {
    prn: resourcePrn(row.organization_id, "event", row.id),
    organization_prn: organizationPrn(row.organization_id),
    version: 1,
    type: row.type,
    event_subtype: row.subtype,
    actor_prn: row.actor_prn,
    resource_prn: row.resource_prn,
    data: { type: row.subtype, data: JSON.parse(row.data) as Record<string, unknown> },
    inserted_at: row.inserted_at,
  };
}
