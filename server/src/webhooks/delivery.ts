import type { Kysely } from "kysely";
import type { Logger } from "pino";
import { seal, unseal } from "../accounts/secrets.ts";
import type { Config } from "../config.ts";
import type { Tables, WebhookDeliveryRow, WebhookRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import type { Clock } from "../platform.ts";
import { inSpan } from "../tracing/span.ts";
import { conclude } from "./outcome.ts";
import { claim, clearQueues, nextDue, wakeQueues } from "./queue.ts";
import { type Outcome, post } from "./send.ts";
import { signDelivery } from "./signature.ts";

export type Webhooks = ReturnType<typeof startWebhooks>;

/** Milliseconds that a receiver has for its answer. Source: the official webhooks reference. */
const answerTime = 10_000;
/** Milliseconds for which a delivery that is being sent is nobody else's: more than one can take. */
const lease = 15_000;
/** How many are being sent at once, to one webhook and to all. */
const perWebhook = 4;
const altogether = 32;
/** Milliseconds between two looks at what is due, and between two rounds of tidying up. */
const lookEvery = 200;
const tidyEvery = 60_000;
const dayMilliseconds = 86_400_000;

interface Parts {
  db: Kysely<Tables>;
  clock: Clock;
  log: Logger;
  config: Config;
  /** Encrypts the webhooks' secrets at rest. */
  secretKey: Buffer;
}

const context = (id: string): string => `webhook ${id}`;

/** Delivers what is in the outbox, until it is stopped. */
export function startWebhooks({ db, clock, log, config, secretKey }: Parts) {
  const sending = new Map<string, { webhookId: string; ended: Promise<void> }>();
  let stopping = false;
  let tidied = 0;
  let wake: () => void = () => {};

  function sealSecret(id: string, secret: Buffer): string {
    return seal(secretKey, context(id), secret);
  }

  /** The secrets that sign now: while one is rolled, the old one too. */
  function secretsOf(row: WebhookRow, now: Date): Buffer[] {
    const secrets = [unseal(secretKey, context(row.id), row.sealed_secret)];
    const old = row.previous_sealed_secret;
    if (old !== null && row.previous_expires_at! > timestamp(now))
      secrets.push(unseal(secretKey, context(row.id), old));
    return secrets;
  }

  /** One attempt, now. */
  function send(row: WebhookRow, body: string): Promise<Outcome> {
    const now = clock.now();
    const publishedAt = now.toISOString();
    const headers = {
      "content-type": "application/json",
      "user-agent": "open-peridio-webhooks/1",
      "peridio-published-at": publishedAt,
      "peridio-signature": signDelivery(secretsOf(row, now), publishedAt, body),
    };
    const reach = { allowPrivate: config.webhookAllowPrivate, timeout: answerTime };
    return post({ url: row.url, headers, body }, reach);
  }

  async function deliver(webhook: WebhookRow, delivery: WebhookDeliveryRow): Promise<void> {
    const outcome = await send(webhook, delivery.body);
    const end = { at: clock.now(), retryTime: config.webhookRetryTime };
    await conclude(db, webhook, delivery, outcome, end);
  }

  async function sendDue(): Promise<void> {
    const now = clock.now();
    const due = await nextDue(db);
    if (due === null || due > timestamp(now) || sending.size >= altogether) return;
    const busy = (id: string) => [...sending.values()].filter(({ webhookId }) => webhookId === id).length;
    let free = altogether - sending.size;
    const room = (id: string) => {
      const given = Math.max(0, Math.min(free, perWebhook - busy(id)));
      free -= given;
      return given;
    };
    const claimed = await claim(db, timestamp(now), timestamp(new Date(now.getTime() + lease)), room);
    for (const { webhook, delivery } of claimed) {
      const about = { "peridio.webhook": webhook.id, "peridio.delivery": delivery.id };
      const ended = inSpan("deliver to webhook", about, () => deliver(webhook, delivery))
        .catch((err) =>
          log.error({ err, delivery: delivery.id }, "a delivery could not be written down; it is sent again"),
        )
        .finally(() => {
          sending.delete(delivery.id);
          wake();
        });
      sending.set(delivery.id, { webhookId: webhook.id, ended });
    }
  }

  async function tidyUp(): Promise<void> {
    const now = clock.now().getTime();
    if (now - tidied < tidyEvery) return;
    tidied = now;
    await wakeQueues(db, timestamp(new Date(now)));
    const expired = timestamp(new Date(now - config.webhookRetryTime * 1000));
    await clearQueues(db, expired, timestamp(new Date(now - config.webhookLogDays * dayMilliseconds)));
  }

  async function run(): Promise<void> {
    while (!stopping) {
      try {
        await tidyUp();
        await sendDue();
      } catch (err) {
        log.error({ err }, "webhooks can't be delivered for now");
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookEvery);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const running = run();

  return {
    sealSecret,
    send,

    /** Lets what is being sent end, and sends nothing more. */
    async stop(): Promise<void> {
      stopping = true;
      wake();
      await running;
      await Promise.all([...sending.values()].map(({ ended }) => ended));
    },
  };
}
