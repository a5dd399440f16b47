import { type Kysely, sql } from "kysely";

/** What is archived, what is held until a date, in which class of its store archived content is, and rules of what goes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ["artifacts", "artifact_versions", "binaries"]) {
    await db.schema.alterTable(table).addColumn("archived_at", "text").execute();
    // Lists leave out what is archived, or want only that; either may be rare among all.
    for (const [name, condition] of [
      ["live", sql<boolean>`archived_at is null`],
      ["archived", sql<boolean>`archived_at is not null`],
    ] as const) {
      await db.schema
        .createIndex(`${table}_${name}`)
        .on(table)
        .columns(["organization_id", "inserted_at", "id"])
        .where(condition)
        .execute();
    }
  }
  for (const table of ["artifact_versions", "binaries"]) {
    await db.schema.alterTable(table).addColumn("archived_with", "text").execute();
  }
  for (const table of ["artifacts", "binaries"]) {
    await db.schema.alterTable(table).addColumn("hold_until", "text").execute();
    await db.schema.alterTable(table).addColumn("hold_reason", "text").execute();
  }
  await addClasses(db);
  await addRules(db);
}

async function addClasses(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("binaries").addColumn("archive_class", "text").execute();
  await db.schema
    .alterTable("binaries")
    .addColumn("archive_readable", "integer", (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema.alterTable("binaries").addColumn("archive_step", "text").execute();
  await db.schema
    .createIndex("binaries_to_archive")
    .on("binaries")
    .columns(["store_id", "organization_id", "id"])
    .where(sql<boolean>`archived_at is not null and archive_class is null and content_file is not null`)
    .execute();
  await db.schema
    .createIndex("binaries_between_classes")
    .on("binaries")
    .columns(["organization_id", "id"])
    .where(sql<boolean>`archive_step is not null`)
    .execute();
}

async function addRules(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("retention_rules")
    .addColumn("organization_id", "text", (column) => column.notNull())
    .addColumn("artifact_id", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull())
    .addColumn("enabled", "integer", (column) => column.notNull())
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("keep_last", "integer")
    .addColumn("keep_days", "integer")
    .addColumn("keep_reported", "integer", (column) => column.notNull())
    .addColumn("keep_released", "integer", (column) => column.notNull())
    .addColumn("applied_at", "text")
    .addPrimaryKeyConstraint("retention_rules_pk", ["organization_id", "artifact_id"])
    .addForeignKeyConstraint(
      "retention_rules_artifact",
      ["organization_id", "artifact_id"],
      "artifacts",
      ["organization_id", "id"],
      (key) => key.onDelete("cascade"),
    )
    .execute();
  await db.schema
    .createIndex("retention_rules_enabled")
    .on("retention_rules")
    .columns(["applied_at", "organization_id", "artifact_id"])
    .where(sql.ref("enabled"), "=", sql.lit(1))
    .execute();
}
