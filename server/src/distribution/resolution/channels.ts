import type { Kysely } from "kysely";
import { prepared } from "../../database/prepared.ts";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
import type { Phase, ResolvableRelease } from "../resolvable.ts";

/** Releases that are remembered in all; the channel that was asked for longest ago goes first. */
const maxRemembered = 50_000;

interface Remembered {
  revision: number;
  releases: Promise<readonly ResolvableRelease[]>;
  size: number;
}

const remembered = new WeakMap<Kysely<Tables>, Map<string, Remembered>>();

/**
 * The releases of a cohort, as they were at this revision of its channel or later. They are read once for each: what
 * changes a release counts the revision up (`touchChannel`), and each poll reads it.
 */
export function releasesOf(
  db: Kysely<Tables>,
  organizationId: string,
  cohortId: string,
  revision: number,
): Promise<readonly ResolvableRelease[]> {
  const channels = remembered.get(db) ?? new Map<string, Remembered>();
  remembered.set(db, channels);
  const name = `${organizationId} ${cohortId}`;
  const known = channels.get(name);
  if (known && known.revision >= revision) {
    channels.delete(name);
    channels.set(name, known);
    return known.releases;
  }
  const entry: Remembered = { revision, releases: readReleases(db, organizationId, cohortId), size: 0 };
  channels.set(name, entry);
  entry.releases.then(
    (releases) => {
      entry.size = releases.length;
      forgetOldest(channels);
    },
    () => channels.get(name) === entry && channels.delete(name),
  );
  return entry.releases;
}

function forgetOldest(channels: Map<string, Remembered>): void {
  let sum = 0;
  for (const { size } of channels.values()) sum += size;
  for (const [name, { size }] of channels) {
    if (sum <= maxRemembered || channels.size === 1) return;
    channels.delete(name);
    sum -= size;
  }
}

const channelColumns = [
  "id",
  "bundle_id",
  "next_release_id",
  "required",
  "disabled",
  "paused_at",
  "halted_at",
  "schedule_date",
  "phase_mode",
  "phase_value",
  "phase_tags",
  "version",
  "version_requirement",
] as const;

const releaseRows = prepared((db: Kysely<Tables>, organizationId: string, cohortId: string) =>
  db
    .selectFrom("releases")
    .select(channelColumns)
    .where("organization_id", "=", organizationId)
    .where("cohort_id", "=", cohortId),
);

async function readReleases(db: Kysely<Tables>, organizationId: string, cohortId: string) {
  return (await releaseRows(db, organizationId, cohortId)).map(toResolvable);
}

export function toResolvable(row: Pick<ReleaseRow, (typeof channelColumns)[number]>): ResolvableRelease {
  return {
    id: row.id,
    bundleId: row.bundle_id,
    nextId: row.next_release_id,
    required: row.required === 1,
    disabled: row.disabled === 1,
    paused: row.paused_at !== null || row.halted_at !== null,
    scheduleDate: row.schedule_date,
    phase: readPhase(row),
    version: row.version,
    requirement: row.version_requirement,
  };
}

function readPhase(row: Pick<ReleaseRow, "phase_mode" | "phase_value" | "phase_tags">): Phase {
  if (row.phase_mode === "tags") return { mode: "tags", tags: JSON.parse(row.phase_tags ?? "[]") as string[] };
  return { mode: "numeric", value: row.phase_value ?? 0 };
}

/** To be called in the transaction that changes a release of the cohort. */
export async function touchChannel(
  transaction: Kysely<Tables>,
  organizationId: string,
  cohortId: string,
): Promise<void> {
  await transaction
    .insertInto("cohort_channels")
    .values({ organization_id: organizationId, cohort_id: cohortId, revision: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(["organization_id", "cohort_id"])
        .doUpdateSet(({ eb }) => ({ revision: eb("cohort_channels.revision", "+", 1) })),
    )
    .execute();
}
