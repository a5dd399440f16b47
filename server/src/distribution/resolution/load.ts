import { resourceId } from "@open-peridio/contract";
import { type Kysely, sql } from "kysely";
import { dialectOf } from "../../database/dialect.ts";
import { prepared } from "../../database/prepared.ts";
import type { Tables } from "../../database/tables.ts";
import type {
  Reported,
  Resolution,
  ResolvableChannel,
  ResolvableDevice,
  ResolvableOverride,
  ResolvableRelease,
  Withheld,
  WithheldBundles,
} from "../resolvable.ts";
import { channelOf } from "./channel.ts";
import { releasesOf } from "./channels.ts";
import { members, withheldBy } from "./members.ts";
import { activeOverride, contenders, resolve } from "./resolve.ts";

const deviceById = prepared(
  (db: Kysely<Tables>, organizationId: string, id: string, now: string) =>
    db
      .selectFrom("devices as d")
      .leftJoin("cohorts as c", (join) =>
        join.onRef("c.organization_id", "=", "d.organization_id").onRef("c.id", "=", "d.cohort_id"),
      )
      .leftJoin("cohort_channels as h", (join) =>
        join.onRef("h.organization_id", "=", "d.organization_id").onRef("h.cohort_id", "=", "d.cohort_id"),
      )
      .selectAll("d")
      .select(["c.name as cohort_name", "c.device_count", "c.quarantined_count", "h.revision as channel_revision"])
      .select(
        sql<string>`(
        select ${dialectOf(db).jsonRows({
          id: sql`o.id`,
          bundleId: sql`o.bundle_id`,
          startsAt: sql`o.starts_at`,
          endsAt: sql`o.ends_at`,
        })}
        from (
          select o.* from bundle_override_devices x
          join bundle_overrides o on o.organization_id = x.organization_id and o.id = x.bundle_override_id
          where x.organization_id = d.organization_id and x.device_id = d.id
            and o.starts_at <= ${now} and (o.ends_at is null or o.ends_at > ${now})
          order by o.starts_at desc, o.id desc limit 1
        ) o
      )`.as("overrides"),
      )
      .where("d.organization_id", "=", organizationId)
      .where("d.id", "=", id),
  { remember: false },
);

/**
 * A device with its cohort and the override that is active for it, in one query; null when there is none.
 * @param now as the tables hold times
 */
export async function loadDevice(db: Kysely<Tables>, organizationId: string, deviceId: string, now: string) {
  const [row] = await deviceById(db, organizationId, deviceId, now);
  return row ?? null;
}

export type LoadedDevice = NonNullable<Awaited<ReturnType<typeof loadDevice>>>;

/** What a device says that it runs, by PRNs; what is no such PRN of this organization counts as not said. */
export function readReported(
  organizationId: string,
  said: { releasePrn?: string | undefined; bundlePrn?: string | undefined; version?: string | undefined },
): Reported {
  return {
    releaseId: said.releasePrn === undefined ? null : resourceId(said.releasePrn, organizationId, "release"),
    bundleId: said.bundlePrn === undefined ? null : resourceId(said.bundlePrn, organizationId, "bundle"),
    version: said.version ?? null,
  };
}

export interface Resolved {
  resolution: Resolution;
  /** Where the update comes from; null when there is none. */
  release: ResolvableRelease | null;
  override: ResolvableOverride | null;
}

/**
 * What a loaded device should run, with one query more when it may be an update. Nothing is claimed.
 * @param now the same as it was loaded with
 */
export async function resolveLoaded(
  db: Kysely<Tables>,
  loaded: LoadedDevice,
  reported: Reported,
  now: string,
): Promise<Resolved> {
  const organizationId = loaded.organization_id;
  const overrides = JSON.parse(loaded.overrides) as ResolvableOverride[];
  const device: ResolvableDevice = {
    ...reported,
    quarantined: loaded.quarantined === 1,
    tags: loaded.tags === null ? [] : (JSON.parse(loaded.tags) as string[]),
    claimed: new Set(),
  };
  const releases =
    loaded.cohort_id === null
      ? null
      : await releasesOf(db, organizationId, loaded.cohort_id, loaded.channel_revision ?? 0);
  const facts = await loadFacts(db, organizationId, loaded.id, device, overrides, releases, now);
  const channel: ResolvableChannel | null = releases && {
    releases,
    deviceCount: Number(loaded.device_count) - Number(loaded.quarantined_count),
    claims: facts.claims,
  };
  const resolution = resolve({ ...device, claimed: facts.claimed }, overrides, channel, facts.withheld, now);
  const source = resolution.status === "update" ? resolution.source : null;
  return {
    resolution,
    release: source?.type === "release" ? channelOf(releases!).byId.get(source.releaseId)! : null,
    override: source?.type === "bundle_override" ? overrides.find(({ id }) => id === source.overrideId)! : null,
  };
}

