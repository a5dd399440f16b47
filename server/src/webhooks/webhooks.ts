import { randomBytes } from "node:crypto";
import {
  type CreateWebhook,
  type Event,
  invalid,
  type ListQuery,
  organizationPrn,
  type RollSecret,
  readEventName,
  resourcePrn,
  searchKeys,
  type UpdateWebhook,
  type Webhook,
  type WebhookWithSecret,
} from "@open-peridio/contract";
import { v7 as uuidv7 } from "uuid";
import { writeEvent } from "../activity/events.ts";
import { showEvent } from "../activity/list-events.ts";
import { addDelivery, eventBody } from "../activity/outbox.ts";
import { about, difference, record } from "../activity/record.ts";
import { appendEntry } from "../activity/trail.ts";
import { listOwn } from "../database/lists.ts";
import { findOwn } from "../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../database/search.ts";
import type { EventRow, WebhookRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import { urlProblem } from "../http/address-guard.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { pauseQueues, wakeQueues } from "./queue.ts";

const secretBytes = 16;

/** @throws ApiError 422 on `url` when it isn't allowed, or doesn't answer the test event with 200 */
export async function createWebhook(
  platform: Platform,
  principal: Principal,
  body: CreateWebhook,
): Promise<WebhookWithSecret> {
  const { db, clock, webhooks } = platform;
  const id = uuidv7();
  const secret = randomBytes(secretBytes);
  const now = timestamp(clock.now());
  const row: WebhookRow = {
    organization_id: principal.organizationId,
    id,
    url: body.url,
    description: body.description ?? null,
    enabled_events: storeNames(body.enabled_events ?? []),
    state: "enabled",
    disabled_reason: null,
    failing_since: null,
    sealed_secret: webhooks.sealSecret(id, secret),
    previous_sealed_secret: null,
    previous_expires_at: null,
    inserted_at: now,
    updated_at: now,
  };
  await requireReachable(platform, principal, row);
  await changing(db, principal.organizationId, async (transaction) => {
    await transaction.insertInto("webhooks").values(row).execute();
    await record(transaction, { ...about(principal, "webhook", row, "created"), after: told(row), at: now });
  });
  return { ...show(row), secret: secretText(secret) };
}

const columns: SearchColumns = {
  ...commonColumns("webhooks", "webhook"),
  description: { column: "webhooks.description" },
  url: { column: "webhooks.url" },
  state: { column: "webhooks.state" },
};

export function listWebhooks({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "webhooks", keys: searchKeys.webhooks, columns } as const;
  return listOwn(db, db.selectFrom("webhooks").selectAll(), list, principal.organizationId, request, show);
}

/** @throws ApiError 404 */
export async function getWebhook({ db }: Platform, principal: Principal, prn: string): Promise<Webhook> {
  return show(await findOwn(db, principal, "webhooks", prn));
}

/** A new URL of an enabled webhook, and one that is being enabled, is tried first. @throws ApiError 404; 422 on `url` */
export async function updateWebhook(
  platform: Platform,
  principal: Principal,
  prn: string,
  body: UpdateWebhook,
): Promise<Webhook> {
  const { db, clock } = platform;
  const seen = await findOwn(db, principal, "webhooks", prn);
  const state = body.state ?? seen.state;
  const url = body.url ?? seen.url;
  const enables = state === "enabled" && seen.state === "disabled";
  if (state === "enabled" && (enables || url !== seen.url))
    await requireReachable(platform, principal, { ...seen, url });
  else requireAllowed(platform, url);
  return changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "webhooks", prn);
    const now = timestamp(clock.now());
    const after = await transaction
      .updateTable("webhooks")
      .set({
        url,
        state,
        ...(body.description !== undefined && { description: body.description }),
        ...(body.enabled_events !== undefined && { enabled_events: storeNames(body.enabled_events) }),
        ...(enables && { disabled_reason: null, failing_since: null }),
        ...(state === "disabled" && before.state === "enabled" && { disabled_reason: "disabled by request" }),
        updated_at: now,
      })
      .where("organization_id", "=", before.organization_id)
      .where("id", "=", before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (after.state === "disabled") await pauseQueues(transaction, after);
    if (enables) await wakeQueues(transaction, now);
    await record(transaction, {
      ...about(principal, "webhook", after, "updated"),
      ...difference(before, after),
      at: now,
    });
    return show(after);
  });
}

