import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("download_statistics")
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("binary_id", "text", (column) => column.notNull())
    .addColumn("start", "text", (column) => column.notNull())
    .addColumn("hours", "integer", (column) => column.notNull())
    .addColumn("country", "text", (column) => column.notNull())
    .addColumn("user_agent", "text", (column) => column.notNull())
    .addColumn("maker", "text", (column) => column.notNull())
    .addColumn("requests", "bigint", (column) => column.notNull())
    .addColumn("completed", "bigint", (column) => column.notNull())
    .addColumn("bytes", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("download_statistics_pk", [
      "organization_id",
      "binary_id",
      "start",
      "hours",
      "country",
      "user_agent",
      "maker",
    ])
    .execute();
  await db.schema
    .createIndex("download_statistics_by_age")
    .on("download_statistics")
    .columns(["hours", "start"])
    .execute();

  await db.schema
    .createTable("download_months")
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("month", "text", (column) => column.notNull())
    .addColumn("bytes", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("download_months_pk", ["organization_id", "month"])
    .execute();

  await db.schema
    .createTable("download_sources")
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("bytes", "bigint", (column) => column.notNull())
    .addColumn("told", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("download_sources_pk", ["organization_id", "kind", "source", "day"])
    .execute();
  await db.schema.createIndex("download_sources_by_day").on("download_sources").columns(["day"]).execute();
}
