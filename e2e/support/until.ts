import { setTimeout as pause } from "node:timers/promises";

/** Looks again and again until `look` finds something. @throws after `seconds`, with what was waited for. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  seconds = 60,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== false && found !== null && found !== undefined) return found as Exclude<T, false | null | undefined>;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await pause(5);
  }
}
