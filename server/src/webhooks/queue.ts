import type { Kysely } from "kysely";
import { prepared } from "../database/prepared.ts";
import type { Tables, WebhookDeliveryRow, WebhookRow } from "../database/tables.ts";
import { inTransaction } from "../database/transaction.ts";

/*
 * A delivery is due at `next_attempt_at`. Of those of one webhook and resource that are pending, only the first has
 * that time: so they go out in order, and what waits costs nothing. Whoever sends one moves the time to the end of a
 * lease; if the sender is killed, it is due again then.
 */

export type Queued = Pick<WebhookDeliveryRow, "organization_id" | "webhook_id" | "resource_prn">;

/** When the next delivery is due; null for never. */
export async function nextDue(db: Kysely<Tables>): Promise<string | null> {
  const [row] = await firstDue(db);
  return row?.due ?? null;
}

const firstDue = prepared((db: Kysely<Tables>) =>
  db
    .selectFrom("webhook_deliveries")
    .select("next_attempt_at as due")
    .where("state", "=", "pending")
    .where("next_attempt_at", "is not", null)
    .orderBy("next_attempt_at")
    .limit(1),
);

/** Takes what is due, until `leaseEnd`; of each webhook as many as `room` says. */
export async function claim(
  db: Kysely<Tables>,
  now: string,
  leaseEnd: string,
  room: (webhookId: string) => number,
): Promise<{ webhook: WebhookRow; delivery: WebhookDeliveryRow }[]> {
  return inTransaction(db, async (transaction) => {
    const webhooks = await transaction
      .selectFrom("webhooks")
      .selectAll()
      .where("state", "=", "enabled")
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom("webhook_deliveries as d")
            .select("d.id")
            .whereRef("d.organization_id", "=", "webhooks.organization_id")
            .whereRef("d.webhook_id", "=", "webhooks.id")
            .where("d.state", "=", "pending")
            .where("d.next_attempt_at", "<=", now),
        ),
      )
      .execute();
    const claimed = [];
    for (const webhook of webhooks) {
      const free = room(webhook.id);
      if (free <= 0) continue;
      const due = transaction
        .selectFrom("webhook_deliveries")
        .select("id")
        .where("organization_id", "=", webhook.organization_id)
        .where("webhook_id", "=", webhook.id)
        .where("state", "=", "pending")
        .where("next_attempt_at", "<=", now)
        .orderBy("next_attempt_at")
        .limit(free);
      const deliveries = await transaction
        .updateTable("webhook_deliveries")
        .set({ next_attempt_at: leaseEnd })
        .where("organization_id", "=", webhook.organization_id)
        .where("id", "in", due)
        // Again: another replica may have taken it while this one waited.
        .where("next_attempt_at", "<=", now)
        .returningAll()
        .execute();
      claimed.push(...deliveries.map((delivery) => ({ webhook, delivery })));
    }
    return claimed;
  });
}

/** Makes the first of what waits for this webhook and resource due. */
export async function advance(transaction: Kysely<Tables>, ended: Queued, now: string): Promise<void> {
  const first = transaction
    .selectFrom("webhook_deliveries")
    .select("id")
    .where("organization_id", "=", ended.organization_id)
    .where("webhook_id", "=", ended.webhook_id)
    .where("resource_prn", "=", ended.resource_prn)
    .where("state", "=", "pending")
    .orderBy("position")
    .orderBy("id")
    .limit(1);
  await transaction
    .updateTable("webhook_deliveries")
    .set({ next_attempt_at: now })
    .where("organization_id", "=", ended.organization_id)
    .where("id", "in", first)
    .where("next_attempt_at", "is", null)
    .execute();
}

/** Makes the first of each queue of the enabled webhooks due, wherever nothing of it is. */
export async function wakeQueues(db: Kysely<Tables>, now: string): Promise<void> {
  await db
    .updateTable("webhook_deliveries as d")
    .set({ next_attempt_at: now })
    .where("d.state", "=", "pending")
    .where("d.next_attempt_at", "is", null)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom("webhook_deliveries as e")
            .select("e.id")
            .whereRef("e.organization_id", "=", "d.organization_id")
            .whereRef("e.webhook_id", "=", "d.webhook_id")
            .whereRef("e.resource_prn", "=", "d.resource_prn")
            .where("e.state", "=", "pending")
            .where(({ eb, or, and, ref }) =>
              or([
                eb("e.position", "<", ref("d.position")),
                // What devices do has no place of its own in the trail.
                and([eb("e.position", "=", ref("d.position")), eb("e.id", "<", ref("d.id"))]),
              ]),
            ),
        ),
      ),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("webhooks as w")
          .select("w.id")
          .whereRef("w.organization_id", "=", "d.organization_id")
          .whereRef("w.id", "=", "d.webhook_id")
          .where("w.state", "=", "enabled"),
      ),
    )
    .execute();
}

/** What a disabled webhook was not told yet waits until it is enabled again. */
export async function pauseQueues(transaction: Kysely<Tables>, webhook: WebhookRow): Promise<void> {
  await transaction
    .updateTable("webhook_deliveries")
    .set({ next_attempt_at: null })
    .where("organization_id", "=", webhook.organization_id)
    .where("webhook_id", "=", webhook.id)
    .where("state", "=", "pending")
    .execute();
}

/** Gives up what is older than `expired` and still pending, and forgets what ended before `forgotten`. */
export async function clearQueues(db: Kysely<Tables>, expired: string, forgotten: string): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await transaction
      .updateTable("webhook_deliveries")
      .set({ state: "failed", last_error: "its webhook stayed disabled" })
      .where("state", "=", "pending")
      .where("next_attempt_at", "is", null)
      .where("inserted_at", "<", expired)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom("webhooks as w")
            .select("w.id")
            .whereRef("w.organization_id", "=", "webhook_deliveries.organization_id")
            .whereRef("w.id", "=", "webhook_deliveries.webhook_id")
            .where("w.state", "=", "disabled"),
        ),
      )
      .execute();
    const old = transaction
      .selectFrom("webhook_deliveries")
      .select("id")
      .where("state", "!=", "pending")
      .where("updated_at", "<", forgotten);
    await transaction.deleteFrom("webhook_attempts").where("delivery_id", "in", old).execute();
    await transaction
      .deleteFrom("webhook_deliveries")
      .where("state", "!=", "pending")
      .where("updated_at", "<", forgotten)
      .execute();
  });
}
