import type { FastifyInstance } from "fastify";
import type { Config } from "../config.ts";

const methods = "GET, HEAD, POST, PUT, PATCH, DELETE";
/** All that the API and links read and a page may set; a browser sends nothing at all if one of its headers is missing. */
const requestHeaders =
  "authorization, content-digest, content-type, if-match, if-none-match, if-range, peridio-origins, peridio-region, " +
  "range, repr-digest, x-amz-checksum-sha256, x-api-version";
const exposed =
  "accept-ranges, content-disposition, content-range, etag, location, peridio-request-id, ratelimit, " +
  "ratelimit-policy, repr-digest, retry-after";
/** Seconds that a browser need not ask again; more than this they don't remember. */
const remembered = "7200";

/**
 * Lets pages of the origins in the settings call the API with a key, by the CORS protocol of the Fetch standard
 * (§ 3.3). Never with cookies: a session belongs to this server's own pages. Small enough to be our own: a library would
 * add a route for every OPTIONS, and with it an answer where there is nothing.
 */
export function allowOrigins(app: FastifyInstance, { corsOrigins }: Config): void {
  if (corsOrigins.length === 0) return;
  const allowed = new Set(corsOrigins);
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("vary", "Origin");
    const { origin } = request.headers;
    if (origin === undefined || !allowed.has(origin)) return done();
    reply.headers({ "access-control-allow-origin": origin, "access-control-expose-headers": exposed });
    reply.header("cross-origin-resource-policy", "cross-origin");
    const isPreflight = request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined;
    if (!isPreflight) return done();
    reply
      .code(204)
      .headers({
        "access-control-allow-methods": methods,
        "access-control-allow-headers": requestHeaders,
        "access-control-max-age": remembered,
      })
      .send();
  });
}
