import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRange } from "./range.ts";

const whole = { kind: "whole" };
const unsatisfiable = { kind: "unsatisfiable" };
const single = (start: number, end: number) => ({ kind: "single", start, end });
const multiple = (...pairs: [number, number][]) => ({
  kind: "multiple",
  ranges: pairs.map(([start, end]) => ({ start, end })),
});

type Spec = { first: number | null; last: number | null };

/** Positions of a small content that one range-spec asks for, looked at one by one; null when it is not valid. */
function positions({ first, last }: Spec, size: number): number[] | null {
  if (first === null && last === null) return null;
  if (first !== null && last !== null && last < first) return null;
  const all = Array.from({ length: size }, (_, position) => position);
  if (first === null) return all.filter((position) => position >= size - last!);
  return all.filter((position) => position >= first && (last === null || position <= last));
}

/** The positions that an answer sends, in its order. */
function sent(header: string, size: number): number[] | string {
  const answer = parseRange(header, size);
  if (answer.kind === "whole" || answer.kind === "unsatisfiable") return answer.kind;
  const ranges = answer.kind === "single" ? [answer] : answer.ranges;
  return ranges.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, i) => start + i));
}

const position = fc.option(fc.nat(25));
const specs = fc.array(fc.record({ first: position, last: position }), { minLength: 1, maxLength: 6 });
const written = (specs: Spec[]) => `bytes=${specs.map(({ first, last }) => `${first ?? ""}-${last ?? ""}`).join(",")}`;

describe("a Range header", () => {
  it("sends the positions that a slow reading of the RFC sends", () => {
    fc.assert(
      fc.property(specs, fc.integer({ min: 1, max: 20 }), (specs, size) => {
        const asked = specs.map((spec) => positions(spec, size));
        const total = asked.reduce((sum, positions) => sum + (positions?.length ?? 0), 0);
        const expected = () => {
          if (asked.includes(null) || total > size) return "whole";
          if (total === 0) return "unsatisfiable";
          const inOrder = asked.flatMap((positions) => positions!);
          return [...new Set(inOrder)];
        };
        const answer = sent(written(specs), size);
        // Overlaps of ranges that don't follow each other are sent twice: compare them as a set, in order of first sight.
        expect(Array.isArray(answer) ? [...new Set(answer)] : answer).toEqual(expected());
      }),
      { numRuns: 5000 },
    );
  });

  it("never sends more than the content, nor positions outside of it", () => {
    const header = fc.oneof(specs.map(written), fc.string(), fc.stringMatching(/^bytes=[-0-9, ]*$/));
    fc.assert(
      fc.property(header, fc.nat(20), (header, size) => {
        const answer = sent(header, size);
        if (!Array.isArray(answer)) return;
        expect(answer.length).toBeLessThanOrEqual(size);
        expect(answer.every((position) => position >= 0 && position < size)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    [undefined, whole],
    ["", whole],
    ["bytes", whole],
    ["bytes=", whole],
    ["bytes=,", whole],
    ["bytes=-", whole],
    ["bytes=0", whole],
    ["bytes=a-b", whole],
    ["bytes=0-1;", whole],
    ["bytes=0 - 1", whole],
    ["bytes =0-1", whole],
    ["bytes=0x0-0x1", whole],
    ["bytes=+0-1", whole],
    ["bytes=0-1-2", whole],
    ["bytes=٠-١", whole],
    ["bytes=5-4", whole],
    ["bytes=0-1,5-4", whole],
    ["items=0-1", whole],
    ["bytes=0-0", single(0, 0)],
    ["Bytes=0-0", single(0, 0)],
    ["bytes= 0-0", single(0, 0)],
    ["bytes=,\t0-0 ,,", single(0, 0)],
    ["bytes=00-007", single(0, 7)],
    ["bytes=0-", single(0, 999)],
    ["bytes=999-", single(999, 999)],
    ["bytes=990-5000", single(990, 999)],
    ["bytes=-1", single(999, 999)],
    ["bytes=-5000", single(0, 999)],
    ["bytes=-0", unsatisfiable],
    ["bytes=1000-", unsatisfiable],
    ["bytes=1000-1001,-0", unsatisfiable],
    ["bytes=1000-,0-4", single(0, 4)],
    ["bytes=0-4,10-14", multiple([0, 4], [10, 14])],
    ["bytes=10-14,0-4", multiple([10, 14], [0, 4])],
    ["bytes=0-4,-5", multiple([0, 4], [995, 999])],
    ["bytes=0-4,5-9", single(0, 9)],
    ["bytes=0-4,3-9,20-29", multiple([0, 9], [20, 29])],
    ["bytes=5-9,0-4", multiple([5, 9], [0, 4])],
    ["bytes=0-9,2-3", single(0, 9)],
  ])("%j of 1000 bytes is read as %j", (header, expected) => {
    expect(parseRange(header, 1000)).toEqual(expected);
  });

  it("of nothing at all gives nothing, or is out of reach", () => {
    expect(parseRange("bytes=-5", 0)).toEqual(whole);
    expect(parseRange("bytes=0-", 0)).toEqual(unsatisfiable);
    expect(parseRange("bytes=0-0", 0)).toEqual(unsatisfiable);
    expect(parseRange("bytes=-0", 0)).toEqual(unsatisfiable);
  });

  it("is exact for numbers beyond 2^53", () => {
    const size = Number.MAX_SAFE_INTEGER;
    expect(parseRange("bytes=9007199254740990-", size)).toEqual(single(size - 1, size - 1));
    expect(parseRange("bytes=9007199254740991-", size)).toEqual(unsatisfiable);
    expect(parseRange("bytes=9007199254740993-9007199254740992", size)).toEqual(whole);
    expect(parseRange("bytes=9007199254740992-9007199254740993", size)).toEqual(unsatisfiable);
    expect(parseRange(`bytes=1-${"9".repeat(8000)}`, size)).toEqual(single(1, size - 1));
    expect(parseRange(`bytes=-${"9".repeat(8000)}`, size)).toEqual(single(0, size - 1));
  });

  it("that is an attack gets the whole, once", () => {
    const ranges = (count: number) => Array.from({ length: count }, (_, i) => `${i * 10}-${i * 10}`).join(",");
    expect(parseRange(`bytes=${ranges(50)}`, 1000)).toMatchObject({ kind: "multiple" });
    expect(parseRange(`bytes=${ranges(51)}`, 1000)).toEqual(whole);
    expect(parseRange("bytes=0-,0-", 1000)).toEqual(whole);
    expect(parseRange("bytes=0-,-1", 1000)).toEqual(whole);
    const before = performance.now();
    parseRange(`bytes=${" \t".repeat(8000)}0-1`, 1000);
    parseRange(`bytes=0${" \t".repeat(8000)}-1`, 1000);
    parseRange(`bytes=${"1".repeat(16_000)}-`, 1000);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
