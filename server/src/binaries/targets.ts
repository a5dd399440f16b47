import { type Kysely, sql } from "kysely";
import { dialectOf } from "../database/dialect.ts";
import type { Tables } from "../database/tables.ts";

/** Targets of an organization that are looked through; of more, rows are read until a page is full. */
const maxLookedThrough = 500;
/** Targets that are asked for one by one. */
const maxFound = 20;

/**
 * The targets of an organization's binaries that hold these words: words are in no index, but few targets are shared by
 * many binaries. Null where there are too many of them for that to be quicker.
 */
export async function targetsWith(db: Kysely<Tables>, organizationId: string, words: string): Promise<string[] | null> {
  const { rows } = await sql<{ target: string; number: number; fits: boolean | number }>`
    with recursive known(target, number) as (
      select min(target), 1 from binaries where organization_id = ${organizationId}
      union all
      select
        (select min(b.target) from binaries b where b.organization_id = ${organizationId} and b.target > known.target),
        known.number + 1
      from known where known.target is not null and known.number <= ${maxLookedThrough}
    )
    select target, number, ${dialectOf(db).contains(sql`target`, sql`${words}`)} as fits from known where target is not null
  `.execute(db);
  if (rows.length > maxLookedThrough) return null;
  const found = rows.filter(({ fits }) => Boolean(fits)).map(({ target }) => target);
  return found.length > maxFound ? null : found;
}
