import { type Kysely, sql } from "kysely";

/** Content that must not be served, and how far checks of all content are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("binaries").addColumn("quarantine", "text").execute();
  await db.schema
    .createIndex("binaries_in_quarantine")
    .on("binaries")
    .columns(["organization_id", "id"])
    .where(sql<boolean>`quarantine is not null`)
    .execute();
  await db.schema
    .createTable("content_checks")
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("started_at", "text", (column) => column.notNull())
    .addColumn("position", "text")
    .addColumn("checked_binaries", "bigint", (column) => column.notNull())
    .addColumn("checked_bytes", "bigint", (column) => column.notNull())
    .addColumn("findings", "bigint", (column) => column.notNull())
    .addColumn("completed_at", "text")
    .addColumn("last_completed_at", "text")
    .addPrimaryKeyConstraint("content_checks_pk", ["name"])
    .execute();
}
