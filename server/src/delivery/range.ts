/** Bytes `start` to `end` of a content, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** What a Range header asks for of a content of known size. */
export type RangeRequest =
  | { kind: "whole" }
  | ({ kind: "single" } & ByteRange)
  | { kind: "multiple"; ranges: ByteRange[] }
  | { kind: "unsatisfiable" };

/** More than any client has a use for; RFC 9110 § 14.2 and § 17.15 let a server ignore the rest. */
const maxRanges = 50;

/**
 * Reads a Range header (RFC 9110 § 14.2) for a content of `size` bytes. What can't be read, another unit, and what would
 * send more than the content itself is ignored, as § 14.2 allows: the answer is then the whole. Ranges stay in the
 * order of the request; one that overlaps or follows right after the one before it becomes one with it (§ 15.3.7.2).
 */
export function parseRange(header: string | undefined, size: number): RangeRequest {
  const specs = header === undefined ? null : rangeSpecs(header);
  if (!specs || specs.length > maxRanges) return { kind: "whole" };

  const ranges: ByteRange[] = [];
  for (const spec of specs) {
    const range = resolve(spec, BigInt(size));
    if (range === "invalid") return { kind: "whole" };
    if (range !== "unsatisfiable") ranges.push(range);
  }
  // § 14.1.2: of nothing, "the last n bytes" are the whole, and no Content-Range can say so.
  if (size === 0 && ranges.length > 0) return { kind: "whole" };
  if (ranges.reduce((sum, range) => sum + lengthOf(range), 0) > size) return { kind: "whole" };

  const [first, ...more] = coalesce(ranges);
  if (!first) return { kind: "unsatisfiable" };
  return more.length === 0 ? { kind: "single", ...first } : { kind: "multiple", ranges: [first, ...more] };
}

export function lengthOf({ start, end }: ByteRange): number {
  return end - start + 1;
}

/** The range-specs of `bytes=…`; null for another unit or an empty set. Empty list elements are skipped (§ 5.6.1.2). */
function rangeSpecs(header: string): string[] | null {
  const set = /^bytes=(.*)$/is.exec(header)?.[1];
  const specs = set?.split(",").filter((element) => !/^[ \t]*$/.test(element));
  return specs?.length ? specs : null;
}

/** One range-spec (§ 14.1.1) against a size. Positions may have any number of digits. */
function resolve(spec: string, size: bigint): ByteRange | "invalid" | "unsatisfiable" {
  const [, first, last] = /^[ \t]*(\d*)-(\d*)[ \t]*$/.exec(spec) ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return "invalid";
  if (first === "") {
    const length = BigInt(last);
    if (length === 0n) return "unsatisfiable";
    return { start: Number(length < size ? size - length : 0n), end: Number(size - 1n) };
  }
  const start = BigInt(first);
  const end = last === "" ? size - 1n : BigInt(last);
  if (last !== "" && end < start) return "invalid";
  if (start >= size) return "unsatisfiable";
  return { start: Number(start), end: Number(end < size ? end : size - 1n) };
}

function coalesce(ranges: readonly ByteRange[]): ByteRange[] {
  const result: ByteRange[] = [];
  for (const { start, end } of ranges) {
    const before = result.at(-1);
    if (before && start >= before.start && start <= before.end + 1) before.end = Math.max(before.end, end);
    else result.push({ start, end });
  }
  return result;
}
