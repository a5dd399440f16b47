/** Byte ranges of RFC 9110 § 14. Both ends are included. */
export interface ByteRange {
  start: number;
  end: number;
}

export type RangeRequest =
  | { kind: "whole" }
  | { kind: "single"; range: ByteRange }
  | { kind: "multiple"; ranges: ByteRange[] }
  | { kind: "unsatisfiable" };

/** More ranges than this in one request are taken for an attack; the whole is sent (§ 14.2 allows that). */
const maxRanges = 64;

/**
 * What a `Range` header asks of a content of `size` bytes. Another unit or broken syntax is ignored (§ 14.2), and so
 * are several ranges that add up to more than the whole (§ 17.15).
 */
export function parseRange(header: string | undefined, size: number): RangeRequest {
  const specs = /^bytes=(.*)$/i
    .exec(header?.trim() ?? "")?.[1]
    ?.split(",")
    .map((spec) => spec.trim());
  if (!specs || specs.length > maxRanges) return { kind: "whole" };
  const ranges: ByteRange[] = [];
  for (const spec of specs) {
    if (spec === "") continue; // Empty list elements are ignored, RFC 9110 § 5.6.1.
    const range = parseSpec(spec, size);
    if (range === "broken") return { kind: "whole" };
    if (range) ranges.push(range);
  }
  if (specs.every((spec) => spec === "")) return { kind: "whole" };
  if (ranges.length === 0) return { kind: "unsatisfiable" };
  if (ranges.length === 1) return { kind: "single", range: ranges[0]! };
  const total = ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  return total > size ? { kind: "whole" } : { kind: "multiple", ranges };
}

/** One `first-last`, `first-` or `-suffix`; null when no byte of the content is in it. */
function parseSpec(spec: string, size: number): ByteRange | "broken" | null {
  const [, first, last] = /^(\d*)-(\d*)$/.exec(spec) ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return "broken";
  if (first === "") {
    const suffix = Number(last);
    return suffix === 0 || size === 0 ? null : { start: Math.max(0, size - suffix), end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Number(last);
  if (last !== "" && end < start) return "broken";
  return start >= size ? null : { start, end: Math.min(end, size - 1) };
}
