import { type CreateTableBuilder, type Kysely, sql } from "kysely";

type Builder<T extends string> = CreateTableBuilder<T, never>;

/** Columns of everything that an organization owns; ids are unique within it. */
function owned<T extends string>(table: Builder<T>) {
  return table
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull());
}

/** A list reads its organization's rows by time, so each table has that index. */
async function indexByTime(db: Kysely<unknown>, table: string): Promise<void> {
  await db.schema.createIndex(`${table}_by_time`).on(table).columns(["organization_id", "inserted_at", "id"]).execute();
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("organizations")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull())
    .execute();

  await owned(db.schema.createTable("api_keys"))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("prefix", "text", (column) => column.notNull())
    .addColumn("value_hash", "text", (column) => column.notNull().unique())
    .addColumn("scopes", "text", (column) => column.notNull())
    .addColumn("expires_at", "text")
    .addColumn("revoked_at", "text")
    .addPrimaryKeyConstraint("api_keys_pk", ["organization_id", "id"])
    .execute();
  await indexByTime(db, "api_keys");

  await owned(db.schema.createTable("artifacts"))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("description", "text")
    .addColumn("custom_metadata", "text")
    .addPrimaryKeyConstraint("artifacts_pk", ["organization_id", "id"])
    .addUniqueConstraint("artifacts_name", ["organization_id", "name"])
    .execute();
  await indexByTime(db, "artifacts");

  await owned(db.schema.createTable("artifact_versions"))
    .addColumn("artifact_id", "text", (column) => column.notNull())
    .addColumn("version", "text", (column) => column.notNull())
    .addColumn("description", "text")
    .addColumn("custom_metadata", "text")
    .addPrimaryKeyConstraint("artifact_versions_pk", ["organization_id", "id"])
    .addUniqueConstraint("artifact_versions_version", ["organization_id", "artifact_id", "version"])
    .addForeignKeyConstraint("artifact_versions_artifact", ["organization_id", "artifact_id"], "artifacts", [
      "organization_id",
      "id",
    ])
    .execute();
  await indexByTime(db, "artifact_versions");

  await owned(db.schema.createTable("binaries"))
    .addColumn("artifact_version_id", "text", (column) => column.notNull())
    .addColumn("target", "text", (column) => column.notNull())
    .addColumn("hash", "text")
    .addColumn("size", "bigint")
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("description", "text")
    .addColumn("custom_metadata", "text")
    .addColumn("verification_failure", "text")
    .addColumn("part_size", "bigint")
    .addColumn("content_file", "text")
    .addPrimaryKeyConstraint("binaries_pk", ["organization_id", "id"])
    .addForeignKeyConstraint("binaries_version", ["organization_id", "artifact_version_id"], "artifact_versions", [
      "organization_id",
      "id",
    ])
    .addCheckConstraint(
      "binaries_state",
      sql`state in ('uploadable', 'hashable', 'hashing', 'signable', 'signed', 'destroyed')`,
    )
    .addCheckConstraint("binaries_complete", sql`state = 'uploadable' or (hash is not null and size is not null)`)
    .execute();
  await indexByTime(db, "binaries");
  await db.schema
    .createIndex("binaries_live_target")
    .unique()
    .on("binaries")
    .columns(["organization_id", "artifact_version_id", "target"])
    .where(sql.ref("state"), "!=", sql.lit("destroyed"))
    .execute();
  await db.schema
    .createIndex("binaries_by_version")
    .on("binaries")
    .columns(["organization_id", "artifact_version_id", "inserted_at", "id"])
    .execute();
  await db.schema
    .createIndex("binaries_by_hash")
    .on("binaries")
    .columns(["organization_id", "hash", "inserted_at", "id"])
    .execute();
  await db.schema
    .createIndex("binaries_in_verification")
    .on("binaries")
    .columns(["state"])
    .where(sql.ref("state"), "in", sql`('hashable', 'hashing')`)
    .execute();

  await owned(db.schema.createTable("binary_parts"))
    .addColumn("binary_id", "text", (column) => column.notNull())
    .addColumn("part_index", "integer", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("size", "bigint", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("spill", "text")
    .addColumn("content_offset", "bigint")
    .addPrimaryKeyConstraint("binary_parts_pk", ["organization_id", "binary_id", "part_index"])
    .addForeignKeyConstraint("binary_parts_binary", ["organization_id", "binary_id"], "binaries", [
      "organization_id",
      "id",
    ])
    .execute();

  await owned(db.schema.createTable("signing_keys"))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("value", "text", (column) => column.notNull())
    .addColumn("algorithm", "text", (column) => column.notNull())
    .addColumn("keyid", "text", (column) => column.notNull())
    .addColumn("keyid_aliases", "text", (column) => column.notNull())
    .addColumn("revoked_at", "text")
    .addPrimaryKeyConstraint("signing_keys_pk", ["organization_id", "id"])
    .addUniqueConstraint("signing_keys_keyid", ["organization_id", "keyid"])
    .execute();
  await indexByTime(db, "signing_keys");

  await owned(db.schema.createTable("binary_signatures"))
    .addColumn("binary_id", "text", (column) => column.notNull())
    .addColumn("signing_key_id", "text", (column) => column.notNull())
    .addColumn("signature", "text", (column) => column.notNull())
    .addColumn("signed_message", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("binary_signatures_pk", ["organization_id", "id"])
    .addUniqueConstraint("binary_signatures_once", ["organization_id", "binary_id", "signing_key_id"])
    .addForeignKeyConstraint("binary_signatures_binary", ["organization_id", "binary_id"], "binaries", [
      "organization_id",
      "id",
    ])
    .addForeignKeyConstraint("binary_signatures_key", ["organization_id", "signing_key_id"], "signing_keys", [
      "organization_id",
      "id",
    ])
    .execute();
  await indexByTime(db, "binary_signatures");
  await db.schema
    .createIndex("binary_signatures_by_key")
    .on("binary_signatures")
    .columns(["organization_id", "signing_key_id"])
    .execute();

  await db.schema
    .createTable("events")
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("subtype", "text", (column) => column.notNull())
    .addColumn("actor_prn", "text")
    .addColumn("resource_prn", "text", (column) => column.notNull())
    .addColumn("data", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("events_pk", ["organization_id", "id"])
    .execute();
  await indexByTime(db, "events");
  await db.schema
    .createIndex("events_by_resource")
    .on("events")
    .columns(["organization_id", "resource_prn", "inserted_at", "id"])
    .execute();

  await db.schema
    .createTable("discarded_content")
    .addColumn("organization_id", "text", (column) => column.notNull())
    .addColumn("binary_id", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("discarded_content_pk", ["organization_id", "binary_id", "revision"])
    .execute();

  await db.schema
    .createTable("link_keys")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("sealed_secret", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .execute();
}
