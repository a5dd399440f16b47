import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Tables } from "../database/tables.ts";

export interface NewEvent {
  organizationId: string;
  /** What kind of thing it happened to, and what happened: `binary`, `signed`. */
  type: string;
  subtype: string;
  /** PRN of who did it; null when the server did. */
  actor: string | null;
  /** PRN of what it happened to. */
  resource: string;
  data: Record<string, unknown>;
  /** As the tables hold it. */
  at: string;
}

/** Writes an event, in the transaction of the change that it tells of. */
export async function recordEvent(transaction: Kysely<Tables>, event: NewEvent): Promise<void> {
  await transaction
    .insertInto("events")
    .values({
      organization_id: event.organizationId,
      id: uuidv7(),
      type: event.type,
      subtype: event.subtype,
      actor_prn: event.actor,
      resource_prn: event.resource,
      data: JSON.stringify(event.data),
      inserted_at: event.at,
    })
    .execute();
}
