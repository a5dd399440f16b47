import { randomBytes } from "node:crypto";
import { ApiError } from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";

/** 20 characters, base64url, as the official service's. */
export function makeRequestId(): string {
  return randomBytes(15).toString("base64url");
}

/**
 * Every path answers bare and under `/v1`; a base address with a trailing slash makes `//binaries`.
 * Source: the official SDK joins base and path with nothing between.
 */
export function canonicalUrl(url: string): string {
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
  app.addHook("onRequest", async (request, reply) => {
    reply.header("peridio-request-id", request.id);
    const version = request.headers["x-api-version"];
    if (version === undefined || version === "1" || version === "2") return;
    throw new ApiError("invalid_parameter", `x-api-version must be 1 or 2; got '${version}'`);
  });
}
