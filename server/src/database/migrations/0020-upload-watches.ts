import { type Kysely, sql } from "kysely";

/** When an upload was last seen at work, and when it was told that it is about to be removed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("upload_watches")
    .addColumn("organization_id", "text", (column) => column.notNull())
    .addColumn("binary_id", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("seen_at", "text")
    .addColumn("warned_at", "text")
    .addPrimaryKeyConstraint("upload_watches_pk", ["organization_id", "binary_id"])
    .addForeignKeyConstraint(
      "upload_watches_binary",
      ["organization_id", "binary_id"],
      "binaries",
      ["organization_id", "id"],
      (key) => key.onDelete("cascade"),
    )
    .execute();
  await db.schema
    .createIndex("binaries_in_upload")
    .on("binaries")
    .columns(["updated_at", "organization_id", "id"])
    .where(sql<boolean>`state = 'uploadable' and (reserved_bytes > 0 or upload_id is not null)`)
    .execute();
}
