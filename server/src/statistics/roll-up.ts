import type { Kysely } from "kysely";
import type { DownloadDayRow, Tables } from "../database/tables.ts";
import type { Daily, Hourly, Monthly } from "./aggregator.ts";

/** Adds to the rows of these hours, or makes them. */
export async function addToHours(transaction: Kysely<Tables>, rows: readonly Hourly[]): Promise<void> {
  for (const { organizationId, binaryId, userAgent, ...row } of rows) {
    await transaction
      .insertInto("download_statistics")
      .values({ organization_id: organizationId, binary_id: binaryId, user_agent: userAgent, hours: 1, ...row })
      .onConflict((conflict) =>
        conflict
          .columns(["organization_id", "binary_id", "start", "hours", "country", "user_agent", "maker"])
          .doUpdateSet((eb) => ({
            requests: eb("download_statistics.requests", "+", eb.ref("excluded.requests")),
            completed: eb("download_statistics.completed", "+", eb.ref("excluded.completed")),
            bytes: eb("download_statistics.bytes", "+", eb.ref("excluded.bytes")),
          })),
      )
      .execute();
  }
}

/** Adds to the days of organizations what these hours have. */
export async function addToDays(transaction: Kysely<Tables>, hours: readonly Hourly[]): Promise<void> {
  const days = new Map<string, DownloadDayRow>();
  for (const { organizationId, start, requests, completed, bytes } of hours) {
    const day = start.slice(0, 10);
    const key = `${organizationId} ${day}`;
    const before = days.get(key) ?? { organization_id: organizationId, day, requests: 0, completed: 0, bytes: 0 };
    days.set(key, {
      ...before,
      requests: before.requests + requests,
      completed: before.completed + completed,
      bytes: before.bytes + bytes,
    });
  }
  // In one order for all, so that two never wait for each other.
  for (const [, row] of [...days].sort(([one], [other]) => (one < other ? -1 : 1))) {
    await transaction
      .insertInto("download_days")
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(["organization_id", "day"]).doUpdateSet((eb) => ({
          requests: eb("download_days.requests", "+", eb.ref("excluded.requests")),
          completed: eb("download_days.completed", "+", eb.ref("excluded.completed")),
          bytes: eb("download_days.bytes", "+", eb.ref("excluded.bytes")),
        })),
      )
      .execute();
  }
}

/** Adds to an organization's month. Returns the bytes of the month. */
export async function addToMonth(
  transaction: Kysely<Tables>,
  { organizationId, month, bytes }: Monthly,
): Promise<number> {
  const row = await transaction
    .insertInto("download_months")
    .values({ organization_id: organizationId, month, bytes })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "month"]).doUpdateSet((eb) => ({
        bytes: eb("download_months.bytes", "+", eb.ref("excluded.bytes")),
      })),
    )
    .returning("bytes")
    .executeTakeFirstOrThrow();
  return row.bytes;
}

/** Adds to what a source fetched in a day; returns the bytes of the day, and whether they were reported. */
export async function addToSource(
  transaction: Kysely<Tables>,
  { organizationId, kind, source, day, bytes }: Daily,
): Promise<{ bytes: number; told: 0 | 1 }> {
  return transaction
    .insertInto("download_sources")
    .values({ organization_id: organizationId, kind, source, day, bytes, told: 0 })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "kind", "source", "day"]).doUpdateSet((eb) => ({
        bytes: eb("download_sources.bytes", "+", eb.ref("excluded.bytes")),
      })),
    )
    .returning(["bytes", "told"])
    .executeTakeFirstOrThrow();
}
