import { type Kysely, PostgresAdapter, sql } from "kysely";

/**
 * What the metadata of binaries says, one row a key, in the order of lists. Triggers keep it, so that it is also right for
 * what the release before writes. Only what a search can name is here: keys that are one word, and values that are text,
 * a number or a boolean; both cut to 64 characters, so a search looks at the metadata itself as well. A binary with more
 * than 100 keys has one row instead, with an empty key: organizations with such a binary are searched without this table.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await db.schema
    .createTable("binary_metadata")
    .addColumn("organization_id", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("value", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("binary_metadata_pk", ["organization_id", "key", "value", "inserted_at", "id"])
    .modifyEnd(postgres ? sql`` : sql`without rowid`)
    .execute();
  for (const statement of postgres ? onPostgres() : onSqlite()) await sql.raw(statement).execute(db);
}

function onSqlite(): string[] {
  const entry = `substr(e.key, 1, 64) as key,
    substr(case when e.type = 'text' then e.value when e.type in ('integer', 'real') then printf('%.15g', e.value)
      else e.type end, 1, 64) as value`;
  const named = `e.type in ('text', 'integer', 'real', 'true', 'false')
    and e.key glob '[A-Za-z_]*' and e.key not glob '*[^A-Za-z0-9_]*'`;
  const many = (row: string) => `(select count(*) from json_each(${row}.custom_metadata)) > 100`;
  const entries = (row: string) => `
    select ${entry} from json_each(${row}.custom_metadata) e where ${named} and not ${many(row)}
    union all select '', '' where ${many(row)}`;
  const insert = "insert or ignore into binary_metadata (organization_id, inserted_at, id, key, value)";
  const add = `
    ${insert} select new.organization_id, new.inserted_at, new.id, n.key, n.value from (${entries("new")}) n;`;
  const remove = `
    delete from binary_metadata
    where organization_id = old.organization_id and inserted_at = old.inserted_at and id = old.id
      and (key, value) in (${entries("old")});`;
  return [
    `create trigger binary_metadata_inserted after insert on binaries when new.custom_metadata is not null
      begin ${add} end`,
    `create trigger binary_metadata_updated after update of custom_metadata on binaries
      when new.custom_metadata is not old.custom_metadata begin ${remove} ${add} end`,
    `create trigger binary_metadata_deleted after delete on binaries when old.custom_metadata is not null
      begin ${remove} end`,
    `${insert} select b.organization_id, b.inserted_at, b.id, ${entry}
      from binaries b join json_each(b.custom_metadata) e where ${named} and not ${many("b")}`,
    `${insert} select b.organization_id, b.inserted_at, b.id, '', '' from binaries b where ${many("b")}`,
  ];
}

function onPostgres(): string[] {
  const insert = "insert into binary_metadata (organization_id, inserted_at, id, key, value)";
  return [
    // JSON may have escapes of characters that PostgreSQL's text can't hold: then nothing in it can be read.
    `create function readable_metadata(stored text) returns json language plpgsql immutable as $$
      begin
        if strpos(stored, '\\u') = 0 then return stored::json; end if;
        perform count(*) from json_each_text(stored::json);
        return stored::json;
      exception when data_exception then return null;
      end $$`,
    `create function binary_metadata_entries(stored text) returns table (key text, value text)
      language plpgsql immutable rows 10 as $$
      declare object json := readable_metadata(stored);
      begin
        if (select count(*) from json_object_keys(object)) > 100 then return query select '', '';
        else return query
          select distinct left(e.key, 64), left(e.value #>> '{}', 64) from json_each(object) e
          where json_typeof(e.value) in ('string', 'number', 'boolean') and e.key ~ '^[A-Za-z_][A-Za-z0-9_]*$';
        end if;
      end $$`,
    `create function keep_binary_metadata() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and old.custom_metadata is not distinct from new.custom_metadata then return null; end if;
        if tg_op <> 'INSERT' and old.custom_metadata is not null then
          delete from binary_metadata m using binary_metadata_entries(old.custom_metadata) e
          where m.organization_id = old.organization_id and m.key = e.key and m.value = e.value
            and m.inserted_at = old.inserted_at and m.id = old.id;
        end if;
        if tg_op <> 'DELETE' and new.custom_metadata is not null then
          ${insert} select new.organization_id, new.inserted_at, new.id, e.key, e.value
          from binary_metadata_entries(new.custom_metadata) e on conflict do nothing;
        end if;
        return null;
      end $$`,
    `create trigger binary_metadata_kept after insert or delete or update of custom_metadata on binaries
      for each row execute function keep_binary_metadata()`,
    `${insert} select b.organization_id, b.inserted_at, b.id, e.key, e.value
      from binaries b, binary_metadata_entries(b.custom_metadata) e
      where b.custom_metadata is not null on conflict do nothing`,
  ];
}
