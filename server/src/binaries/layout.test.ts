import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guessPartSize, impossiblePart, layOut, offsetOf } from "./layout.ts";

const mebibyte = 1_048_576;
const smallest = 5 * mebibyte;

describe("the place of a part", () => {
  const uploads = fc
    .record({ partSize: fc.integer({ min: smallest, max: 20 * mebibyte }), whole: fc.integer({ min: 1, max: 2e9 }) })
    .map(({ partSize, whole }) => ({ partSize, whole, count: Math.ceil(whole / partSize) }));

  it("is right from the first part that is announced, if that isn't the last", () => {
    fc.assert(
      fc.property(uploads, fc.nat(), ({ partSize, whole, count }, at) => {
        fc.pre(count > 1);
        const index = 1 + (at % (count - 1));
        expect(guessPartSize(index, partSize, whole)).toBe(partSize);
      }),
    );
  });

  it("is also right from a last part that is too small to be another", () => {
    expect(guessPartSize(3, 1_514_240, 12_000_000)).toBe(5_242_880);
  });

  it("never overlaps another's, whatever the guess", () => {
    const size = fc.integer({ min: 1, max: 20 * mebibyte });
    fc.assert(
      fc.property(size, fc.array(size, { minLength: 2, maxLength: 20 }), (guess, sizes) => {
        const placed = sizes
          .map((bytes, at) => ({ start: offsetOf(at + 1, bytes, guess), bytes }))
          .filter((part): part is { start: number; bytes: number } => part.start !== null);
        for (const [at, part] of placed.entries()) {
          const next = placed[at + 1];
          if (next) expect(part.start + part.bytes).toBeLessThanOrEqual(next.start);
        }
      }),
    );
  });
});

describe("a part that can't be", () => {
  it.each([
    [1, 1, smallest * 2, /must be at least 5242880 for every part but the last; got 1 for part 1/],
    [2, smallest, smallest, /it leaves 0 for the 1 before it, which need 5242880 each; got 5242880/],
    [1, smallest + 1, smallest, /must be at most the binary.s 5242880 bytes; got 5242881/],
    [3, 100, smallest + 100, /must be at least 5242880 for every part but the last/],
  ])("part %i of %i bytes in %i", (index, size, whole, problem) => {
    expect(impossiblePart(index, size, whole)).toMatch(problem);
  });

  it.each([
    [1, 1, 1],
    [1, smallest, smallest],
    [2, 1, smallest + 1],
    [2, 1, 5_368_709_120 + 1],
    [10_000, 5_368_709_120, 53_687_091_200_000],
  ])("but part %i of %i bytes in %i can", (index, size, whole) => {
    expect(impossiblePart(index, size, whole)).toBeNull();
  });
});

describe("the layout of complete parts", () => {
  const part = (part_index: number, size: number, where: { spill?: string; content_offset?: number }) => ({
    part_index,
    size,
    hash: "",
    state: "valid" as const,
    spill: where.spill ?? null,
    content_offset: where.content_offset ?? null,
  });

  it("is done when every part is at its place", () => {
    const layout = layOut([part(1, 10, { content_offset: 0 }), part(2, 4, { content_offset: 10 })], "new");
    expect(layout).toMatchObject({ file: "content", inPlace: true });
  });

  it("takes spilled parts into the same file", () => {
    const layout = layOut([part(1, 10, { spill: "s" }), part(2, 4, { content_offset: 10 })], "new");
    expect(layout).toMatchObject({ file: "content", inPlace: false });
    expect(layout.pieces[0]).toEqual({ file: "s", offset: 0, size: 10 });
  });

  it("needs a new file when a part lies at a wrong offset", () => {
    const layout = layOut([part(1, 10, { content_offset: 0 }), part(2, 4, { content_offset: 20 })], "new");
    expect(layout).toMatchObject({ file: "new", inPlace: false });
    expect(layout.pieces[1]).toEqual({ file: "content", offset: 20, size: 4 });
  });
});
