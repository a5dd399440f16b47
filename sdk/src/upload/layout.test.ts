import fc from "fast-check";
import { expect, it } from "vitest";
import { announcedPartSize, choosePartSize, fitsCut, partRanges } from "./layout.ts";

const largestBinary = 53_687_091_200_000;

it("cuts any size into at most 10,000 parts of at least 5 MiB and at most 5 GiB", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: largestBinary }), (size) => {
      const part = choosePartSize(size);
      expect(Math.ceil(size / part)).toBeLessThanOrEqual(10_000);
      expect(part).toBeGreaterThanOrEqual(5_242_880);
      expect(part).toBeLessThanOrEqual(5_368_709_120 + 1_048_576);
    }),
  );
  expect(choosePartSize(largestBinary)).toBe(5_368_709_120);
});

it("leaves no byte out and counts none twice", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 500 }), (size, part) => {
      const ranges = partRanges(size, part);
      expect(ranges.map(({ index }) => index)).toEqual(ranges.map((_, at) => at + 1));
      expect(ranges.reduce((end, range) => (range.start === end ? range.end : Number.NaN), 0)).toBe(size);
    }),
  );
});

it("recognises how an interrupted upload was cut", () => {
  const size = 30_000_000;
  const parts = partRanges(size, 8_000_000).map(({ index, start, end }) => ({ index, size: end - start }));
  expect(announcedPartSize(parts.slice(2, 3), size)).toBe(8_000_000);
  expect(fitsCut(parts, partRanges(size, 8_000_000))).toBe(true);
  expect(fitsCut(parts, partRanges(size, 5_242_880))).toBe(false);
});
