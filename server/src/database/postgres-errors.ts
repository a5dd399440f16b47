/** What PostgreSQL says went wrong. Source: its manual, appendix A: SQLSTATE codes. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** The transaction was in another's way and was undone: serialization_failure, deadlock_detected. */
export function isSerializationFailure(error: unknown): boolean {
  return ["40001", "40P01"].includes(codeOf(error));
}

/** Of the connection, by SQLSTATE class 08 and 57P, or by the socket. */
const lost = /^(08\w{3}|57P0[1-5]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;
/** What the driver says without a code. */
const lostWords = /connection terminated|client has encountered a connection error|server closed the connection/i;
/** The server that was the primary takes no writes any more: read_only_sql_transaction. */
const demoted = "25006";

/** The connection is gone, or leads to a server that is going down, coming up, or was replaced by another. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  return lost.test(code) || code === demoted || (error instanceof Error && lostWords.test(error.message));
}

/** The columns of the unique key that a write broke, as `table.column`; none for other errors. */
export function takenColumns(error: unknown): string[] {
  if (codeOf(error) !== "23505") return [];
  const { table, detail } = error as { table?: string; detail?: string };
  // "Key (organization_id, name)=(…) already exists.", in the server's language.
  const columns = /\(([^)]*)\)=\(/.exec(detail ?? "")?.[1] ?? "";
  return columns.split(", ").map((column) => `${table}.${column}`);
}
