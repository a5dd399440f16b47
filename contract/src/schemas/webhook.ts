import { type Static, Type } from "typebox";
import { deliverableEvents } from "../event-names.ts";
import { NullableInteger, NullablePrn, NullableString, Prn, stored, Time, Timestamp } from "./common.ts";

export const webhookStates = ["enabled", "disabled"] as const;
export type WebhookState = (typeof webhookStates)[number];

const State = Type.Unsafe<WebhookState>({ type: "string", enum: webhookStates });

export const maxWebhookUrl = 1_028;

/** Both spellings; answers have underscores. */
const spellings = [...new Set(deliverableEvents.flatMap((name) => [name, name.replaceAll("_", "-")]))];

const EventNames = Type.Array(Type.Unsafe<string>({ type: "string", enum: spellings }), {
  maxItems: deliverableEvents.length,
  description: "Which events are delivered. Hyphens are taken for underscores.",
});

const Description = Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 1_024 });
const Url = Type.String({ minLength: 1, maxLength: maxWebhookUrl });

export const Webhook = Type.Object(
  {
    ...stored,
    url: Type.String(),
    description: NullableString,
    enabled_events: Type.Array(Type.String()),
    state: State,
    disabled_reason: NullableString,
    failing_since: NullableString,
    previous_secret_expires_at: NullableString,
  },
  { title: "Webhook" },
);
export type Webhook = Static<typeof Webhook>;

export const WebhookWithSecret = Type.Object(
  {
    ...Webhook.properties,
    secret: Type.String({ description: "32 upper-case hex digits: shown here, once, and never again." }),
  },
  { title: "WebhookWithSecret" },
);
export type WebhookWithSecret = Static<typeof WebhookWithSecret>;

export const CreateWebhook = Type.Object({
  url: Url,
  description: Type.Optional(Description),
  enabled_events: Type.Optional(EventNames),
});
export type CreateWebhook = Static<typeof CreateWebhook>;

export const UpdateWebhook = Type.Object({
  prn: Type.Optional(Prn),
  url: Type.Optional(Url),
  description: Type.Optional(Description),
  enabled_events: Type.Optional(EventNames),
  state: Type.Optional(State),
});
export type UpdateWebhook = Static<typeof UpdateWebhook>;

/** Seconds for which an old secret may live on: 30 days. */
export const maxSecretOverlap = 2_592_000;

export const RollSecret = Type.Object({
  prn: Type.Optional(Prn),
  webhook_ttl: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: maxSecretOverlap,
      default: 0,
      description: "Seconds for which deliveries are signed with the old secret as well.",
    }),
  ),
});
export type RollSecret = Static<typeof RollSecret>;

export const Event = Type.Object(
  {
    prn: Prn,
    organization_prn: Prn,
    version: Type.Integer(),
    type: Type.String(),
    event_subtype: Type.String(),
    actor_prn: NullablePrn,
    resource_prn: Prn,
    data: Type.Object({
      type: Type.String(),
      data: Type.Unsafe<Record<string, unknown>>({ type: "object", additionalProperties: true }),
    }),
    inserted_at: Timestamp,
  },
  { title: "Event" },
);
export type Event = Static<typeof Event>;

export const EventQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 10 })),
  order: Type.Optional(Type.Unsafe<"asc" | "desc">({ type: "string", enum: ["asc", "desc"] })),
  page: Type.Optional(Type.String({ maxLength: 512 })),
  inserted_at_gte: Type.Optional(Time),
  inserted_at_lt: Type.Optional(Time),
  actor_prn: Type.Optional(Prn),
  resource_prn: Type.Optional(Prn),
  type: Type.Optional(Type.String({ maxLength: 64 })),
  subtype: Type.Optional(Type.String({ maxLength: 64 })),
});
export type EventQuery = Static<typeof EventQuery>;

export const EventStreamQuery = Type.Object({
  type: Type.Optional(
    Type.String({ maxLength: 64, description: "How `type.event_subtype` begins: `binary.`, or `binary.signed`." }),
  ),
  resource_prn: Type.Optional(Prn),
  last_event_id: Type.Optional(Type.String({ maxLength: 64, description: "As the header `last-event-id`." })),
});

export const deliveryStates = ["pending", "delivered", "failed"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const DeliveryAttempt = Type.Object(
  {
    at: Timestamp,
    duration_ms: Type.Integer(),
    status: NullableInteger,
    error: NullableString,
    response: Type.Unsafe<string | null>({ type: ["string", "null"], description: "The first bytes of the body." }),
  },
  { title: "DeliveryAttempt" },
);
export type DeliveryAttempt = Static<typeof DeliveryAttempt>;

export const WebhookDelivery = Type.Object(
  {
    ...stored,
    webhook_prn: Prn,
    event_prn: Prn,
    event_type: Type.String({ description: "As in `enabled_events`." }),
    resource_prn: Prn,
    state: Type.Unsafe<DeliveryState>({ type: "string", enum: deliveryStates }),
    attempts: Type.Integer(),
    next_attempt_at: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description: "Null also while an earlier one of the same resource is pending.",
    }),
    last_status: NullableInteger,
    last_error: NullableString,
  },
  { title: "WebhookDelivery" },
);
export type WebhookDelivery = Static<typeof WebhookDelivery>;

export const WebhookDeliveryWithAttempts = Type.Object(
  { ...WebhookDelivery.properties, log: Type.Array(DeliveryAttempt) },
  { title: "WebhookDeliveryWithAttempts" },
);
export type WebhookDeliveryWithAttempts = Static<typeof WebhookDeliveryWithAttempts>;
