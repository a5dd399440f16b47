import { type Kysely, sql } from "kysely";

const own = <N extends string>(id: N): ["organization_id", N] => ["organization_id", id];

/** What turns one binary into another, releases for which such are to be looked for, and what they saved. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("deltas")
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull())
    .addColumn("from_binary_id", "text", (column) => column.notNull())
    .addColumn("to_binary_id", "text", (column) => column.notNull())
    .addColumn("algorithm", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("size", "bigint")
    .addColumn("hash", "text")
    .addColumn("store_id", "text")
    .addColumn("file", "text")
    .addColumn("detail", "text")
    .addColumn("tries", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("next_try_at", "text", (column) => column.notNull())
    .addColumn("downloaded_bytes", "bigint", (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint("deltas_pk", ["organization_id", "id"])
    .addUniqueConstraint("deltas_once", ["organization_id", "to_binary_id", "from_binary_id", "algorithm"])
    .addForeignKeyConstraint("deltas_from", own("from_binary_id"), "binaries", own("id"), (key) =>
      key.onDelete("cascade"),
    )
    .addForeignKeyConstraint("deltas_to", own("to_binary_id"), "binaries", own("id"), (key) => key.onDelete("cascade"))
    .execute();
  await db.schema
    .createIndex("deltas_by_time")
    .on("deltas")
    .columns(["organization_id", "inserted_at", "id"])
    .execute();
  await db.schema.createIndex("deltas_by_from").on("deltas").columns(own("from_binary_id")).execute();
  await db.schema
    .createIndex("deltas_to_make")
    .on("deltas")
    .column("next_try_at")
    .where(sql.ref("state"), "=", sql.lit("waiting"))
    .execute();

  await db.schema
    .createTable("delta_plans")
    .addColumn("organization_id", "text", (column) => column.notNull())
    .addColumn("release_id", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("delta_plans_pk", ["organization_id", "release_id"])
    .addForeignKeyConstraint("delta_plans_release", own("release_id"), "releases", own("id"), (key) =>
      key.onDelete("cascade"),
    )
    .execute();

  await db.schema
    .alterTable("organization_usage")
    .addColumn("delta_saved_bytes", "bigint", (column) => column.notNull().defaultTo(0))
    .execute();
}
