import { type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely, sql } from "kysely";

type Builder<T extends string> = CreateTableBuilder<T, never>;

/** Columns of everything that an organization owns; ids are unique within it. */
function owned<T extends string>(table: Builder<T>) {
  return table
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull());
}

function certificate<T extends string>(table: Builder<T>) {
  return owned(table)
    .addColumn("certificate", "text", (column) => column.notNull())
    .addColumn("fingerprint", "text", (column) => column.notNull().unique())
    .addColumn("common_name", "text")
    .addColumn("serial", "text", (column) => column.notNull())
    .addColumn("not_before", "text", (column) => column.notNull())
    .addColumn("not_after", "text", (column) => column.notNull());
}

/** Both sides of a reference to another of the organization's things. */
const own = <C extends string>(column: C): ["organization_id", C] => ["organization_id", column];
const itself = own("id");

const flag = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0);

/** Lists read an organization's rows by time, those of one thing as well. */
async function indexLists(db: Kysely<unknown>, table: string, columns: string[] = []): Promise<void> {
  await db.schema.createIndex(`${table}_by_time`).on(table).columns(["organization_id", "inserted_at", "id"]).execute();
  for (const column of columns) {
    await db.schema
      .createIndex(`${table}_by_${column}`)
      .on(table)
      .columns(["organization_id", column, "inserted_at", "id"])
      .execute();
  }
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await owned(db.schema.createTable("products"))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("archived", "integer", flag)
    .addPrimaryKeyConstraint("products_pk", itself)
    .addUniqueConstraint("products_name", ["organization_id", "name"])
    .execute();
  await indexLists(db, "products");

  await owned(db.schema.createTable("cohorts"))
    .addColumn("product_id", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("description", "text")
    .addColumn("device_count", "bigint", flag)
    .addColumn("quarantined_count", "bigint", flag)
    .addPrimaryKeyConstraint("cohorts_pk", itself)
    .addUniqueConstraint("cohorts_name", ["organization_id", "product_id", "name"])
    .addForeignKeyConstraint("cohorts_product", own("product_id"), "products", itself)
    .execute();
  await indexLists(db, "cohorts", ["product_id"]);

  await owned(db.schema.createTable("devices"))
    .addColumn("product_id", "text", (column) => column.notNull())
    .addColumn("cohort_id", "text")
    .addColumn("identifier", "text", (column) => column.notNull())
    .addColumn("description", "text")
    .addColumn("target", "text")
    .addColumn("tags", "text")
    .addColumn("quarantined", "integer", flag)
    .addColumn("last_connected_at", "text")
    .addColumn("reported_bundle_prn", "text")
    .addColumn("reported_release_prn", "text")
    .addColumn("reported_release_version", "text")
    .addPrimaryKeyConstraint("devices_pk", itself)
    .addUniqueConstraint("devices_identifier", ["organization_id", "identifier"])
    .addForeignKeyConstraint("devices_product", own("product_id"), "products", itself)
    .addForeignKeyConstraint("devices_cohort", own("cohort_id"), "cohorts", itself)
    .execute();
  await indexLists(db, "devices", [
    "product_id",
    "cohort_id",
    "target",
    "reported_bundle_prn",
    "reported_release_prn",
    "last_connected_at",
  ]);

  await certificate(db.schema.createTable("device_certificates"))
    .addColumn("device_id", "text", (column) => column.notNull())
    .addColumn("authority_key_id", "text")
    .addPrimaryKeyConstraint("device_certificates_pk", itself)
    .addForeignKeyConstraint("device_certificates_device", own("device_id"), "devices", itself, (key) =>
      key.onDelete("cascade"),
    )
    .execute();
  await indexLists(db, "device_certificates", ["device_id"]);

  await certificate(db.schema.createTable("ca_certificates"))
    .addColumn("description", "text")
    .addColumn("subject_key_id", "text")
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("jitp_product_id", "text")
    .addColumn("jitp_cohort_id", "text")
    .addColumn("jitp_description", "text")
    .addColumn("jitp_tags", "text")
    .addColumn("jitp_target", "text")
    .addColumn("jitp_second_certificate", "integer", flag)
    .addPrimaryKeyConstraint("ca_certificates_pk", itself)
    .addForeignKeyConstraint("ca_certificates_product", own("jitp_product_id"), "products", itself)
    .addForeignKeyConstraint("ca_certificates_cohort", own("jitp_cohort_id"), "cohorts", itself)
    .execute();
  await indexLists(db, "ca_certificates");
  await db.schema.createIndex("ca_certificates_by_subject").on("ca_certificates").columns(["subject"]).execute();

  await db.schema
    .createTable("verification_codes")
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("code", "text", (column) => column.notNull())
    .addColumn("expires_at", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("verification_codes_pk", ["organization_id", "code"])
    .execute();

  await owned(db.schema.createTable("bundles"))
    .addColumn("name", "text")
    .addColumn("hash", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("bundles_pk", itself)
    .execute();
  await indexLists(db, "bundles", ["hash"]);

  await db.schema
    .createTable("bundle_binaries")
    .addColumn("organization_id", "text", (column) => column.notNull())
    .addColumn("bundle_id", "text", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("binary_id", "text", (column) => column.notNull())
    .addColumn("custom_metadata", "text")
    .addPrimaryKeyConstraint("bundle_binaries_pk", ["organization_id", "bundle_id", "position"])
    .addForeignKeyConstraint("bundle_binaries_bundle", own("bundle_id"), "bundles", itself, (key) =>
      key.onDelete("cascade"),
    )
    .addForeignKeyConstraint("bundle_binaries_binary", own("binary_id"), "binaries", itself)
    .execute();
  await db.schema
    .createIndex("bundle_binaries_by_binary")
    .on("bundle_binaries")
    .columns(["organization_id", "binary_id", "bundle_id"])
    .execute();

  await owned(db.schema.createTable("bundle_signatures"))
    .addColumn("bundle_id", "text", (column) => column.notNull())
    .addColumn("signing_key_id", "text", (column) => column.notNull())
    .addColumn("signature", "text", (column) => column.notNull())
    .addColumn("signed_message", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("bundle_signatures_pk", itself)
    .addUniqueConstraint("bundle_signatures_once", ["organization_id", "bundle_id", "signing_key_id"])
    .addForeignKeyConstraint("bundle_signatures_bundle", own("bundle_id"), "bundles", itself, (key) =>
      key.onDelete("cascade"),
    )
    .addForeignKeyConstraint("bundle_signatures_key", own("signing_key_id"), "signing_keys", itself)
    .execute();
  await indexLists(db, "bundle_signatures");
  await db.schema
    .createIndex("bundle_signatures_by_key")
    .on("bundle_signatures")
    .columns(["organization_id", "signing_key_id"])
    .execute();

  await owned(db.schema.createTable("bundle_overrides"))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("description", "text")
    .addColumn("bundle_id", "text", (column) => column.notNull())
    .addColumn("starts_at", "text", (column) => column.notNull())
    .addColumn("ends_at", "text")
    .addPrimaryKeyConstraint("bundle_overrides_pk", itself)
    .addForeignKeyConstraint("bundle_overrides_bundle", own("bundle_id"), "bundles", itself)
    .execute();
  await indexLists(db, "bundle_overrides", ["bundle_id"]);

  await owned(db.schema.createTable("bundle_override_devices"))
    .addColumn("bundle_override_id", "text", (column) => column.notNull())
    .addColumn("device_id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("bundle_override_devices_pk", ["organization_id", "bundle_override_id", "device_id"])
    .addForeignKeyConstraint(
      "bundle_override_devices_override",
      own("bundle_override_id"),
      "bundle_overrides",
      itself,
      (key) => key.onDelete("cascade"),
    )
    .addForeignKeyConstraint("bundle_override_devices_device", own("device_id"), "devices", itself, (key) =>
      key.onDelete("cascade"),
    )
    .execute();
  await indexLists(db, "bundle_override_devices", ["bundle_override_id", "device_id"]);

  await owned(db.schema.createTable("releases"))
    .addColumn("bundle_id", "text", (column) => column.notNull())
    .addColumn("cohort_id", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("description", "text")
    .addColumn("required", "integer", flag)
    .addColumn("disabled", "integer", flag)
    .addColumn("schedule_date", "text", (column) => column.notNull())
    .addColumn("phase_mode", "text", (column) => column.notNull())
    .addColumn("phase_value", "double precision")
    .addColumn("phase_tags", "text")
    .addColumn("next_release_id", "text")
    .addColumn("version", "text")
    .addColumn("version_requirement", "text")
    .addColumn("failure_share", "double precision")
    .addColumn("failure_minimum", "bigint", (column) => column.notNull().defaultTo(1))
    .addColumn("paused_at", "text")
    .addColumn("halted_at", "text")
    .addColumn("claims", "bigint", flag)
    .addColumn("done", "bigint", flag)
    .addColumn("failed", "bigint", flag)
    .addPrimaryKeyConstraint("releases_pk", itself)
    .addForeignKeyConstraint("releases_bundle", own("bundle_id"), "bundles", itself)
    .addForeignKeyConstraint("releases_cohort", own("cohort_id"), "cohorts", itself)
    .execute();
  await indexLists(db, "releases", ["cohort_id", "bundle_id", "next_release_id"]);
  // One sink a cohort: the newest release, which has no next one.
  await db.schema
    .createIndex("releases_one_sink")
    .unique()
    .on("releases")
    .columns(["organization_id", "cohort_id"])
    .where(sql.ref("next_release_id"), "is", null)
    .execute();

  await owned(db.schema.createTable("release_claims"))
    .addColumn("release_id", "text", (column) => column.notNull())
    .addColumn("device_id", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("detail", "text")
    .addPrimaryKeyConstraint("release_claims_pk", itself)
    .addUniqueConstraint("release_claims_once", ["organization_id", "device_id", "release_id"])
    .addForeignKeyConstraint("release_claims_release", own("release_id"), "releases", itself, (key) =>
      key.onDelete("cascade"),
    )
    .addForeignKeyConstraint("release_claims_device", own("device_id"), "devices", itself, (key) =>
      key.onDelete("cascade"),
    )
    .execute();
  await indexLists(db, "release_claims");
  await db.schema
    .createIndex("release_claims_by_state")
    .on("release_claims")
    .columns(["organization_id", "release_id", "state", "inserted_at", "id"])
    .execute();
}
