import { type DeliverableEvent, readEventName, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { EventRow, Tables } from "../database/tables.ts";

/** The event as a webhook gets it. Source: the official webhooks reference. */
export function eventBody(event: EventRow): string {
  return JSON.stringify({
    version: 1,
    prn: resourcePrn(event.organization_id, "event", event.id),
    type: event.type,
    inserted_at: event.inserted_at,
    data: { type: event.subtype, data: JSON.parse(event.data) },
  });
}

/**
 * Puts an event into the outbox of every webhook that wants it, in the transaction of the change that it tells of: one
 * is never there without the other. `position` orders what belongs to one resource.
 */
export async function enqueue(transaction: Kysely<Tables>, event: EventRow, position: number): Promise<void> {
  const name = readEventName(`${event.type}.${event.subtype}`);
  if (name === null) return;
  for (const webhookId of await listenersTo(transaction, event.organization_id, name)) {
    await addDelivery(transaction, event, webhookId, position);
  }
}

/** Ids of the webhooks that are told of an event now. */
export async function listenersTo(
  transaction: Kysely<Tables>,
  organizationId: string,
  name: DeliverableEvent,
): Promise<string[]> {
  const webhooks = await transaction
    .selectFrom("webhooks")
    .select(["id", "enabled_events"])
    .where("organization_id", "=", organizationId)
    .where("state", "=", "enabled")
    .execute();
  return webhooks.filter((one) => (JSON.parse(one.enabled_events) as string[]).includes(name)).map(({ id }) => id);
}

/** One delivery; it is due at once unless an earlier one of the same resource is pending. */
export async function addDelivery(
  transaction: Kysely<Tables>,
  event: EventRow,
  webhookId: string,
  position: number,
): Promise<void> {
  const earlier = await transaction
    .selectFrom("webhook_deliveries")
    .select("id")
    .where("organization_id", "=", event.organization_id)
    .where("webhook_id", "=", webhookId)
    .where("resource_prn", "=", event.resource_prn)
    .where("state", "=", "pending")
    .limit(1)
    .executeTakeFirst();
  await transaction
    .insertInto("webhook_deliveries")
    .values({
      organization_id: event.organization_id,
      id: uuidv7(),
      webhook_id: webhookId,
      event_id: event.id,
      event_type: `${event.type}.${event.subtype}`,
      resource_prn: event.resource_prn,
      position,
      body: eventBody(event),
      state: "pending",
      attempts: 0,
      next_attempt_at: earlier ? null : event.inserted_at,
      last_status: null,
      last_error: null,
      inserted_at: event.inserted_at,
      updated_at: event.inserted_at,
    })
    .execute();
}
