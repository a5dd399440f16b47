import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { BinaryOrder } from "./binary-order.ts";
import { isPostgres } from "./dialect.ts";
import { migrations, oldestCompatible } from "./migrations/index.ts";
import type { Tables } from "./tables.ts";

export interface Migrated {
  /** Names of the migrations that were run now. */
  ran: string[];
  /** The last one that the database has. */
  at: string;
}

/**
 * Brings a database to the newest migration of this program; only one process at a time does. One that a newer program
 * has migrated is left as it is, if that program says that this one still gets along: so during a rolling upgrade both
 * versions may start.
 * @throws Error when a migration fails, or when the database is too new for this program.
 */
export async function migrate(db: Kysely<Tables>): Promise<Migrated> {
  const newer = await newerMigrations(db);
  if (newer.length > 0) {
    await requireCompatible(db, newer);
    return { ran: [], at: newer.at(-1)! };
  }
  const [target, provided] = isPostgres(db) ? [db.withPlugin(new BinaryOrder()), unhurried()] : [db, migrations];
  const migrator = new Migrator({ db: target, provider: { getMigrations: async () => provided } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) throw error;
  const ran = results.map(({ migrationName }) => migrationName);
  if (ran.length > 0) await noteCompatible(db);
  return { ran, at: Object.keys(migrations).at(-1)! };
}

/** A statement of a migration may take as long as there are rows. */
function unhurried(): Record<string, Migration> {
  const each = ([name, { up }]: [string, Migration]): [string, Migration] => [
    name,
    {
      async up(db) {
        await sql`set local statement_timeout = 0`.execute(db);
        await up(db);
      },
    },
  ];
  return Object.fromEntries(Object.entries(migrations).map(each));
}

/** Migrations that the database has and this program doesn't know. */
async function newerMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === "kysely_migration")) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name).filter((name) => !(name in migrations));
}

async function requireCompatible(db: Kysely<Tables>, newer: string[]): Promise<void> {
  const row = await db.selectFrom("schema_compatibility").select("oldest").executeTakeFirst();
  const ours = Object.keys(migrations).at(-1)!;
  if (row && row.oldest <= ours) return;
  throw new Error(
    `the database was migrated by a newer program (${newer.join(", ")}), with which this one can't work; ` +
      `it would have to know the migration ${row?.oldest ?? newer[0]}. Start the newer program`,
  );
}

async function noteCompatible(db: Kysely<Tables>): Promise<void> {
  await db
    .insertInto("schema_compatibility")
    .values({ id: 1, oldest: oldestCompatible })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ oldest: oldestCompatible }))
    .execute();
}
