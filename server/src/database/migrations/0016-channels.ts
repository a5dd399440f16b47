import type { Kysely } from "kysely";

/** Says when the releases of a cohort changed, so that polls don't have to read them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("cohort_channels")
    .addColumn("organization_id", "text", (column) => column.notNull())
    .addColumn("cohort_id", "text", (column) => column.notNull())
    .addColumn("revision", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("cohort_channels_pk", ["organization_id", "cohort_id"])
    .addForeignKeyConstraint(
      "cohort_channels_cohort",
      ["organization_id", "cohort_id"],
      "cohorts",
      ["organization_id", "id"],
      (key) => key.onDelete("cascade"),
    )
    .execute();
}
