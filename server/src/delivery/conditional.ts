/** The header fields of RFC 9110 § 13.1 that we answer. We send no Last-Modified, so those with dates don't apply. */
interface ConditionalHeaders {
  "if-match"?: string | undefined;
  "if-none-match"?: string | undefined;
  "if-range"?: string | string[] | undefined;
}

type Precondition = "proceed" | "not-modified" | "failed";

/** Whether a GET or HEAD of a content with this strong ETag is to be answered, in the order of RFC 9110 § 13.2.2. */
export function evaluatePreconditions(headers: ConditionalHeaders, etag: string): Precondition {
  const ifMatch = headers["if-match"];
  if (ifMatch !== undefined && !matches(ifMatch, etag, "strong")) return "failed";
  const ifNoneMatch = headers["if-none-match"];
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, etag, "weak")) return "not-modified";
  return "proceed";
}

/**
 * Whether a Range header counts (RFC 9110 § 13.1.5): without If-Range, or with exactly our ETag in it. A date there never
 * matches, so the answer is the whole.
 */
export function rangeApplies(headers: ConditionalHeaders, etag: string): boolean {
  const ifRange = headers["if-range"];
  return ifRange === undefined || ifRange === etag;
}

/** Whether a list of entity tags (RFC 9110 § 8.8.3), or `*`, has this one. A list that can't be read has none. */
function matches(list: string, etag: string, comparison: "strong" | "weak"): boolean {
  if (list.trim() === "*") return true;
  const element = /[ \t]*(?:(W\/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*)?(?:,|$)/y;
  let found = false;
  while (element.lastIndex < list.length) {
    const read = element.exec(list);
    if (!read) return false;
    const weak = read[1] !== undefined;
    found ||= read[2] === etag && (comparison === "weak" || !weak);
  }
  return found;
}
