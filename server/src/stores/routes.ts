import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import * as stores from "./content-stores.ts";
import { getStorageFigures } from "./figures.ts";

export function storeRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.getStorageFigures, async ({ principal }) => ({
    storage_figures: await getStorageFigures(platform, principal),
  }));
  serve(app, contract.createContentStore, async ({ principal, body }) => ({
    content_store: await stores.createContentStore(platform, principal, body),
  }));
  serve(app, contract.listContentStores, async ({ principal, query }) => {
    const { items, nextPage } = await stores.listContentStores(platform, principal, query);
    return { content_stores: items, next_page: nextPage };
  });
  serve(app, contract.getContentStore, async ({ principal, params }) => ({
    content_store: await stores.getContentStore(platform, principal, params.prn),
  }));
  serve(app, contract.updateContentStore, async ({ principal, params, body }) => ({
    content_store: await stores.updateContentStore(platform, principal, params.prn, body),
  }));
  serve(app, contract.deleteContentStore, async ({ principal, params, query }) => {
    await stores.deleteContentStore(platform, principal, params.prn, query.abandon === true);
  });
  serve(app, contract.testContentStore, async ({ principal, params }) => ({
    store_test: await stores.testContentStore(platform, principal, params.prn),
  }));
  serve(app, contract.activateContentStore, async ({ principal, params }) => ({
    content_store: await stores.activateContentStore(platform, principal, params.prn),
  }));
  serve(app, contract.deactivateContentStore, async ({ principal, params }) => ({
    content_store: await stores.deactivateContentStore(platform, principal, params.prn),
  }));
}
