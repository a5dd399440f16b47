import { setTimeout as pause } from "node:timers/promises";

/** Lets so many bytes a second pass; 0 is no limit. */
export type Throttle = (bytes: number, signal: AbortSignal) => Promise<void>;

export function makeThrottle(bytesPerSecond: number): Throttle {
  let free = performance.now();
  return async (bytes, signal) => {
    signal.throwIfAborted();
    if (bytesPerSecond === 0) return;
    free = Math.max(free, performance.now()) + (bytes / bytesPerSecond) * 1000;
    const wait = free - performance.now();
    // Timers are not exact to the millisecond; the rest is waited for later.
    if (wait > 20) await pause(wait, undefined, { signal });
  };
}
