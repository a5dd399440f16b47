import type { FastifyRequest } from "fastify";

/** A host with or without a port, as it may stand in a URL. */
const plainHost = /^(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/;

/** The address that the client used, such as `http://192.168.1.5:4000`; null when it named none that makes sense. */
export function originOf(request: FastifyRequest): string | null {
  // Fastify takes them from X-Forwarded-Host and -Proto if, and only if, a trusted proxy sent those.
  const { host } = request;
  return host !== undefined && plainHost.test(host) ? `${request.protocol}://${host}` : null;
}
