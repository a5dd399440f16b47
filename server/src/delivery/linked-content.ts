import { ApiError } from "@open-peridio/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Kept, readKept } from "../content/kept.ts";
import { keyOf } from "../content/place.ts";
import type { ContentStore } from "../content/store.ts";
import { verifyLink } from "../http/signed-links.ts";
import type { Platform } from "../platform.ts";
import { admit, type Linked, notingRefusals, type Settle } from "./admission.ts";
import type { Downloadable } from "./download-link.ts";
import { type Elsewhere, sendContent } from "./send-content.ts";

/**
 * Answers who came by a link of ours with the content that it leads to.
 * @param find judges it anew; null when it isn't any more what the link was made for
 * @param sent told of each body that went out, or broke off
 * @throws ApiError 403, 410, and what `find` and `sendContent` throw
 */
export function sendLinked(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  linked: Linked,
  find: () => Promise<Downloadable | null>,
  sent: Settle = () => {},
): Promise<FastifyReply> {
  const { stores, linkKeys, clock } = platform;
  const path = request.url.split("?")[0]!;
  const { token } = request.query as { token?: string };
  const link = { method: "GET", path, token, now: clock.now() } as const;
  const expiresAt = verifyLink(linkKeys, link);
  return notingRefusals(platform, request, linked, async () => {
    const judge = async () => {
      const found = await find();
      if (found) return found;
      throw new ApiError("gone", "this content was reset or deleted since the link was made");
    };
    const found = await judge();
    const { organizationId, kept, filename } = found;
    const content = await stores.of({ organization_id: organizationId, store_id: found.storeId });
    const left = Math.max(0, Math.floor((expiresAt.getTime() - link.now.getTime()) / 1000));
    const sending = sendContent(request, reply, {
      size: found.size,
      hash: found.hash,
      filename,
      cacheSeconds: left,
      open: (start, end) => readKept(content, kept, start, end),
      encoded: kept.frames && {
        ...kept.frames,
        coding: "zstd",
        open: (start, end) => content.chunks(kept.place, kept.file, start, end),
      },
      elsewhere: elsewhere(platform, content, kept, filename, left),
      admit: async (bytes) => {
        const settle = await admit(platform, request, linked, bytes);
        return (bytes, completed) => {
          settle(bytes, completed);
          sent(bytes, completed);
        };
      },
    });
    return sending.catch(async (error) => {
      // It may have been reset between the look and the first byte: then that is the answer.
      await judge();
      throw error;
    });
  });
}

/** Who sends the content in the place of this server; null when nobody does. */
function elsewhere(
  { config }: Platform,
  content: ContentStore,
  { place, file, frames }: Kept,
  filename: string,
  left: number,
): Elsewhere | null {
  // Others send what is stored.
  if (frames !== null) return null;
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
