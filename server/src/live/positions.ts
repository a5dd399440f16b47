import { type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import { isPostgres } from "../database/dialect.ts";
import { prepared } from "../database/prepared.ts";
import type { EventRow, Tables } from "../database/tables.ts";

/**
 * A place between two events of an organization, in the order in which they are told: behind the event with this id. On
 * PostgreSQL a transaction may commit behind one that began later, and replicas make ids by clocks of their own; so
 * events are told by transaction, and only once no older transaction is under way that could still bring some. Nothing
 * appears before a place then, and who comes back to it misses nothing.
 */
export interface Position {
  xact: number;
  id: string;
}

/** Stands for the place before the first event. */
const beginning: Position = { xact: 0, id: "00000000-0000-0000-0000-000000000000" };

export type PlacedEvent = EventRow & { xact: number };

/** Events that are read at once. */
export const pageSize = 200;

function settled(db: Kysely<Tables>): RawBuilder<SqlBool> {
  if (!isPostgres(db)) return sql<SqlBool>`1 = 1`;
  return sql<SqlBool>`xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;
}

const pageAfter = prepared(
  (db: Kysely<Tables>, organizationId: string, xact: number, id: string) =>
    db
      .selectFrom("events")
      .selectAll()
      .where("organization_id", "=", organizationId)
      .where(sql<SqlBool>`(xact, id) > (${xact}, ${id})`)
      .where(settled(db))
      .orderBy("xact")
      .orderBy("id")
      .limit(pageSize),
  { remember: false },
);

/** The next events behind a place; fewer than a page when there are no more for now. */
export async function eventsAfter(
  db: Kysely<Tables>,
  organizationId: string,
  { xact, id }: Position,
): Promise<PlacedEvent[]> {
  return pageAfter(db, organizationId, xact, id);
}

/** Behind the last event that there is. */
export async function lastPosition(db: Kysely<Tables>, organizationId: string): Promise<Position> {
  const last = await db
    .selectFrom("events")
    .select(["xact", "id"])
    .where("organization_id", "=", organizationId)
    .where(settled(db))
    .orderBy("xact", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return last ?? beginning;
}

/**
 * Behind the event with this id; or, when it is not kept any more, behind the last one before it. Null where that says
 * nothing about what is next: the database was restored from a copy, and counts its transactions anew.
 */
export async function positionOf(db: Kysely<Tables>, organizationId: string, id: string): Promise<Position | null> {
  const found = await db
    .selectFrom("events")
    .select(["xact", "id", settled(db).as("settled")])
    .where("organization_id", "=", organizationId)
    .where("id", "<=", id)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!found) return beginning;
  return found.settled ? { xact: found.xact, id: found.id } : null;
}
