import type { Device } from "./device.ts";
import type { Offer } from "./offer.ts";
import type { Failure } from "./state.ts";

/** Milliseconds: the longest time that a failed update isn't tried again. */
const longest = 86_400_000;

/** Tries after which only another offer helps. */
const maxTries = 5;

function isSame(failure: Failure | null, offer: Offer): failure is Failure {
  return failure?.bundle_prn === offer.bundle_prn && failure.release_prn === (offer.release?.prn ?? null);
}

/** Puts a failed update off: a poll, two, four and so on; `retryAt` null: for good. */
export function holdOff(device: Device, offer: Offer, reason: string, retryAt?: null): Failure {
  const { failure } = device.state;
  const tries = isSame(failure, offer) ? failure.tries + 1 : 1;
  const pause = Math.min(device.options.pollInterval * 2 ** (tries - 1), longest);
  const isOver = retryAt === null || tries >= maxTries;
  return {
    bundle_prn: offer.bundle_prn,
    release_prn: offer.release?.prn ?? null,
    reason,
    tries,
    retry_at: isOver ? null : new Date(Date.now() + pause).toISOString(),
  };
}

/** Why an offer isn't taken now; null when it is. */
export function heldOff({ state }: Device, offer: Offer): string | null {
  const { failure } = state;
  if (!isSame(failure, offer)) return null;
  if (failure.retry_at === null) return `it failed and isn't tried again: ${failure.reason}`;
  return Date.parse(failure.retry_at) > Date.now()
    ? `it failed and waits until ${failure.retry_at}: ${failure.reason}`
    : null;
}
