import type { FastifyRequest } from "fastify";

/**
 * The product of a `User-Agent` header (RFC 9110 § 10.1.5) in small letters: `curl` of `curl/8.5.0`. Versions are left
 * out: they would make a row of every one. `unknown` when there is none.
 */
export function productOf(userAgent: string | undefined): string {
  const [product] = /^[\w!#$%&'*+.^`|~-]{1,40}(?=[/\s]|$)/.exec(userAgent ?? "") ?? [];
  return product?.toLowerCase() ?? "unknown";
}

/**
 * The country that a proxy names in this header, as two capital letters; `unknown` when it says none, and when the
 * request did not come by way of a trusted proxy: anybody can send a header.
 * @param header in small letters; "" for none
 */
export function countryOf(request: FastifyRequest, header: string): string {
  if (header === "" || !cameByTrustedProxy(request)) return "unknown";
  const value = request.headers[header];
  // XX and T1 are what some proxies say for "don't know" and for Tor.
  return typeof value === "string" && /^[A-Za-z]{2}$/.test(value) && !/^xx$/i.test(value)
    ? value.toUpperCase()
    : "unknown";
}

/** Fastify lists the hops that it trusts and the first that it doesn't: more than one means a trusted one. */
function cameByTrustedProxy({ ips }: FastifyRequest): boolean {
  return (ips?.length ?? 0) > 1;
}
