import type { Kysely } from "kysely";

/** What is searched by equality and is rare would otherwise be looked for among all rows, newest first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ["state", "target"]) {
    await db.schema
      .createIndex(`binaries_by_${column}`)
      .on("binaries")
      .columns(["organization_id", column, "inserted_at", "id"])
      .execute();
  }
}
