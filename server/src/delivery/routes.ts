import { ApiError, getDownloadUrl } from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { type ContentPlace, keyOf } from "../content/place.ts";
import type { ContentStore } from "../content/store.ts";
import { serve } from "../http/serve.ts";
import { verifyLink } from "../http/signed-links.ts";
import type { Platform } from "../platform.ts";
import { admit, type Linked, notingRefusals } from "./admission.ts";
import { downloadRoute, findDownloadable, handOutLinks } from "./download-link.ts";
import { whereOf } from "./origins/preference.ts";
import { type Elsewhere, sendContent } from "./send-content.ts";

/** What a link of ours carries: the path was signed by this server, so its parts are what it wrote. */
interface LinkParams extends Linked {
  revision: string;
  hash: string;
  filename: string;
}

/** `/cdn/…`: content for whoever holds a link, without an API key. */
export function cdnRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, stores, linkKeys, clock } = platform;
  app.route<{ Params: LinkParams; Querystring: { token?: string } }>({
    method: ["GET", "HEAD"],
    url: downloadRoute,
    handler: async (request, reply) => {
      const { organization, binary, revision, hash, filename } = request.params;
      const path = request.url.split("?")[0]!;
      const link = { method: "GET", path, token: request.query.token, now: clock.now() } as const;
      const expiresAt = verifyLink(linkKeys, link);
      return notingRefusals(platform, request, request.params, async () => {
        const find = async () => {
          const found = await findDownloadable(db, organization, binary);
          if (found?.revision === Number(revision) && found.hash === hash) return found;
          throw new ApiError("gone", "this content was reset or deleted since the link was made");
        };
        const found = await find();
        const place = { organizationId: organization, binaryId: binary, revision: found.revision };
        const { contentFile } = found;
        const content = await stores.of({ organization_id: organization, store_id: found.storeId });
        const left = Math.max(0, Math.floor((expiresAt.getTime() - link.now.getTime()) / 1000));
        const sending = sendContent(request, reply, {
          size: found.size,
          hash,
          filename,
          cacheSeconds: left,
          open: (start, end) => content.chunks(place, contentFile, start, end),
          elsewhere: elsewhere(platform, content, place, contentFile, filename, left),
          admit: (bytes) => admit(platform, request, request.params, bytes),
        });
        return sending.catch(async (error) => {
          // It may have been reset between the look and the first byte: then that is the answer.
          await find();
          throw error;
        });
      });
    },
  });
}

/** Who sends the content in the place of this server; null when nobody does. */
function elsewhere(
  { config }: Platform,
  content: ContentStore,
  place: ContentPlace,
  file: string,
  filename: string,
  left: number,
): Elsewhere | null {
  if (content.kind === "files") {
    if (config.accelPath === "") return null;
    return { kind: "accel", path: `${config.accelPath}/${keyOf(place)}/${file}` };
  }
  if (config.downloads === "stream") return null;
  // As short as can be: once the binary is destroyed or its key revoked, no new one is made.
  const lives = Math.min(left, config.redirectExpiry);
  return {
    kind: "redirect",
    makeLink: async () => (await content.downloadLink(place, file, filename, lives)).url,
  };
}

/** The API's side: links for callers with a key. */
export function downloadLinkRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, getDownloadUrl, async ({ principal, params, request }) => {
    const where = whereOf(request, platform.config.regionHeader);
    const { url, urls } = await handOutLinks(platform, principal, params.prn, where);
    return { download_url: url, urls };
  });
}
