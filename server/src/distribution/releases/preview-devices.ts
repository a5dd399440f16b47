import type { PreviewOutcome } from "@open-peridio/contract";
import { parseVersion } from "@open-peridio/contract/elixir-version";
import { type Kysely, sql } from "kysely";
import type { CohortRow, Tables } from "../../database/tables.ts";
import { channelOf } from "../resolution/channel.ts";
import { readReported } from "../resolution/load.ts";
import { admits, resolve } from "../resolution/resolve.ts";
import { chain, firstAhead, isPlaced, stretch } from "../resolution/way.ts";
import type { ResolvableChannel, ResolvableDevice } from "../resolvable.ts";

/** Devices that are looked at; of a larger cohort the newest. */
const maxExamined = 10_000;

interface Question {
  /** With the release that is asked about. */
  channel: ResolvableChannel;
  id: string;
  from: string;
}

/** What each of a cohort's devices would do with a release, by what it reported last; the newest device first. */
export async function examineDevices(db: Kysely<Tables>, cohort: CohortRow, { channel, id, from }: Question) {
  const rows = await devicesOf(db, cohort, from).execute();
  const claimed = await readClaimed(db, cohort, channel, from);
  return rows.map((row) => {
    const device = {
      ...readReported(cohort.organization_id, {
        releasePrn: row.reported_release_prn ?? undefined,
        bundlePrn: row.reported_bundle_prn ?? undefined,
        version: row.reported_release_version ?? undefined,
      }),
      quarantined: false,
      tags: row.tags === null ? [] : (JSON.parse(row.tags) as string[]),
      claimed: claimed.get(row.id) ?? new Set<string>(),
    };
    const isOverridden = Number(row.overridden) === 1;
    return { row, outcome: isOverridden ? ("overridden" as const) : outcomeOf(device, channel, id, from) };
  });
}

function devicesOf(db: Kysely<Tables>, cohort: CohortRow, from: string) {
  return db
    .selectFrom("devices as d")
    .select(["d.id", "d.identifier", "d.tags"])
    .select(["d.reported_release_prn", "d.reported_bundle_prn", "d.reported_release_version"])
    .select(
      sql<number>`case when exists (
        select 1 from bundle_override_devices x
        join bundle_overrides o on o.organization_id = x.organization_id and o.id = x.bundle_override_id
        where x.organization_id = d.organization_id and x.device_id = d.id
          and o.starts_at <= ${from} and (o.ends_at is null or o.ends_at > ${from})
      ) then 1 else 0 end`.as("overridden"),
    )
    .where("d.organization_id", "=", cohort.organization_id)
    .where("d.cohort_id", "=", cohort.id)
    .where("d.quarantined", "=", 0)
    .orderBy("d.inserted_at", "desc")
    .orderBy("d.id", "desc")
    .limit(maxExamined);
}

/** Device → which of the releases that aren't open to everyone it has claimed, and so keeps. */
async function readClaimed(
  db: Kysely<Tables>,
  cohort: CohortRow,
  { releases }: ResolvableChannel,
  from: string,
): Promise<Map<string, Set<string>>> {
  const bounded = releases.filter(
    ({ paused, phase }) => paused || phase.mode === "tags" || (phase.mode === "numeric" && phase.value !== 1),
  );
  const claimed = new Map<string, Set<string>>();
  if (bounded.length === 0) return claimed;
  const rows = await db
    .selectFrom("release_claims")
    .select(["device_id", "release_id"])
    .where("organization_id", "=", cohort.organization_id)
    .where(
      "release_id",
      "in",
      bounded.map(({ id }) => id),
    )
    .where("device_id", "in", ({ selectFrom }) => selectFrom(devicesOf(db, cohort, from).as("some")).select("some.id"))
    .execute();
  for (const row of rows) claimed.set(row.device_id, (claimed.get(row.device_id) ?? new Set()).add(row.release_id));
  return claimed;
}

/** Withheld bundles are said of the release as a whole, so that they hide no device's reason here. */
function outcomeOf(device: ResolvableDevice, channel: ResolvableChannel, id: string, from: string): PreviewOutcome {
  const known = channelOf(channel.releases);
  const version = device.version === null ? null : parseVersion(device.version);
  const first = firstAhead(device, version, known);
  const release = chain(first, known).find((one) => one.id === id);
  if (!release) return isPlaced(device, version, known) ? "there" : "unplaced";
  if (!admits(release, device, channel)) return "other_tags";
  const resolution = resolve(device, [], channel, new Map(), from);
  if (resolution.status === "update" && resolution.source.type === "release") {
    return resolution.source.releaseId === id ? "gets" : "another_release";
  }
  return stretch(first, known).includes(release) ? "other_version" : "held";
}
