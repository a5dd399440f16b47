import { type CreateTableBuilder, type Kysely, sql } from "kysely";

function owned<T extends string>(table: CreateTableBuilder<T, never>) {
  return table
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull());
}

/** Stores of organizations, in which store each content is, and moves between them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await owned(db.schema.createTable("content_stores"))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("url", "text", (column) => column.notNull())
    .addColumn("sealed_credentials", "text")
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("last_test", "text")
    .addPrimaryKeyConstraint("content_stores_pk", ["organization_id", "id"])
    .addCheckConstraint("content_stores_state", sql`state in ('active', 'inactive')`)
    .execute();
  await db.schema
    .createIndex("content_stores_one_active")
    .unique()
    .on("content_stores")
    .column("organization_id")
    .where(sql.ref("state"), "=", sql.lit("active"))
    .execute();

  await owned(db.schema.createTable("content_moves"))
    .addColumn("from_store_id", "text")
    .addColumn("to_store_id", "text")
    .addColumn("artifact_id", "text")
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("moved_binaries", "integer", (column) => column.notNull())
    .addColumn("moved_bytes", "bigint", (column) => column.notNull())
    .addColumn("last_error", "text")
    .addColumn("ended_at", "text")
    .addPrimaryKeyConstraint("content_moves_pk", ["organization_id", "id"])
    .addCheckConstraint("content_moves_state", sql`state in ('running', 'paused', 'done', 'cancelled')`)
    .execute();
  for (const table of ["content_stores", "content_moves"]) {
    await db.schema
      .createIndex(`${table}_by_time`)
      .on(table)
      .columns(["organization_id", "inserted_at", "id"])
      .execute();
  }
  await db.schema
    .createIndex("content_moves_at_work")
    .on("content_moves")
    .column("state")
    .where(sql.ref("state"), "=", sql.lit("running"))
    .execute();

  await db.schema
    .createTable("content_copies")
    .addColumn("organization_id", "text", (column) => column.notNull())
    .addColumn("move_id", "text", (column) => column.notNull())
    .addColumn("binary_id", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("file", "text", (column) => column.notNull())
    .addColumn("dropped", "integer", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("content_copies_pk", ["organization_id", "move_id", "binary_id", "file"])
    .addForeignKeyConstraint("content_copies_move", ["organization_id", "move_id"], "content_moves", [
      "organization_id",
      "id",
    ])
    .execute();

  await db.schema.alterTable("binaries").addColumn("store_id", "text").execute();
  await db.schema
    .createIndex("binaries_by_store")
    .on("binaries")
    .columns(["organization_id", "store_id", "id"])
    .execute();
  await widenDiscarded(db);
}

/** Its key names the store now, and the file where it isn't the whole place. What the release before inserts still fits. */
async function widenDiscarded(db: Kysely<unknown>): Promise<void> {
  // First of all, so that on PostgreSQL nobody writes to it meanwhile.
  await db.schema.alterTable("discarded_content").renameTo("discarded_content_before").execute();
  await db.schema
    .createTable("discarded_content")
    .addColumn("organization_id", "text", (column) => column.notNull())
    .addColumn("binary_id", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("store_id", "text", (column) => column.notNull().defaultTo(""))
    .addColumn("file", "text", (column) => column.notNull().defaultTo(""))
    .addColumn("due_at", "text", (column) => column.notNull().defaultTo(""))
    .addPrimaryKeyConstraint("discarded_content_key", ["organization_id", "binary_id", "revision", "store_id", "file"])
    .execute();
  await sql`
    insert into discarded_content (organization_id, binary_id, revision, inserted_at)
    select organization_id, binary_id, revision, inserted_at from discarded_content_before`.execute(db);
  await db.schema.dropTable("discarded_content_before").execute();
  await db.schema
    .createIndex("discarded_content_due")
    .on("discarded_content")
    .columns(["due_at", "organization_id", "binary_id", "revision", "store_id", "file"])
    .execute();
}
