import picocolors from "picocolors";
import { usage } from "./exit.ts";

export const outputForms = ["json", "prn", "table"] as const;
export type OutputForm = (typeof outputForms)[number];

type Row = Record<string, unknown>;

/** Bold only for a person: picocolors alone would also colour where CI is set. */
const { bold } = picocolors.createColors(process.stdout.isTTY === true && !process.env.NO_COLOR);

/**
 * Prints the answer of the API: one line of JSON, its PRNs, or a table for people.
 * @throws Failure 2 when there is no PRN to print
 */
export function print(body: unknown, form: OutputForm = "json"): void {
  if (body === null) return;
  const rows = rowsOf(body as Row);
  if (form === "json") write(JSON.stringify(body));
  else if (form === "prn") for (const row of rows) write(prnOf(row));
  else if (isList(body as Row)) printTable(rows);
  else printFields(rows[0]!);
}

/** Its own PRN; for the user behind a key, that of the organization. */
function prnOf(row: Row): string {
  const prn = row.prn ?? row.organization_prn;
  if (typeof prn === "string") return prn;
  throw usage("there is no PRN in this answer; choose --output json or table");
}

export function write(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A sentence for whoever watches, beside the result. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

function isList(body: Row): boolean {
  return "next_page" in body;
}

/** The objects in an answer, without their wrapper. */
function rowsOf(body: Row): Row[] {
  const [content] = Object.entries(body)
    .filter(([name]) => name !== "next_page")
    .map(([, value]) => value);
  if (Array.isArray(content)) return content as Row[];
  return [typeof content === "object" && content !== null ? (content as Row) : body];
}

function printFields(row: Row): void {
  const width = Math.max(...Object.keys(row).map((name) => name.length));
  for (const [name, value] of Object.entries(row)) write(`${bold(name.padEnd(width))}  ${show(value)}`);
}

/** Columns that tell the most, where there are too many for a line. */
const preferred = [
  ...["prn", "name", "version", "index", "target", "state", "size", "hash"],
  ...[
    "email",
    "username",
    "role",
    "event_type",
    "type",
    "event_subtype",
    "actor_prn",
    "resource_prn",
    "url",
    "attempts",
    "last_error",
    "result",
  ],
  ...["identifier", "tags", "quarantined", "last_connected_at", "archived", "device_count", "common_name", "not_after"],
  ...["algorithm", "keyid", "scopes", "expires_at", "revoked_at", "inserted_at"],
  ...["action", "reasons"],
  ...["start", "group", "requests", "completed", "aborted", "bytes"],
  ...[
    "store",
    "plain_bytes",
    "stored_bytes",
    "deduplicated_bytes",
    "compression_saved_bytes",
    "archived_bytes",
    "unfinished_bytes",
    "delta_bytes",
  ],
  ...["base_url", "ca_path", "api_version"],
];

function printTable(rows: Row[]): void {
  if (rows.length === 0) {
    tell("Nothing found.");
    return;
  }
  const columns = preferred.filter((name) => rows.some((row) => name in row));
  const cells = rows.map((row) => columns.map((name) => shorten(show(row[name]))));
  const widths = columns.map((name, at) => Math.max(name.length, ...cells.map((line) => line[at]!.length)));
  const line = (texts: string[]) =>
    texts
      .map((text, at) => text.padEnd(widths[at]!))
      .join("  ")
      .trimEnd();
  write(bold(line(columns)));
  for (const texts of cells) write(line(texts));
}

function show(value: unknown): string {
  if (value === null || value === undefined) return "-";
  if (typeof value === "string") return value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z$/, "$1Z");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** PRNs are shown whole: they are what the next command needs. */
function shorten(text: string): string {
  return text.startsWith("prn:") || text.length <= 24 ? text : `${text.slice(0, 23)}…`;
}
