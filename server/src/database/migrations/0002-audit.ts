import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("audit_logs")
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("sequence", "bigint", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("actor_prn", "text")
    .addColumn("actor_name", "text", (column) => column.notNull())
    .addColumn("address", "text")
    .addColumn("user_agent", "text")
    .addColumn("request_id", "text")
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("subtype", "text", (column) => column.notNull())
    .addColumn("resource_prn", "text", (column) => column.notNull())
    .addColumn("before", "text")
    .addColumn("after", "text")
    .addColumn("result", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("previous_hash", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("audit_logs_pk", ["organization_id", "sequence"])
    .addUniqueConstraint("audit_logs_id", ["organization_id", "id"])
    .addCheckConstraint("audit_logs_result", sql`result in ('done', 'denied', 'failed')`)
    .execute();
  for (const column of ["resource_prn", "actor_prn"]) {
    await db.schema
      .createIndex(`audit_logs_by_${column}`)
      .on("audit_logs")
      .columns(["organization_id", column, "inserted_at", "id"])
      .execute();
  }
  await db.schema
    .createIndex("audit_logs_by_time")
    .on("audit_logs")
    .columns(["organization_id", "inserted_at", "id"])
    .execute();

  await db.schema
    .createTable("audit_heads")
    .addColumn("organization_id", "text", (column) => column.primaryKey().references("organizations.id"))
    .addColumn("sequence", "bigint", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute();

  await db.schema
    .createTable("audit_keys")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("public_key", "text", (column) => column.notNull())
    .addColumn("sealed_secret", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .execute();
}
