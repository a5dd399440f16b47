import { describe, expect, it } from "vitest";
import { speedometer } from "./speed.ts";

describe("the speed of an upload", () => {
  function measured(...seen: [at: number, bytes: number][]) {
    let now = 0;
    const measure = speedometer(() => now);
    return seen.map(([at, bytes]) => {
      now = at;
      return measure(bytes);
    });
  }

  it("isn't known at first", () => {
    expect(measured([0, 0], [499, 1_000])).toEqual([null, null]);
  });

  it("is bytes a second", () => {
    expect(measured([0, 0], [500, 1_000], [1_000, 3_000])).toEqual([null, 2_000, 3_000]);
  });

  it("forgets what was long ago: a stalled upload slows down, and recovers", () => {
    const speeds = measured([0, 0], [1_000, 10_000], [8_000, 10_000], [16_000, 10_000], [17_000, 12_000]);
    expect(speeds.slice(2)).toEqual([0, 0, 2_000]);
  });
});
