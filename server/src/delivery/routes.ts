import { getDownloadUrl } from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import type { Linked } from "./admission.ts";
import { downloadRoute, findDownloadable, handOutLinks } from "./download-link.ts";
import { sendLinked } from "./linked-content.ts";
import { whereOf } from "./origins/preference.ts";

/** What a link of ours carries: the path was signed by this server, so its parts are what it wrote. */
interface LinkParams extends Linked {
  revision: string;
  hash: string;
  filename: string;
}

/** `/cdn/…`: content for whoever holds a link, without an API key. */
export function cdnRoutes(app: FastifyInstance, platform: Platform): void {
  app.route<{ Params: LinkParams }>({
    method: ["GET", "HEAD"],
    url: downloadRoute,
    handler: (request, reply) => {
      const { organization, binary, revision, hash, filename } = request.params;
      return sendLinked(platform, request, reply, request.params, async () => {
        const found = await findDownloadable(platform.db, organization, binary);
        const isSame = found?.revision === Number(revision) && found.hash === hash;
        return isSame ? { ...found, filename } : null;
      });
    },
  });
}

/** The API's side: links for callers with a key. */
export function downloadLinkRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, getDownloadUrl, async ({ principal, params, request }) => {
    const where = whereOf(request, platform.config.regionHeader);
    const { url, urls } = await handOutLinks(platform, principal, params.prn, where);
    return { download_url: url, urls };
  });
}
