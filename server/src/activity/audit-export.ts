import { Readable } from "node:stream";
import { type AuditHead, type AuditLog, type ExportQuery, searchKeys } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { searchConditions } from "../database/search.ts";
import type { AuditLogRow, Tables } from "../database/tables.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { signedHead } from "./audit-head.ts";
import { auditList } from "./audit-logs.ts";
import { showEntry } from "./trail.ts";

/** Entries read at once: an export of any length needs the memory of this many. */
const batch = 500;

/**
 * The trail as lines, from its head as it is now back to where it was asked for; what is written meanwhile isn't in it.
 * @throws ApiError 400 for a bad search
 */
export async function exportTrail(
  platform: Platform,
  principal: Principal,
  query: ExportQuery,
): Promise<{ type: string; lines: Readable }> {
  const head = await signedHead(platform, principal.organizationId);
  const rows = entriesUpTo(platform.db, principal.organizationId, head.sequence, query);
  if (query.format === "csv")
    return { type: "text/csv; charset=utf-8; header=present", lines: Readable.from(csv(rows)) };
  const complete = query.search === undefined;
  return { type: "application/x-ndjson", lines: Readable.from(ndjson(rows, complete ? head : null)) };
}

function entriesUpTo(
  db: Kysely<Tables>,
  organizationId: string,
  last: number,
  { from_sequence = 1, search }: ExportQuery,
): AsyncIterable<AuditLog[]> {
  const condition = searchConditions(db, search, searchKeys.audit_logs, auditList.columns, organizationId);
  const read = (first: number): Promise<AuditLogRow[]> =>
    db
      .selectFrom("audit_logs")
      .selectAll()
      .where("organization_id", "=", organizationId)
      .where("sequence", ">=", first)
      .where("sequence", "<=", last)
      .where(condition)
      .orderBy("sequence")
      .limit(batch)
      .execute();
  return (async function* () {
    for (let first = from_sequence; first <= last; ) {
      const rows = await read(first);
      if (rows.length === 0) return;
      yield rows.map(showEntry);
      first = Number(rows.at(-1)!.sequence) + 1;
    }
  })();
}

async function* ndjson(batches: AsyncIterable<AuditLog[]>, head: AuditHead | null): AsyncGenerator<string> {
  for await (const entries of batches) yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
  if (head) yield `${JSON.stringify({ audit_head: head })}\n`;
}

const columns = [
  ...["sequence", "inserted_at", "actor_prn", "actor_name", "address", "user_agent", "request_id", "type", "subtype"],
  ...["resource_prn", "result", "before", "after", "prn", "organization_prn", "previous_hash", "hash"],
] as const satisfies (keyof AuditLog)[];

/** RFC 4180. */
async function* csv(batches: AsyncIterable<AuditLog[]>): AsyncGenerator<string> {
  yield `${columns.join(",")}\r\n`;
  for await (const entries of batches) {
    yield entries.map((entry) => `${columns.map((column) => cell(entry[column])).join(",")}\r\n`).join("");
  }
}

/** Clients choose names and user agents: one that a spreadsheet would take for a formula is kept text by an apostrophe. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
