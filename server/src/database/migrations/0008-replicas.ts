import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("schema_compatibility")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("oldest", "text", (column) => column.notNull())
    .execute();

  // The end of its trail is what an organization's changes wait for, so each has one from its beginning.
  await sql`
    insert into audit_heads (organization_id, sequence, hash)
    select o.id, 0, ${"0".repeat(64)} from organizations o
    where not exists (select 1 from audit_heads h where h.organization_id = o.id)`.execute(db);

  await db.schema
    .createTable("leases")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("owner", "text", (column) => column.notNull())
    .addColumn("until", "double precision", (column) => column.notNull())
    .execute();

  await db.schema.alterTable("binaries").addColumn("upload_id", "text").execute();
}
