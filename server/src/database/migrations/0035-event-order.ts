import { type Kysely, sql } from "kysely";
import { isPostgres } from "../dialect.ts";
import type { Tables } from "../tables.ts";

/**
 * Gives events an order in which none appears before one that was read already: that of their transactions. Programs that
 * don't know the column fill it too. SQLite has one writer, so that there the ids are in this order; 0 is for all.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("events")
    .addColumn("xact", "bigint", (column) => column.notNull().defaultTo(0))
    .execute();
  if (isPostgres(db as Kysely<Tables>)) {
    await sql`alter table events alter column xact set default pg_current_xact_id()::text::bigint`.execute(db);
  }
  await db.schema.createIndex("events_in_order").on("events").columns(["organization_id", "xact", "id"]).execute();
}
