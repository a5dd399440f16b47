import { Type } from "typebox";
import { listOf, PrnParams } from "../schemas/common.ts";
import {
  CreateWebhook,
  Event,
  EventQuery,
  EventStreamQuery,
  RollSecret,
  UpdateWebhook,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryWithAttempts,
  WebhookWithSecret,
} from "../schemas/webhook.ts";
import { getOperation, listOperation, oneOf, operation } from "./operation.ts";

const tag = "Webhooks";

const webhooks = { singular: "webhook", plural: "webhooks", noun: "a webhook", tag, shape: Webhook } as const;

export const listWebhooks = listOperation(webhooks);
export const getWebhook = getOperation(webhooks);

export const createWebhook = operation({
  id: "create-a-webhook",
  method: "POST",
  path: "/webhooks",
  tag,
  summary: "Create a webhook",
  description:
    "Its URL gets a signed `webhook.test_fire` and has to answer it with 200 within ten seconds; otherwise 422. The " +
    "answer shows the secret, once.",
  body: CreateWebhook,
  status: 201,
  response: oneOf("webhook", WebhookWithSecret),
});

export const updateWebhook = operation({
  id: "update-a-webhook",
  method: "PATCH",
  path: "/webhooks/:prn",
  tag,
  summary: "Update a webhook",
  description: "A new URL, and one that is enabled again, is tried with a `webhook.test_fire` first.",
  params: PrnParams,
  body: UpdateWebhook,
  status: 200,
  response: oneOf("webhook", Webhook),
});

export const deleteWebhook = operation({
  id: "delete-a-webhook",
  method: "DELETE",
  path: "/webhooks/:prn",
  tag,
  summary: "Delete a webhook",
  description: "What it was not told yet, it never is.",
  params: PrnParams,
  status: 204,
  response: null,
});

export const rollWebhookSecret = operation({
  id: "roll-webhook-secret",
  method: "POST",
  path: "/webhooks/:prn/roll_secret",
  tag,
  summary: "Give a webhook a new secret",
  description: "While `webhook_ttl` runs, deliveries carry the signatures of both secrets.",
  params: PrnParams,
  body: RollSecret,
  bodyOptional: true,
  status: 200,
  response: oneOf("webhook", WebhookWithSecret),
});

export const testFireWebhook = operation({
  id: "test-fire-webhook",
  method: "POST",
  path: "/webhooks/:prn/test_fire",
  tag,
  summary: "Send a test event",
  description: "Only while the webhook is enabled. The event is delivered like any other.",
  params: PrnParams,
  status: 200,
  response: oneOf("event", Event),
});

const deliveries = {
  singular: "webhook_delivery",
  plural: "webhook_deliveries",
  noun: "a webhook delivery",
  tag,
  shape: WebhookDelivery,
} as const;

export const listWebhookDeliveries = listOperation(deliveries);

export const getWebhookDelivery = operation({
  ...getOperation(deliveries),
  summary: "Retrieve a webhook delivery and its attempts",
  response: oneOf("webhook_delivery", WebhookDeliveryWithAttempts),
});

export const redeliver = operation({
  id: "redeliver-a-webhook-delivery",
  method: "POST",
  path: "/webhook_deliveries/:prn/redeliver",
  tag,
  summary: "Deliver once more",
  description: "What ended, well or not, is sent again now; when its time for retries is over, once.",
  params: PrnParams,
  status: 200,
  response: oneOf("webhook_delivery", WebhookDelivery),
});

export const listEvents = operation({
  id: "list-events",
  method: "GET",
  path: "/events",
  tag: "Events",
  summary: "List events",
  querystring: EventQuery,
  status: 200,
  response: Type.Object({ ...listOf("events", Event).properties }),
});

/** Answers with server-sent events, so no schema describes the body. */
export const streamEvents = operation({
  id: "stream-events",
  method: "GET",
  path: "/events/stream",
  tag: "Events",
  summary: "Be told of events as they happen",
  description:
    "Server-sent events: `id` is the event's id, `event` its `type.event_subtype`, `data` the event as `list-events` shows " +
    "it. From now on, or behind the event whose id `last-event-id` has: nothing is left out in between. The id of nothing but " +
    "zeros stands before the first event. A client that reads too slowly is cut off, and comes back to where it was.",
  querystring: EventStreamQuery,
  status: 200,
  response: null,
  mediaType: "text/event-stream",
});
