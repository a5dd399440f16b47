import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { writeEvent } from "../activity/events.ts";
import { record } from "../activity/record.ts";
import type { Tables, WebhookDeliveryRow, WebhookRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import { theServer } from "../http/principal.ts";
import { advance, pauseQueues } from "./queue.ts";
import type { Outcome } from "./send.ts";
import { prnOf } from "./webhooks.ts";

/** Milliseconds before the first retry; doubled for each that follows, up to `longest`, and shortened by chance. */
const shortest = 5_000;
const longest = 6 * 3_600_000;

/** Milliseconds until the next attempt after this many: from half of the doubled pause to all of it. */
export function retryPause(attempts: number, chance: number): number {
  const pause = Math.min(longest, shortest * 2 ** (attempts - 1));
  return Math.round(pause * (0.5 + chance / 2));
}

/**
 * Writes down how an attempt went, and what follows: the next one in the queue, another attempt, or the end. A webhook
 * that only failed for as long as a delivery is tried is disabled.
 * @param retryTime seconds
 */
export async function conclude(
  db: Kysely<Tables>,
  webhook: WebhookRow,
  delivery: WebhookDeliveryRow,
  outcome: Outcome,
  { at, retryTime }: { at: Date; retryTime: number },
): Promise<void> {
  const now = timestamp(at);
  const attempts = delivery.attempts + 1;
  const delivered = outcome.error === null;
  const over = delivered || isOver(delivery.inserted_at, at, retryTime);
  const next = over ? null : timestamp(new Date(at.getTime() + retryPause(attempts, Math.random())));
  await changing(db, delivery.organization_id, async (transaction) => {
    const written = await transaction
      .updateTable("webhook_deliveries")
      .set({
        state: delivered ? "delivered" : over ? "failed" : "pending",
        attempts,
        next_attempt_at: next,
        last_status: outcome.status,
        last_error: outcome.error,
        updated_at: now,
      })
      .where("organization_id", "=", delivery.organization_id)
      .where("id", "=", delivery.id)
      .returning("id")
      .executeTakeFirst();
    // Deleted with its webhook meanwhile.
    if (!written) return;
    await transaction
      .insertInto("webhook_attempts")
      .values({
        organization_id: delivery.organization_id,
        delivery_id: delivery.id,
        id: uuidv7(),
        at: now,
        duration_ms: outcome.duration,
        status: outcome.status,
        error: outcome.error,
        response: outcome.response,
      })
      .execute();
    if (over) await advance(transaction, delivery, now);
    if (delivered) await noteSuccess(transaction, webhook);
    else await noteFailure(transaction, webhook, outcome, at, retryTime);
  });
}

function isOver(since: string, at: Date, retryTime: number): boolean {
  return at.getTime() - Date.parse(since) >= retryTime * 1000;
}

async function noteSuccess(transaction: Kysely<Tables>, webhook: WebhookRow): Promise<void> {
  await transaction
    .updateTable("webhooks")
    .set({ failing_since: null })
    .where("organization_id", "=", webhook.organization_id)
    .where("id", "=", webhook.id)
    .where("failing_since", "is not", null)
    .execute();
}

async function noteFailure(
  transaction: Kysely<Tables>,
  { organization_id, id }: WebhookRow,
  outcome: Outcome,
  at: Date,
  retryTime: number,
): Promise<void> {
  const now = timestamp(at);
  const webhook = await transaction
    .updateTable("webhooks")
    .set((eb) => ({ failing_since: eb.fn.coalesce("failing_since", eb.val(now)) }))
    .where("organization_id", "=", organization_id)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const resource = prnOf(webhook);
  const about = { organizationId: organization_id, by: theServer, type: "webhook", resource, at: now };
  const status = outcome.status === null ? {} : { status: outcome.status };
  const data = { type: outcome.reason, data: { webhook: { prn: resource }, ...status } };
  // Nothing changed, so it isn't in the trail; the delivery log has it too.
  await writeEvent(transaction, { ...about, subtype: "request_failed", data });
  if (webhook.state === "disabled" || !isOver(webhook.failing_since!, at, retryTime)) return;
  const disabled_reason = `nothing got through since ${webhook.failing_since}; the last attempt: ${outcome.error}`;
  await transaction
    .updateTable("webhooks")
    .set({ state: "disabled", disabled_reason, updated_at: now })
    .where("organization_id", "=", organization_id)
    .where("id", "=", id)
    .execute();
  await pauseQueues(transaction, webhook);
  const change = { before: { state: "enabled" }, after: { state: "disabled", disabled_reason } };
  await record(transaction, {
    ...about,
    subtype: "disabled",
    data: { webhook_prn: resource, disabled_reason },
    ...change,
  });
}
