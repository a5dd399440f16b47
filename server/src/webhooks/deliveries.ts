import {
  invalid,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  searchKeys,
  type WebhookDelivery,
  type WebhookDeliveryWithAttempts,
} from "@open-peridio/contract";
import { record } from "../activity/record.ts";
import { listOwn } from "../database/lists.ts";
import { findOwn } from "../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../database/search.ts";
import type { WebhookDeliveryRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { prnOf } from "./webhooks.ts";

const columns: SearchColumns = {
  ...commonColumns("webhook_deliveries", "webhook_delivery"),
  webhook_prn: { column: "webhook_deliveries.webhook_id", holds: "id", of: "webhook" },
  event_prn: { column: "webhook_deliveries.event_id", holds: "id", of: "event" },
  event_type: { column: "webhook_deliveries.event_type" },
  resource_prn: { column: "webhook_deliveries.resource_prn" },
  state: { column: "webhook_deliveries.state" },
};

/** The delivery log. */
export function listDeliveries({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "webhook_deliveries", keys: searchKeys.webhook_deliveries, columns } as const;
  return listOwn(db, db.selectFrom("webhook_deliveries").selectAll(), list, principal.organizationId, request, show);
}

/** @throws ApiError 404 */
export async function getDelivery(
  { db }: Platform,
  principal: Principal,
  prn: string,
): Promise<WebhookDeliveryWithAttempts> {
  const row = await findOwn(db, principal, "webhook_deliveries", prn);
  const log = await db
    .selectFrom("webhook_attempts")
    .select(["at", "duration_ms", "status", "error", "response"])
    .where("organization_id", "=", row.organization_id)
    .where("delivery_id", "=", row.id)
    .orderBy("id")
    .execute();
  return { ...show(row), log };
}

/** Sends once more what ended. @throws ApiError 404; 422 on `state` while it is pending, or its webhook disabled */
export async function redeliver({ db, clock }: Platform, principal: Principal, prn: string): Promise<WebhookDelivery> {
  const now = timestamp(clock.now());
  return changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "webhook_deliveries", prn);
    if (before.state === "pending") throw invalid("state", "is 'pending': it is on its way already");
    const { state } = await transaction
      .selectFrom("webhooks")
      .select("state")
      .where("organization_id", "=", before.organization_id)
      .where("id", "=", before.webhook_id)
      .executeTakeFirstOrThrow();
    if (state === "disabled") throw invalid("state", "of its webhook must be 'enabled'; it is 'disabled'");
    const after = await transaction
      .updateTable("webhook_deliveries")
      .set({ state: "pending", next_attempt_at: now, updated_at: now })
      .where("organization_id", "=", before.organization_id)
      .where("id", "=", before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(transaction, {
      organizationId: before.organization_id,
      by: principal,
      type: "webhook_delivery",
      subtype: "redelivered",
      resource: prnOf({ organization_id: before.organization_id, id: before.webhook_id }),
      after: { delivery: prn, event_type: before.event_type },
      at: now,
    });
    return show(after);
  });
}

function show(row: WebhookDeliveryRow): WebhookDelivery {
  const organizationId = row.organization_id;
  return {
    prn: resourcePrn(organizationId, "webhook_delivery", row.id),
    organization_prn: organizationPrn(organizationId),
    webhook_prn: resourcePrn(organizationId, "webhook", row.webhook_id),
    event_prn: resourcePrn(organizationId, "event", row.event_id),
    event_type: row.event_type,
    resource_prn: row.resource_prn,
    state: row.state,
    attempts: row.attempts,
    next_attempt_at: row.next_attempt_at,
    last_status: row.last_status,
    last_error: row.last_error,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