interface Facts {
  claims: ReadonlyMap<string, number>;
  claimed: ReadonlySet<string>;
  withheld: WithheldBundles;
}

const noFacts: Facts = { claims: new Map(), claimed: new Set(), withheld: new Map() };

/** What changes from poll to poll of that which could be served. */
async function loadFacts(
  db: Kysely<Tables>,
  organizationId: string,
  deviceId: string,
  device: ResolvableDevice,
  overrides: readonly ResolvableOverride[],
  releases: readonly ResolvableRelease[] | null,
  now: string,
): Promise<Facts> {
  if (device.quarantined) return noFacts;
  const override = activeOverride(overrides, now);
  if (override) {
    if (override.bundleId === device.bundleId) return noFacts;
    return {
      ...noFacts,
      withheld: judge([override.bundleId], await bundleMembers(db, organizationId, override.bundleId)),
    };
  }
  const found = releases === null ? [] : contenders(device, releases, now);
  if (found.length === 0) return noFacts;
  const ids = found.map(({ id }) => id);
  const rows = await contendingReleases(ids.length)(db, organizationId, deviceId, ...ids);
  return {
    claims: new Map(rows.map(({ id, claims }) => [id, Number(claims)])),
    claimed: new Set(rows.filter(({ claim_id }) => claim_id !== null).map(({ id }) => id)),
    withheld: judge(
      found.map(({ bundleId }) => bundleId),
      rows,
    ),
  };
}

/** Why a bundle can't be served now; null when it can. */
export async function withheldBundle(
  db: Kysely<Tables>,
  organizationId: string,
  bundleId: string,
): Promise<Withheld | null> {
  return withheldBy(await bundleMembers(db, organizationId, bundleId));
}

type MemberRow = Awaited<ReturnType<typeof bundleMembers>>[number];

/** @param rows all members of these bundles; one without any is withheld, too */
function judge(bundleIds: readonly string[], rows: readonly MemberRow[]): WithheldBundles {
  const members = Map.groupBy(rows, ({ bundle_id }) => bundle_id);
  const withheld = new Map<string, Withheld>();
  for (const id of bundleIds) {
    const reason = withheldBy(members.get(id) ?? []);
    if (reason) withheld.set(id, reason);
  }
  return withheld;
}

const bundleMembers = prepared((db: Kysely<Tables>, organizationId: string, bundleId: string) =>
  members(db, organizationId).where("m.bundle_id", "=", bundleId),
);

/** Mostly there are one or two. */
const byCount = new Map<number, ReturnType<typeof prepareContending>>();

function contendingReleases(count: number): ReturnType<typeof prepareContending> {
  const known = byCount.get(count) ?? prepareContending();
  byCount.set(count, known);
  return known;
}

const prepareContending = () =>
  prepared(
    (db: Kysely<Tables>, organizationId: string, deviceId: string, ...ids: string[]) =>
      members(db, organizationId)
        .innerJoin("releases as r", (join) =>
          join.onRef("r.organization_id", "=", "m.organization_id").onRef("r.bundle_id", "=", "m.bundle_id"),
        )
        .leftJoin("release_claims as k", (join) =>
          join
            .onRef("k.organization_id", "=", "r.organization_id")
            .onRef("k.release_id", "=", "r.id")
            .on("k.device_id", "=", deviceId),
        )
        .select(["r.id", "r.claims", "k.id as claim_id"])
        .where("r.organization_id", "=", organizationId)
        .where("r.id", "in", ids),
    { remember: false },
  );
