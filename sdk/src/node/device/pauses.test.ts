import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstPause, pauseAfterError, varied } from "./pauses.ts";

const many = <T>(make: () => T): T[] => Array.from({ length: 200 }, make);

describe("the pause between two polls", () => {
  it("varies by the jitter, both ways, and never by more", () => {
    const pauses = many(() => varied(1_000, 0.1));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(900);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(1_100);
    expect(Math.min(...pauses)).toBeLessThan(960);
    expect(Math.max(...pauses)).toBeGreaterThan(1_040);
  });

  it("is always the same without jitter", () => {
    expect(new Set(many(() => varied(1_000, 0)))).toEqual(new Set([1_000]));
  });
});

describe("the pause after an error", () => {
  it("doubles up to the pause between two polls, half of it by chance, and is as long as the server asks for", () => {
    const natural = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(natural(60), natural(3_600_000), natural(10_000), (errors, interval, retryAfter) => {
        const whole = Math.min(firstPause * 2 ** errors, Math.max(interval, firstPause));
        const pause = pauseAfterError(errors, interval, retryAfter);
        expect(pause).toBeGreaterThanOrEqual(Math.max(whole / 2, retryAfter));
        expect(pause).toBeLessThanOrEqual(Math.max(whole, retryAfter));
      }),
    );
  });

  it("differs from device to device", () => {
    expect(new Set(many(() => pauseAfterError(5, 60_000, 0))).size).toBeGreaterThan(100);
  });
});
