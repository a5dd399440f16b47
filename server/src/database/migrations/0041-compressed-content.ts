import { type Kysely, PostgresAdapter, sql } from "kysely";

/**
 * How a content is kept: as it came (`content_coding` null), the same after a look whether compressing pays (`identity`), or in
 * frames of `zstd`, with the size and SHA-256 of what is stored. A record that the release before takes its content from is told
 * nothing of either.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("binaries").addColumn("content_coding", "text").execute();
  await db.schema.alterTable("binaries").addColumn("stored_size", "bigint").execute();
  await db.schema.alterTable("binaries").addColumn("stored_hash", "text").execute();
  await db.schema
    .createIndex("binaries_to_compress")
    .on("binaries")
    .columns(["organization_id", "id"])
    .where(sql<boolean>`content_file is not null and content_coding is null and store_id is null`)
    .execute();
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  for (const statement of postgres ? onPostgres : onSqlite) await sql.raw(statement).execute(db);
}

const none = ["content_binary_id", "content_revision", "content_coding", "stored_size", "stored_hash"];
const isLeft = "new.content_file is null and (new.content_binary_id is not null or new.content_coding is not null)";

const onSqlite = [
  "drop trigger shared_content_left",
  `create trigger shared_content_left after update of content_file on binaries when ${isLeft}
    begin
      update binaries set ${none.map((column) => `${column} = null`).join(", ")}
      where organization_id = new.organization_id and id = new.id;
    end`,
];

const onPostgres = [
  "drop trigger shared_content_left on binaries",
  `create or replace function leave_shared_content() returns trigger language plpgsql as $$
    begin
      ${none.map((column) => `new.${column} := null;`).join(" ")}
      return new;
    end $$`,
  `create trigger shared_content_left before update of content_file on binaries
    for each row when (${isLeft}) execute function leave_shared_content()`,
];
