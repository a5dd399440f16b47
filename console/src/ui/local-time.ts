/** A time as a field of type `datetime-local` takes it: of this browser's zone, to the minute. */
export function toLocalField(time: string | Date): string {
  const at = new Date(time);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What such a field holds, as the API takes it; null for what is no time. */
export function fromLocalField(text: string): string | null {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** Where that time counts: `Europe/Berlin`. */
export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
