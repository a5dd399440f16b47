import { wait } from "../../retry.ts";

/** Resolves when so many more bytes may have come. */
export type Throttle = (bytes: number, signal: AbortSignal) => Promise<void>;

/** @param rate bytes a second, for all that share it; null for no limit */
export function makeThrottle(rate: number | null): Throttle {
  if (rate === null) return async () => {};
  let free = 0;
  return async (bytes, signal) => {
    const now = performance.now();
    const pause = Math.max(0, free - now);
    free = Math.max(free, now) + (bytes * 1000) / rate;
    if (pause > 0) await wait(pause, signal);
  };
}
