import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/tables.ts";
import { takeTurn } from "../database/transaction.ts";
import { aDay, dayOf } from "./periods.ts";
import { comparedDays } from "./unusual.ts";

/** The first moment whose hours are kept one by one: a midnight. */
export function hoursKeptFrom(now: Date, hourlyDays: number): string {
  return `${dayOf(new Date(now.getTime() - hourlyDays * aDay))}T00:00:00.000000Z`;
}

/**
 * Folds the hours of whole days that are older than that into one row a day, and forgets sources that nothing is
 * compared with any more. No sum of a day changes.
 */
export async function foldOld(transaction: Kysely<Tables>, now: Date, hourlyDays: number): Promise<void> {
  const before = hoursKeptFrom(now, hourlyDays);
  // Two at once would count the same hours twice.
  await takeTurn(transaction, "fold download statistics");
  await sql`
    insert into download_statistics
      (organization_id, binary_id, start, hours, country, user_agent, maker, requests, completed, bytes)
    select organization_id, binary_id, substr(start, 1, 10) || 'T00:00:00.000000Z', 24, country, user_agent, maker,
      sum(requests), sum(completed), sum(bytes)
    from download_statistics
    where hours = 1 and start < ${before}
    group by 1, 2, 3, 5, 6, 7
    on conflict (organization_id, binary_id, start, hours, country, user_agent, maker) do update set
      requests = download_statistics.requests + excluded.requests,
      completed = download_statistics.completed + excluded.completed,
      bytes = download_statistics.bytes + excluded.bytes`.execute(transaction);
  await transaction.deleteFrom("download_statistics").where("hours", "=", 1).where("start", "<", before).execute();
  await transaction
    .deleteFrom("download_sources")
    .where("day", "<", dayOf(new Date(now.getTime() - comparedDays * aDay)))
    .execute();
}
