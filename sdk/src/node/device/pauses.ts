/** Milliseconds of the first pause after an error; doubled each time. */
export const firstPause = 1_000;

/**
 * A pause that varies, so that devices that were switched on together don't ask together.
 * @param pause milliseconds @param jitter the share by which it is longer or shorter at most, 0 to 1
 */
export function varied(pause: number, jitter: number): number {
  return pause * (1 + jitter * (2 * Math.random() - 1));
}

/**
 * Milliseconds until the next try: doubled with each error up to the usual pause between two polls, half of it left to
 * chance; longer when the server says so.
 * @param errors how many there were in a row before this one @param retryAfter milliseconds, of `Retry-After`
 */
export function pauseAfterError(errors: number, pollInterval: number, retryAfter: number): number {
  const longest = Math.max(pollInterval, firstPause);
  return Math.max(Math.min(firstPause * 2 ** errors, longest) * (0.5 + Math.random() / 2), retryAfter);
}
