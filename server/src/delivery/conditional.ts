import type { IncomingHttpHeaders } from "node:http";

/** What the preconditions of a request make of it (RFC 9110 § 13). */
export type Verdict = "send" | "not-modified" | "precondition-failed";

/**
 * `If-Match` and `If-None-Match`, in the order of § 13.2.2. Dates play no part: content never changes, its ETag is its
 * hash.
 */
export function judge(headers: IncomingHttpHeaders, etag: string): Verdict {
  const match = headers["if-match"];
  if (match !== undefined && !lists(match, etag, "strong")) return "precondition-failed";
  const noneMatch = headers["if-none-match"];
  if (noneMatch !== undefined && lists(noneMatch, etag, "weak")) return "not-modified";
  return "send";
}

/** Whether a `Range` counts: without `If-Range`, or when it names this very content (strong comparison, § 13.1.5). */
export function rangeCounts(headers: IncomingHttpHeaders, etag: string): boolean {
  const ifRange = headers["if-range"];
  return ifRange === undefined || ifRange === etag;
}

function lists(header: string, etag: string, comparison: "strong" | "weak"): boolean {
  if (header.trim() === "*") return true;
  const tags = header.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => (comparison === "weak" ? tag.replace(/^W\//, "") : tag) === etag);
}
