import { type Kysely, sql } from "kysely";

/** What an organization sent by the day, so that nobody has to sum up its binaries. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("download_days")
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("requests", "bigint", (column) => column.notNull())
    .addColumn("completed", "bigint", (column) => column.notNull())
    .addColumn("bytes", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("download_days_pk", ["organization_id", "day"])
    .execute();
  await sql`
    insert into download_days (organization_id, day, requests, completed, bytes)
    select organization_id, substr(start, 1, 10), sum(requests), sum(completed), sum(bytes)
    from download_statistics group by 1, 2`.execute(db);
}
