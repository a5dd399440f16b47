import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import * as keys from "./api-keys.ts";
import { getUsage } from "./limits.ts";
import { getOrganization, updateOrganization } from "./organizations.ts";

export function accountRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.getOrganization, async ({ principal, params }) => ({
    organization: await getOrganization(platform, principal, params.prn),
  }));
  serve(app, contract.updateOrganization, async ({ principal, params, body }) => ({
    organization: await updateOrganization(platform, principal, params.prn, body),
  }));

  serve(app, contract.getUsage, async ({ principal }) => ({ usage: await getUsage(platform, principal) }));

  serve(app, contract.createApiKey, async ({ principal, body }) => ({
    api_key: await keys.createApiKey(platform, principal, body),
  }));
  serve(app, contract.listApiKeys, async ({ principal, query }) => {
    const { items, nextPage } = await keys.listApiKeys(platform, principal, query);
    return { api_keys: items, next_page: nextPage };
  });
  serve(app, contract.getApiKey, async ({ principal, params }) => ({
    api_key: await keys.getApiKey(platform, principal, params.prn),
  }));
  serve(app, contract.updateApiKey, async ({ principal, params, body }) => ({
    api_key: await keys.updateApiKey(platform, principal, params.prn, body),
  }));
  serve(app, contract.rotateApiKey, async ({ principal, params, body }) => ({
    api_key: await keys.rotateApiKey(platform, principal, params.prn, body),
  }));
  serve(app, contract.deleteApiKey, async ({ principal, params }) => {
    await keys.deleteApiKey(platform, principal, params.prn);
  });
}
