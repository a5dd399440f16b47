/** Times as the tables hold them: UTC, ISO 8601, microseconds, `Z`; text that sorts by time. */

export function timestamp(date: Date): string {
  return date.toISOString().replace("Z", "000Z");
}

/** Reads an RFC 3339 time and cuts it to microseconds. Null when it is not a time. */
export function readTime(text: string): string | null {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) return null;
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? "";
  const micros = fraction.padEnd(6, "0").slice(0, 6);
  return `${new Date(milliseconds).toISOString().slice(0, 19)}.${micros}Z`;
}
