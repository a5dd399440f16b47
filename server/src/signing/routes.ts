import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import * as keys from "./keys.ts";

export function signingRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.createSigningKey, async ({ principal, body }) => ({
    signing_key: await keys.createSigningKey(platform, principal, body),
  }));
  serve(app, contract.listSigningKeys, async ({ principal, query }) => {
    const { items, nextPage } = await keys.listSigningKeys(platform, principal, query);
    return { signing_keys: items, next_page: nextPage };
  });
  serve(app, contract.getSigningKey, async ({ principal, params }) => ({
    signing_key: await keys.getSigningKey(platform, principal, params.prn),
  }));
  serve(app, contract.updateSigningKey, async ({ principal, params, body }) => ({
    signing_key: await keys.updateSigningKey(platform, principal, params.prn, body),
  }));
  serve(app, contract.deleteSigningKey, async ({ principal, params }) => {
    await keys.deleteSigningKey(platform, principal, params.prn);
  });
}
