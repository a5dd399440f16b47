import { invalid } from "@open-peridio/contract";
import { readTime } from "../database/time.ts";

/** A time of a request's field, as the tables hold it. @throws ApiError 422 for a day that doesn't exist */
export function requiredTime(field: string, text: string): string {
  const time = readTime(text);
  if (time === null) throw invalid(field, `must be a time that exists, such as 2026-01-31T00:00:00Z; got '${text}'`);
  return time;
}
