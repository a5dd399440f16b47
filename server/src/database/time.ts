/** Times as the tables hold them: UTC, ISO 8601, microseconds, `Z`; text that sorts by time. */

export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, -1)}000Z`;
}

/** Reads an RFC 3339 time and cuts it to microseconds. Null when it is not a time, or one of a day that isn't. */
export function readTime(text: string): string | null {
  const milliseconds = Date.parse(text);
  // Date.parse takes 30 February for 2 March.
  const day = text.slice(0, 10);
  const dayExists = Number.isNaN(milliseconds) || new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  if (Number.isNaN(milliseconds) || !dayExists) return null;
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? "";
  const micros = fraction.padEnd(6, "0").slice(0, 6);
  return `${new Date(milliseconds).toISOString().slice(0, 19)}.${micros}Z`;
}

/** When the month of a time ends and the next begins, in UTC. */
export function monthEnd(time: Date): Date {
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 1));
}
