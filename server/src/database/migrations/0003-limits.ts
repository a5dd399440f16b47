import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ["stored_bytes_limit", "binaries_limit", "part_size_limit", "monthly_download_bytes_limit"]) {
    await db.schema.alterTable("organizations").addColumn(column, "bigint").execute();
  }
  await db.schema
    .alterTable("organizations")
    .addColumn("separate_signer", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable("organizations")
    .addColumn("required_signatures", "integer", (column) => column.notNull().defaultTo(1))
    .execute();

  await db.schema
    .alterTable("binaries")
    .addColumn("reserved_bytes", "bigint", (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable("binaries")
    .addColumn("announced_bytes", "bigint", (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable("binaries").addColumn("required_signatures", "integer").execute();
  await sql`update binaries set announced_bytes = (
    select coalesce(sum(p.size), 0) from binary_parts p
    where p.organization_id = binaries.organization_id and p.binary_id = binaries.id)`.execute(db);
  await sql`update binaries set reserved_bytes = case when announced_bytes > coalesce(size, 0) then announced_bytes else coalesce(size, 0) end
    where content_file is not null or announced_bytes > 0`.execute(db);
  await sql`update binaries set required_signatures = 1 where state = 'signed'`.execute(db);

  await db.schema
    .createTable("organization_usage")
    .addColumn("organization_id", "text", (column) => column.primaryKey().references("organizations.id"))
    .addColumn("stored_bytes", "bigint", (column) => column.notNull())
    .addColumn("binaries", "bigint", (column) => column.notNull())
    .execute();
  await sql`
    insert into organization_usage (organization_id, stored_bytes, binaries)
    select o.id,
      (select coalesce(sum(b.reserved_bytes), 0) from binaries b where b.organization_id = o.id),
      (select count(*) from binaries b where b.organization_id = o.id and b.state != 'destroyed')
    from organizations o`.execute(db);

  await db.schema
    .createTable("binary_contributors")
    .addColumn("organization_id", "text", (column) => column.notNull())
    .addColumn("binary_id", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("actor_prn", "text", (column) => column.notNull())
    .addColumn("creator_prn", "text")
    .addPrimaryKeyConstraint("binary_contributors_pk", ["organization_id", "binary_id", "revision", "actor_prn"])
    .execute();

  for (const column of ["last_used_at", "creator_prn", "previous_value_hash", "previous_expires_at"]) {
    await db.schema.alterTable("api_keys").addColumn(column, "text").execute();
  }
  await db.schema
    .createIndex("api_keys_previous_value")
    .unique()
    .on("api_keys")
    .column("previous_value_hash")
    .where(sql.ref("previous_value_hash"), "is not", null)
    .execute();
}
