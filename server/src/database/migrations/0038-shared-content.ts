import { type Kysely, PostgresAdapter, sql } from "kysely";

/**
 * Records of an organization may share one content: `content_binary_id` and `content_revision` say at whose place it is;
 * null for one's own. The release before knows nothing of that: triggers keep it from removing what another record needs, and
 * from leaving a record pointing at a place that it no longer has.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("binaries").addColumn("content_binary_id", "text").execute();
  await db.schema.alterTable("binaries").addColumn("content_revision", "integer").execute();
  await db.schema
    .createIndex("binaries_by_content_place")
    .on("binaries")
    .columns(["organization_id", "content_binary_id", "content_revision"])
    .where(sql<boolean>`content_binary_id is not null`)
    .execute();
  await db.schema
    .createIndex("binaries_by_kept_hash")
    .on("binaries")
    .columns(["organization_id", "hash", "inserted_at", "id"])
    .where(sql<boolean>`content_file is not null`)
    .execute();
  await db.schema
    .createIndex("binaries_not_counted")
    .on("binaries")
    .columns(["organization_id", "size"])
    .where(sql<boolean>`content_file is not null and reserved_bytes = 0`)
    .execute();
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  for (const statement of postgres ? onPostgres : onSqlite) await sql.raw(statement).execute(db);
}

const isNeeded = `exists (
  select 1 from binaries b
  where b.organization_id = new.organization_id
    and b.content_binary_id = new.binary_id and b.content_revision = new.revision
    and coalesce(b.store_id, '') = new.store_id and (new.file = '' or new.file = b.content_file))`;

const onSqlite = [
  `create trigger shared_content_kept before insert on discarded_content when ${isNeeded}
    begin select raise(ignore); end`,
  `create trigger shared_content_left after update of content_file on binaries
    when new.content_file is null and new.content_binary_id is not null
    begin
      update binaries set content_binary_id = null, content_revision = null
      where organization_id = new.organization_id and id = new.id;
    end`,
];

const onPostgres = [
  `create function keep_shared_content() returns trigger language plpgsql as $$
    begin
      if ${isNeeded} then return null; end if;
      return new;
    end $$`,
  `create trigger shared_content_kept before insert on discarded_content
    for each row execute function keep_shared_content()`,
  `create function leave_shared_content() returns trigger language plpgsql as $$
    begin
      new.content_binary_id := null;
      new.content_revision := null;
      return new;
    end $$`,
  `create trigger shared_content_left before update of content_file on binaries
    for each row when (new.content_file is null and new.content_binary_id is not null)
    execute function leave_shared_content()`,
];