/** With all that it wasn't told yet. @throws ApiError 404 */
export async function deleteWebhook({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "webhooks", prn);
    const deliveries = transaction
      .selectFrom("webhook_deliveries")
      .select("id")
      .where("organization_id", "=", row.organization_id)
      .where("webhook_id", "=", row.id);
    await transaction
      .deleteFrom("webhook_attempts")
      .where("organization_id", "=", row.organization_id)
      .where("delivery_id", "in", deliveries)
      .execute();
    await transaction
      .deleteFrom("webhook_deliveries")
      .where("organization_id", "=", row.organization_id)
      .where("webhook_id", "=", row.id)
      .execute();
    await transaction
      .deleteFrom("webhooks")
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .execute();
    await record(transaction, {
      ...about(principal, "webhook", row, "deleted"),
      before: told(row),
      at: timestamp(clock.now()),
    });
  });
}

/** @throws ApiError 404 */
export async function rollSecret(
  { db, clock, webhooks }: Platform,
  principal: Principal,
  prn: string,
  { webhook_ttl = 0 }: RollSecret,
): Promise<WebhookWithSecret> {
  const secret = randomBytes(secretBytes);
  const now = clock.now();
  const end = webhook_ttl > 0 ? timestamp(new Date(now.getTime() + webhook_ttl * 1000)) : null;
  return changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "webhooks", prn);
    const after = await transaction
      .updateTable("webhooks")
      .set({
        sealed_secret: webhooks.sealSecret(before.id, secret),
        previous_sealed_secret: end === null ? null : before.sealed_secret,
        previous_expires_at: end,
        updated_at: timestamp(now),
      })
      .where("organization_id", "=", before.organization_id)
      .where("id", "=", before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const rolled = {
      ...about(principal, "webhook", after, "secret_rolled"),
      after: { previous_secret_expires_at: end },
    };
    await record(transaction, { ...rolled, at: after.updated_at });
    return { ...show(after), secret: secretText(secret) };
  });
}

/** Sends a test event, whatever the webhook wants else. @throws ApiError 404; 422 on `state` while it is disabled */
export async function testFire({ db, clock }: Platform, principal: Principal, prn: string): Promise<Event> {
  return changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "webhooks", prn);
    if (row.state === "disabled") throw invalid("state", "must be 'enabled' to send to it; it is 'disabled'");
    const happening = { ...about(principal, "webhook", row, "test_fire"), at: timestamp(clock.now()) };
    const position = await appendEntry(transaction, { ...happening, before: null, after: null, result: "done" });
    const event = await writeEvent(transaction, { ...happening, data: { webhook_prn: prn } });
    await addDelivery(transaction, event, row.id, position);
    return showEvent(event);
  });
}

function requireAllowed({ config }: Platform, url: string): void {
  const problem = urlProblem(url, config.webhookAllowPrivate);
  if (problem) throw invalid("url", problem);
}

/** Sends the webhook a test event right now. @throws ApiError 422 on `url` that says how it went */
async function requireReachable(platform: Platform, principal: Principal, row: WebhookRow): Promise<void> {
  requireAllowed(platform, row.url);
  const event: EventRow = {
    organization_id: row.organization_id,
    id: uuidv7(),
    type: "webhook",
    subtype: "test_fire",
    actor_prn: principal.actor,
    resource_prn: prnOf(row),
    data: JSON.stringify({ webhook_prn: prnOf(row) }),
    inserted_at: timestamp(platform.clock.now()),
  };
  const { error } = await platform.webhooks.send(row, eventBody(event));
  if (error !== null) throw invalid("url", `must answer a test event with 200; it failed: ${error}`);
}

function storeNames(names: string[]): string {
  return JSON.stringify([...new Set(names.map((name) => readEventName(name)))].sort());
}

function secretText(secret: Buffer): string {
  return secret.toString("hex").toUpperCase();
}

export function prnOf(row: Pick<WebhookRow, "organization_id" | "id">): string {
  return resourcePrn(row.organization_id, "webhook", row.id);
}

/** What the trail keeps of it: never a secret. */
function told({ url, description, enabled_events, state }: WebhookRow) {
  return { url, description, enabled_events, state };
}

function show(row: WebhookRow): Webhook {
  return {
    prn: prnOf(row),
    organization_prn: organizationPrn(row.organization_id),
    url: row.url,
    description: row.description,
    enabled_events: JSON.parse(row.enabled_events) as string[],
    state: row.state,
    disabled_reason: row.disabled_reason,
    failing_since: row.failing_since,
    previous_secret_expires_at: row.previous_expires_at,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
