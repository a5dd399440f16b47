/** Names of the hour, day and month of a time, all in UTC, which sort by time. */

/** `2026-01-31T13:00:00.000000Z`, as the tables hold times. */
export function hourOf(time: Date): string {
  return `${time.toISOString().slice(0, 13)}:00:00.000000Z`;
}

/** `2026-01-31` */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** `2026-01` */
export function monthOf(time: Date): string {
  return time.toISOString().slice(0, 7);
}

/** Milliseconds. */
export const anHour = 3_600_000;
export const aDay = 24 * anHour;
