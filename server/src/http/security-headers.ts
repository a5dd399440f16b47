import type { FastifyInstance } from "fastify";
import type { Config } from "../config.ts";

/** For answers that no page is made of: nothing in them may load, run or be framed anything. */
export const securityHeaders = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

/** Two years, as hstspreload.org asks for. RFC 6797. */
const strictTransport = "max-age=63072000";

/** What every answer carries, beside what pages of our own say for themselves. */
export function sendSecurityHeaders(app: FastifyInstance, config: Config): void {
  const isPublicHttps = config.publicUrl.startsWith("https:");
  const canBeHttps = isPublicHttps || config.tlsCert !== "" || config.trustedProxies.length > 0;
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(securityHeaders);
    if (canBeHttps && (isPublicHttps || request.protocol === "https")) {
      reply.header("strict-transport-security", strictTransport);
    }
    done();
  });
}

/** Answers of the API are for who asked, and for no cache between. */
export function forbidCaching(app: FastifyInstance): void {
  app.addHook("onRequest", (_request, reply, done) => {
    reply.header("cache-control", "no-store");
    done();
  });
}
