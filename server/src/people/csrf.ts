import { ApiError } from "@open-peridio/contract";
import type { FastifyRequest } from "fastify";
import { originOf } from "../http/origin.ts";

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A browser sends the cookie whichever page asks, so a request that changes something must say that it comes from a page
 * of this server: by `Sec-Fetch-Site`, or by `Origin` where a browser is too old for that.
 * @param origins addresses of this server, beside the one that the client used
 * @throws ApiError 403
 */
export function requireSameOrigin(request: FastifyRequest, origins: readonly string[]): void {
  if (safe.has(request.method)) return;
  const site = request.headers["sec-fetch-site"];
  if (site === "same-origin") return;
  const { origin } = request.headers;
  if (site === undefined && origin !== undefined && [...origins, originOf(request)].includes(origin)) return;
  const from = origin ?? site ?? "an unknown origin";
  const detail = `a session is only taken from pages of this server; this came from '${String(from)}'; use an API key`;
  throw new ApiError("forbidden", detail);
}

/**
 * Signing in needs no cookie, so a stranger's page could sign a browser in as the stranger, who then sees what the person
 * does there. Programs that aren't browsers say neither header and are let through. @throws ApiError 403
 */
export function refuseOtherSites(request: FastifyRequest, origins: readonly string[]): void {
  const { origin, "sec-fetch-site": site } = request.headers;
  if (site === "none" || (site === undefined && origin === undefined)) return;
  requireSameOrigin(request, origins);
}

/** The address that this server is known to have, beside the one that the client used. */
export function knownOrigins(publicUrl: string): string[] {
  return publicUrl === "" ? [] : [new URL(publicUrl).origin];
}
