/** SQLite's extended result codes for a broken unique or primary key constraint. */
const uniqueViolations = new Set([2067, 1555]);

/** Whether a write failed because a unique key is taken; `name` is matched against the message. */
export function isTaken(error: unknown, ...columns: string[]): boolean {
  if (!(error instanceof Error) || !("errcode" in error) || !uniqueViolations.has(Number(error.errcode))) return false;
  return columns.every((column) => error.message.includes(column));
}
