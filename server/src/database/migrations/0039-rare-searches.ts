import type { Kysely } from "kysely";

/** What few binaries have and people search by equality, as in `0009-searches`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ["size", "description"]) {
    await db.schema
      .createIndex(`binaries_by_${column}`)
      .on("binaries")
      .columns(["organization_id", column, "inserted_at", "id"])
      .execute();
  }
}
