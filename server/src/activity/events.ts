import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { bringsNews } from "../database/news.ts";
import type { EventRow, Tables } from "../database/tables.ts";
import type { Author } from "../http/principal.ts";

export interface NewEvent {
  organizationId: string;
  by: Author;
  type: string;
  subtype: string;
  /** PRN of what it happened to. */
  resource: string;
  data: Record<string, unknown>;
  at: string;
}

/** Call it by way of `record`, for all that changes something. */
export async function writeEvent(transaction: Kysely<Tables>, event: NewEvent): Promise<EventRow> {
  const row = toRow(event);
  bringsNews(transaction);
  await transaction.insertInto("events").values(row).execute();
  return row;
}

/** Several at once; see `announcing`. */
export async function writeEvents(transaction: Kysely<Tables>, events: readonly NewEvent[]): Promise<EventRow[]> {
  const rows = events.map(toRow);
  bringsNews(transaction);
  await transaction.insertInto("events").values(rows).execute();
  return rows;
}

function toRow(event: NewEvent): EventRow {
  return {
    organization_id: event.organizationId,
    id: uuidv7(),
    type: event.type,
    subtype: event.subtype,
    actor_prn: event.by.actor,
    resource_prn: event.resource,
    data: JSON.stringify(event.data),
    inserted_at: event.at,
  };
}
