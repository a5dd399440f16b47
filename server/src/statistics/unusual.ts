import { resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { record } from "../activity/record.ts";
import type { Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { makerPrn } from "../http/link-maker.ts";
import { theServer } from "../http/principal.ts";
import type { Daily } from "./aggregator.ts";
import { aDay, dayOf } from "./periods.ts";
import { addToSource } from "./roll-up.ts";

/** Times what is usual that a source has to fetch to be unusual. */
const factor = 10;
/** Days before today that tell what is usual. */
export const comparedDays = 7;

/**
 * Adds to what a source fetched today. The first time in a day that this is above the floor and far above what is usual,
 * it becomes an event. Usual is the source's own daily average over the last days, from its first one on; for a source
 * that is new, what such a source of the organization fetches in a day. Where there is neither, nothing is unusual.
 * @param floor bytes; 0 reports nothing
 */
export async function watchSource(transaction: Kysely<Tables>, daily: Daily, floor: number, now: Date): Promise<void> {
  const today = await addToSource(transaction, daily);
  if (floor === 0 || today.told === 1 || today.bytes <= floor) return;
  const usual = (await ownAverage(transaction, daily)) ?? (await average(transaction, daily));
  if (usual === null || today.bytes <= factor * usual) return;
  await transaction
    .updateTable("download_sources")
    .set({ told: 1 })
    .where("organization_id", "=", daily.organizationId)
    .where("kind", "=", daily.kind)
    .where("source", "=", daily.source)
    .where("day", "=", daily.day)
    .execute();
  await record(transaction, {
    organizationId: daily.organizationId,
    by: theServer,
    type: "binary",
    subtype: "unusual_download",
    resource: resourcePrn(daily.organizationId, "binary", daily.binaryId),
    data: {
      source: daily.kind === "maker" ? makerPrn(daily.organizationId, daily.source) : daily.source,
      day: daily.day,
      bytes: today.bytes,
      usual_bytes: Math.round(usual),
    },
    at: timestamp(now),
  });
}

function earlierDays(transaction: Kysely<Tables>, { organizationId, kind, day }: Daily) {
  return transaction
    .selectFrom("download_sources")
    .where("organization_id", "=", organizationId)
    .where("kind", "=", kind)
    .where("day", "<", day)
    .where("day", ">=", dayOf(new Date(Date.parse(day) - comparedDays * aDay)));
}

async function ownAverage(transaction: Kysely<Tables>, daily: Daily): Promise<number | null> {
  const { bytes, first } = await earlierDays(transaction, daily)
    .where("source", "=", daily.source)
    .select(({ fn }) => [fn.sum<number | null>("bytes").as("bytes"), fn.min("day").as("first")])
    .executeTakeFirstOrThrow();
  if (bytes === null) return null;
  return bytes / Math.round((Date.parse(daily.day) - Date.parse(first)) / aDay);
}

async function average(transaction: Kysely<Tables>, daily: Daily): Promise<number | null> {
  const { bytes } = await earlierDays(transaction, daily)
    .select(({ fn }) => fn.avg<number | null>("bytes").as("bytes"))
    .executeTakeFirstOrThrow();
  return bytes;
}
