import {
  allows,
  type BinaryState,
  binaryStates,
  type Counted,
  maxCounted,
  type Overview,
  organizationPrn,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { getCountedUsage } from "../accounts/limits.ts";
import { listEvents } from "../activity/list-events.ts";
import { listBinaries } from "../binaries/record.ts";
import { prepared } from "../database/prepared.ts";
import type { Tables } from "../database/tables.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { aDay, dayOf } from "../statistics/periods.ts";

/** Binaries and events that are shown. */
const shown = 10;
const days = 30;

/** What an organization has and what happens there. It costs the same with a million binaries: nothing is counted to its end. */
export async function getOverview(platform: Platform, principal: Principal): Promise<Overview> {
  const { db, clock, statistics } = platform;
  const { organizationId, scopes } = principal;
  await statistics.flush();
  const usage = await getCountedUsage(platform, principal);
  const waiting = await listBinaries(platform, principal, { limit: shown, search: "state:'signable'" });
  const since = dayOf(new Date(clock.now().getTime() - (days - 1) * aDay));
  return {
    organization_prn: organizationPrn(organizationId),
    artifacts: counted(await countArtifacts(db, organizationId)),
    binaries: await countBinaries(db, organizationId, usage.binaries.used),
    ...(allows(scopes, "devices:read") && { devices: counted(await countDevices(db, organizationId)) }),
    ...(allows(scopes, "releases:read") && { releases: counted(await countReleases(db, organizationId)) }),
    waiting_for_signature: waiting.items,
    stored_bytes: usage.stored_bytes,
    downloads: await daysSince(db, organizationId, since),
    ...(allows(scopes, "events:read") && { events: (await listEvents(platform, principal, { limit: shown })).items }),
  };
}

/** Most binaries of a large organization are signed: these are what is left of all that it has. */
async function countBinaries(db: Kysely<Tables>, organizationId: string, all: number): Promise<Overview["binaries"]> {
  const counts = {} as Record<BinaryState, Counted>;
  for (const state of binaryStates) counts[state] = counted(await countInState(db, organizationId, state));
  const { destroyed: _, signed, ...others } = counts;
  const unsigned = Object.values(others);
  if (signed.more && !unsigned.some(({ more }) => more)) {
    counts.signed = { count: unsigned.reduce((left, { count }) => left - count, all), more: false };
  }
  return counts;
}

const countInState = prepared((db: Kysely<Tables>, organizationId: string, state: string) =>
  db
    .selectFrom(({ selectFrom }) =>
      selectFrom("binaries")
        .select("id")
        .where("organization_id", "=", organizationId)
        .where("state", "=", state as BinaryState)
        .limit(maxCounted + 1)
        .as("some"),
    )
    .select(({ fn }) => fn.countAll<number>().as("count")),
);

const countArtifacts = counting("artifacts");
const countDevices = counting("devices");
const countReleases = counting("releases");

function counting(table: "artifacts" | "devices" | "releases") {
  return prepared((db: Kysely<Tables>, organizationId: string) =>
    db
      .selectFrom(({ selectFrom }) =>
        selectFrom(table)
          .select("id")
          .where("organization_id", "=", organizationId)
          .limit(maxCounted + 1)
          .as("some"),
      )
      .select(({ fn }) => fn.countAll<number>().as("count")),
  );
}

function counted([row]: readonly { count: number }[]): Counted {
  return { count: Math.min(row!.count, maxCounted), more: row!.count > maxCounted };
}

const daysSince = prepared((db: Kysely<Tables>, organizationId: string, day: string) =>
  db
    .selectFrom("download_days")
    .select(["day", "requests", "completed", "bytes"])
    .where("organization_id", "=", organizationId)
    .where("day", ">=", day)
    .orderBy("day"),
);
