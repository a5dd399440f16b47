import { randomFillSync } from "node:crypto";
import { ApiError } from "@open-peridio/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";

const idBytes = 15;
/** Random bytes are drawn for many ids at once: one draw costs as much as the rest of a small request's bookkeeping. */
const pool = Buffer.alloc(idBytes * 256);
let drawn = pool.length;

/** 20 characters, base64url, as the official service's. */
export function makeRequestId(): string {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += idBytes;
  return pool.toString("base64url", drawn - idBytes, drawn);
}

/**
 * Every path answers bare and under `/v1`; a base address with a trailing slash makes `//binaries`.
 * Source: the official SDK joins base and path with nothing between.
 */
export function canonicalUrl(url: string): string {
  if (!url.includes("//") && !url.startsWith("/v1")) return url;
  const [path, query] = splitOnce(url, "?");
  const plain = path.replaceAll(/\/{2,}/g, "/").replace(/^\/v1(?=\/|$)/, "") || "/";
  return query === undefined ? plain : `${plain}?${query}`;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** What every answer of this server carries, and the version header that it understands. */
export function speakProtocol(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("peridio-request-id", request.id);
    const version = request.headers["x-api-version"];
    if (version === undefined || version === "1" || version === "2") return done();
    done(new ApiError("invalid_parameter", `x-api-version must be 1 or 2; got '${version}'`));
  });
}

/** The version that a request asks for; null when it doesn't say, which official clients always do. */
export function askedVersion({ headers }: FastifyRequest): 1 | 2 | null {
  const version = headers["x-api-version"];
  return version === undefined ? null : version === "1" ? 1 : 2;
}
