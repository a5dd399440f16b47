import { expect, it } from "vitest";
import { retryPause } from "./outcome.ts";

it("pauses grow from seconds to hours, each shortened by chance, and end within three days in a bounded number", () => {
  expect([1, 2, 3].map((attempts) => retryPause(attempts, 1))).toEqual([5_000, 10_000, 20_000]);
  expect(retryPause(1, 0)).toBe(2_500);
  expect(retryPause(100, 1)).toBe(6 * 3_600_000);
  let passed = 0;
  let attempts = 0;
  while (passed < 3 * 86_400_000) passed += retryPause(++attempts, 0);
  expect(attempts).toBeLessThan(50);
});
