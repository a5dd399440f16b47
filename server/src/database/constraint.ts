import { takenColumns } from "./postgres-errors.ts";

/** SQLite's extended result codes for a broken unique or primary key constraint. */
const uniqueViolations = new Set([2067, 1555]);

/** Whether a write failed because a unique key with this column, such as `artifacts.name`, is taken. */
export function isTaken(error: unknown, column: string): boolean {
  if (!(error instanceof Error)) return false;
  if (!("errcode" in error)) return takenColumns(error).includes(column);
  return uniqueViolations.has(Number(error.errcode)) && error.message.includes(column);
}
