import type { Kysely, Updateable } from "kysely";
import { type OwnTable, ownTypes } from "../database/own-row.ts";
import type { Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import type { Author } from "../http/principal.ts";
import type { Clock } from "../platform.ts";
import { about, difference, type Happening, record } from "./record.ts";

/*
 * What most changes of an organization's things are: one row that comes, changes or goes, and its entry in the trail. To be
 * called in the transaction of the change.
 */

/** What an event tells beyond the rest; without, the change is in the trail alone. */
type Told = Pick<Happening, "data">;

export async function insertOwn<T extends OwnTable>(
  transaction: Kysely<Tables>,
  by: Author,
  table: T,
  row: Tables[T],
  told: Told = {},
): Promise<void> {
  // One table stands for all: these columns are the same in each.
  await transaction
    .insertInto(table as "artifacts")
    .values(row as unknown as Tables["artifacts"])
    .execute();
  const happening = about(by, ownTypes[table], row, "created");
  await record(transaction, { ...happening, ...told, after: { ...row }, at: row.inserted_at });
}

/** The row as it is then. Fields that are undefined stay as they are. */
export async function updateOwn<T extends OwnTable>(
  transaction: Kysely<Tables>,
  { by, clock, subtype = "updated" }: { by: Author; clock: Clock; subtype?: string },
  table: T,
  before: Tables[T],
  fields: Updateable<Tables[T]>,
  told: (after: Tables[T]) => Told | Promise<Told> = () => ({}),
): Promise<Tables[T]> {
  const at = timestamp(clock.now());
  const row = await transaction
    .updateTable(table as "artifacts")
    .set({ ...(fields as object), updated_at: at })
    .where("organization_id", "=", before.organization_id)
    .where("id", "=", before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const after = row as unknown as Tables[T];
  const happening = about(by, ownTypes[table], after, subtype);
  await record(transaction, { ...happening, ...(await told(after)), ...difference(before, after), at });
  return after;
}

export async function deleteOwn<T extends OwnTable>(
  transaction: Kysely<Tables>,
  { by, clock }: { by: Author; clock: Clock },
  table: T,
  row: Tables[T],
  told: Told = {},
): Promise<void> {
  await transaction
    .deleteFrom(table as "artifacts")
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.id)
    .execute();
  const happening = about(by, ownTypes[table], row, "deleted");
  await record(transaction, { ...happening, ...told, before: { ...row }, at: timestamp(clock.now()) });
}
