import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import * as deliveries from "./deliveries.ts";
import * as webhooks from "./webhooks.ts";

export function webhookRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.createWebhook, async ({ principal, body }) => ({
    webhook: await webhooks.createWebhook(platform, principal, body),
  }));
  serve(app, contract.listWebhooks, async ({ principal, query }) => {
    const { items, nextPage } = await webhooks.listWebhooks(platform, principal, query);
    return { webhooks: items, next_page: nextPage };
  });
  serve(app, contract.getWebhook, async ({ principal, params }) => ({
    webhook: await webhooks.getWebhook(platform, principal, params.prn),
  }));
  serve(app, contract.updateWebhook, async ({ principal, params, body }) => ({
    webhook: await webhooks.updateWebhook(platform, principal, params.prn, body),
  }));
  serve(app, contract.deleteWebhook, async ({ principal, params }) => {
    await webhooks.deleteWebhook(platform, principal, params.prn);
  });
  serve(app, contract.rollWebhookSecret, async ({ principal, params, body }) => ({
    webhook: await webhooks.rollSecret(platform, principal, params.prn, body),
  }));
  serve(app, contract.testFireWebhook, async ({ principal, params }) => ({
    event: await webhooks.testFire(platform, principal, params.prn),
  }));

  serve(app, contract.listWebhookDeliveries, async ({ principal, query }) => {
    const { items, nextPage } = await deliveries.listDeliveries(platform, principal, query);
    return { webhook_deliveries: items, next_page: nextPage };
  });
  serve(app, contract.getWebhookDelivery, async ({ principal, params }) => ({
    webhook_delivery: await deliveries.getDelivery(platform, principal, params.prn),
  }));
  serve(app, contract.redeliver, async ({ principal, params }) => ({
    webhook_delivery: await deliveries.redeliver(platform, principal, params.prn),
  }));
}
