import { isDeepStrictEqual } from "node:util";
import { type Kysely, sql } from "kysely";
import { isPostgres } from "./dialect.ts";
import type { Tables } from "./tables.ts";

/** The key of every table, in an order in which each only refers to those before it. */
const keys = {
  organizations: ["id"],
  users: ["id"],
  api_keys: ["organization_id", "id"],
  artifacts: ["organization_id", "id"],
  retention_rules: ["organization_id", "artifact_id"],
  artifact_versions: ["organization_id", "id"],
  binaries: ["organization_id", "id"],
  binary_parts: ["organization_id", "binary_id", "part_index"],
  upload_watches: ["organization_id", "binary_id"],
  signing_keys: ["organization_id", "id"],
  binary_signatures: ["organization_id", "id"],
  binary_contributors: ["organization_id", "binary_id", "revision", "actor_prn"],
  events: ["organization_id", "id"],
  content_stores: ["organization_id", "id"],
  content_moves: ["organization_id", "id"],
  content_copies: ["organization_id", "move_id", "binary_id", "file"],
  audit_logs: ["organization_id", "sequence"],
  audit_heads: ["organization_id"],
  audit_keys: ["id"],
  organization_usage: ["organization_id"],
  discarded_content: ["organization_id", "binary_id", "revision", "store_id", "file"],
  link_keys: ["id"],
  org_users: ["organization_id", "id"],
  invitations: ["organization_id", "id"],
  user_sessions: ["id"],
  sign_in_attempts: ["key"],
  user_identities: ["issuer", "subject"],
  webhooks: ["organization_id", "id"],
  webhook_deliveries: ["organization_id", "id"],
  webhook_attempts: ["organization_id", "delivery_id", "id"],
  download_statistics: ["organization_id", "binary_id", "start", "hours", "country", "user_agent", "maker"],
  download_months: ["organization_id", "month"],
  download_days: ["organization_id", "day"],
  download_sources: ["organization_id", "kind", "source", "day"],
  products: ["organization_id", "id"],
  cohorts: ["organization_id", "id"],
  devices: ["organization_id", "id"],
  device_certificates: ["organization_id", "id"],
  ca_certificates: ["organization_id", "id"],
  verification_codes: ["organization_id", "code"],
  bundles: ["organization_id", "id"],
  bundle_binaries: ["organization_id", "bundle_id", "position"],
  bundle_signatures: ["organization_id", "id"],
  bundle_overrides: ["organization_id", "id"],
  bundle_override_devices: ["organization_id", "bundle_override_id", "device_id"],
  releases: ["organization_id", "id"],
  release_claims: ["organization_id", "id"],
  cohort_channels: ["organization_id", "cohort_id"],
  deltas: ["organization_id", "id"],
  delta_plans: ["organization_id", "release_id"],
} as const satisfies Record<Copied, readonly string[]>;

/** Not what the migrations say of themselves, nor who is at work right now, nor what triggers keep. */
type Copied = Exclude<keyof Tables, "schema_compatibility" | "leases" | "content_checks" | "binary_metadata">;
type Row = Record<string, unknown>;

/** Parameters of one insert, of which PostgreSQL takes 65,535. */
const maxParameters = 30_000;
/** Rows that are read at once. */
const batch = 1_000;

/**
 * Copies all records from one database into another with the same migrations, and then compares every row. Begun again
 * after it broke off it goes on behind the last row that is there. Nobody can write to the source meanwhile.
 * @param report told of each batch: the table, and its rows so far
 * @throws Error when the target has something else in it, or a row differs
 */
export async function copyDatabase(
  from: Kysely<Tables>,
  to: Kysely<Tables>,
  report: (table: string, rows: number) => void,
): Promise<Record<Copied, number>> {
  // One moment for all tables; in SQLite a transaction is that anyway.
  const reading = isPostgres(from) ? from.transaction().setIsolationLevel("repeatable read") : from.transaction();
  return reading.execute(async (source) => {
    await refuseOthers(source, to);
    const counts: Partial<Record<Copied, number>> = {};
    for (const table of Object.keys(keys) as Copied[]) {
      await copyTable(source, to, table, (rows) => report(table, rows));
    }
    for (const table of Object.keys(keys) as Copied[]) counts[table] = await compareTable(source, to, table);
    return counts as Record<Copied, number>;
  });
}

/** A target in which a server has begun something of its own must not be mixed with the source. */
async function refuseOthers(source: Kysely<Tables>, to: Kysely<Tables>): Promise<void> {
  const ids = async (db: Kysely<Tables>) =>
    (await db.selectFrom("organizations").select("id").execute()).map(({ id }) => id);
  const known = new Set(await ids(source));
  const other = (await ids(to)).find((id) => !known.has(id));
  if (other === undefined) return;
  throw new Error(
    `the target has an organization that the source doesn't have (prn:1:${other}); take an empty database`,
  );
}

async function copyTable(
  source: Kysely<Tables>,
  to: Kysely<Tables>,
  table: Copied,
  report: (rows: number) => void,
): Promise<void> {
  let last = (await page(to, table, null, "desc", 1))[0] ?? null;
  for (let copied = 0; ; ) {
    const rows = await page(source, table, last, "asc", batch);
    if (rows.length === 0) return;
    const atOnce = Math.floor(maxParameters / Object.keys(rows[0]!).length);
    for (let at = 0; at < rows.length; at += atOnce) {
      await to
        .insertInto(table as "organizations")
        .values(rows.slice(at, at + atOnce) as never)
        .execute();
    }
    last = rows.at(-1)!;
    copied += rows.length;
    report(copied);
  }
}

/** Returns how many rows there are. @throws Error for the first that differs */
async function compareTable(source: Kysely<Tables>, to: Kysely<Tables>, table: Copied): Promise<number> {
  let count = 0;
  for (let last: Row | null = null; ; ) {
    const [ours, theirs]: [Row[], Row[]] = [
      await page(source, table, last, "asc", batch),
      await page(to, table, last, "asc", batch),
    ];
    for (let at = 0; at < Math.max(ours.length, theirs.length); at++) {
      if (isDeepStrictEqual({ ...ours[at] }, { ...theirs[at] })) continue;
      const row = ours[at] ?? theirs[at]!;
      const name = keys[table].map((column) => row[column]).join(" ");
      throw new Error(
        `${table} differs at '${name}'; was a server running on it meanwhile? Copy into an empty database`,
      );
    }
    count += ours.length;
    if (ours.length < batch) return count;
    last = ours.at(-1)!;
  }
}

/** Rows behind `after`, in the order of their key. */
async function page(
  db: Kysely<Tables>,
  table: Copied,
  after: Row | null,
  order: "asc" | "desc",
  limit: number,
): Promise<Row[]> {
  const columns = keys[table] as readonly string[];
  let query = db
    .selectFrom(table as "organizations")
    .selectAll()
    .limit(limit);
  for (const column of columns) query = query.orderBy(sql.ref(column), order);
  if (after !== null) {
    const left = sql.join(columns.map((column) => sql.ref(column)));
    query = query.where(sql<boolean>`(${left}) > (${sql.join(columns.map((column) => sql`${after[column]}`))})`);
  }
  return (await query.execute()) as unknown as Row[];
}
