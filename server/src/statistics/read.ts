import {
  ApiError,
  type BinaryStatistics,
  maxStatisticsDays,
  maxStatisticsEntries,
  notFound,
  type StatisticsQuery,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Tables } from "../database/tables.ts";
import { readTime } from "../database/time.ts";
import { makerPrn } from "../http/link-maker.ts";
import { ownId, type Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { other } from "./aggregator.ts";
import { aDay, anHour } from "./periods.ts";
import { hoursKeptFrom } from "./retention.ts";

/** From `start` on, before `end`; both at the beginning of an interval, as the tables hold times. */
interface Span {
  start: string;
  end: string;
}

/**
 * What was downloaded of a binary, in all and by interval, and what was counted a moment ago with it.
 * @throws ApiError 404; 400 for a span that is empty, too long, too old for hours, or has too many entries
 */
export async function binaryStatistics(
  { db, clock, config, statistics }: Platform,
  principal: Principal,
  prn: string,
  query: StatisticsQuery,
): Promise<BinaryStatistics> {
  const { organizationId } = principal;
  const id = ownId(principal, prn, "binary");
  const binary = await db
    .selectFrom("binaries")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!binary) throw notFound("binary", prn);
  const interval = query.interval ?? "day";
  const span = readSpan(query, interval, clock.now(), config.statisticsHourlyDays);
  await statistics.flush();
  const of = { organizationId, id, ...span };
  const group = query.group_by ?? null;
  const series = await seriesOf(db, of, interval, group);
  return {
    binary_prn: prn,
    from: span.start,
    to: span.end,
    interval,
    group_by: group,
    totals: total(series),
    series: series.map((entry) => ({
      ...entry,
      group: group === "maker" && entry.group !== other ? makerPrn(organizationId, entry.group!) : entry.group,
    })),
  };
}

type Entry = BinaryStatistics["series"][number];

async function seriesOf(
  db: Kysely<Tables>,
  of: Span & { organizationId: string; id: string },
  interval: "hour" | "day",
  group: "country" | "user_agent" | "maker" | null,
): Promise<Entry[]> {
  const start = interval === "hour" ? sql<string>`start` : sql<string>`substr(start, 1, 10) || 'T00:00:00.000000Z'`;
  const named = group === null ? sql<string | null>`null` : sql<string | null>`${sql.ref(group)}`;
  const rows = await db
    .selectFrom("download_statistics")
    .where("organization_id", "=", of.organizationId)
    .where("binary_id", "=", of.id)
    .where("start", ">=", of.start)
    .where("start", "<", of.end)
    .select(({ fn }) => [
      start.as("start"),
      named.as("group"),
      fn.sum<number>("requests").as("requests"),
      fn.sum<number>("completed").as("completed"),
      fn.sum<number>("bytes").as("bytes"),
    ])
    .groupBy([sql`1`, sql`2`])
    .orderBy(sql`1`)
    .orderBy(sql`2`)
    .limit(maxStatisticsEntries + 1)
    .execute();
  if (rows.length > maxStatisticsEntries) {
    throw bad("to", `makes more than ${maxStatisticsEntries} entries; ask for a shorter time or without group_by`);
  }
  return rows.map(({ completed, requests, ...row }) => ({
    ...row,
    requests,
    completed,
    aborted: requests - completed,
  }));
}

function total(series: readonly Entry[]): BinaryStatistics["totals"] {
  const sum = (name: keyof BinaryStatistics["totals"]) => series.reduce((all, entry) => all + entry[name], 0);
  return { requests: sum("requests"), completed: sum("completed"), aborted: sum("aborted"), bytes: sum("bytes") };
}

function readSpan(query: StatisticsQuery, interval: "hour" | "day", now: Date, hourlyDays: number): Span {
  const unit = interval === "hour" ? anHour : aDay;
  const end = query.to === undefined ? now : readBound("to", query.to);
  const byDefault = end.getTime() - (interval === "hour" ? aDay : 30 * aDay);
  const start = query.from === undefined ? new Date(byDefault) : readBound("from", query.from);
  if (start >= end) {
    throw bad("from", `must be before to, ${end.toISOString()}; got '${start.toISOString()}'`);
  }
  const span = {
    start: stored(Math.floor(start.getTime() / unit) * unit),
    end: stored(Math.ceil(end.getTime() / unit) * unit),
  };
  const days = (Date.parse(span.end) - Date.parse(span.start)) / aDay;
  // Both ends are widened to whole intervals, which takes nothing from what may be asked for.
  if (days > maxStatisticsDays[interval] + (2 * unit) / aDay) {
    const most = `${maxStatisticsDays[interval]} days with interval=${interval}`;
    throw bad("from", `must be at most ${most} before to; got ${Math.ceil(days)} days`);
  }
  const kept = hoursKeptFrom(now, hourlyDays);
  if (interval === "hour" && span.start < kept) {
    throw bad(
      "from",
      `must not be before ${kept} with interval=hour: older hours are kept by the day; got '${span.start}'`,
    );
  }
  return span;
}

function readBound(field: string, text: string): Date {
  const time = readTime(text);
  if (time === null) throw bad(field, `must be a time that exists; got '${text}'`);
  return new Date(time);
}

function stored(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}.000000Z`;
}

function bad(field: string, problem: string): ApiError {
  return new ApiError("invalid_parameter", `${field} ${problem}`);
}
