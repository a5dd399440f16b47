import {
  compareVersions,
  parseRequirement,
  parseVersion,
  type Requirement,
  satisfies,
  type Version,
} from "@open-peridio/contract/elixir-version";
import type { ResolvableRelease } from "../resolvable.ts";

/** A release with its texts read. A text that can't be read is null: nothing is above such a version. */
export interface ReadRelease extends ResolvableRelease {
  readVersion: Version | null;
  readRequirement: Requirement | null;
  /** It asks for other versions than its own: to come from a higher one to it is no accident. */
  refusesItself: boolean;
}

export interface Channel {
  byId: ReadonlyMap<string, ReadRelease>;
  /** Of those with this bundle, the one nearest to the newest. */
  lastOfBundle: ReadonlyMap<string, ReadRelease>;
  /** Those that a version can find, the lowest version first. */
  byVersion: readonly (ReadRelease & { readVersion: Version; readRequirement: Requirement })[];
}

const channels = new WeakMap<readonly ResolvableRelease[], Channel>();

/** A cohort's releases as resolution looks things up in them. Made once for an array, which is not to change. */
export function channelOf(releases: readonly ResolvableRelease[]): Channel {
  const known = channels.get(releases);
  if (known) return known;
  const made = makeChannel(fromTheNewest(releases));
  channels.set(releases, made);
  return made;
}

/** The newest release first, then what leads to it, step by step; of those with as many steps, the newest id first. */
function fromTheNewest(releases: readonly ResolvableRelease[]): ResolvableRelease[] {
  const leadingTo = new Map<string | null, ResolvableRelease[]>();
  for (const release of releases) {
    const others = leadingTo.get(release.nextId);
    if (others) others.push(release);
    else leadingTo.set(release.nextId, [release]);
  }
  const ordered: ResolvableRelease[] = [];
  for (let step = leadingTo.get(null) ?? []; step.length > 0; ) {
    step.sort((a, b) => (a.id < b.id ? 1 : -1));
    ordered.push(...step);
    step = step.flatMap(({ id }) => leadingTo.get(id) ?? []);
  }
  return ordered;
}

function makeChannel(ordered: readonly ResolvableRelease[]): Channel {
  const read = ordered.map(readTexts);
  const byId = new Map<string, ReadRelease>();
  const lastOfBundle = new Map<string, ReadRelease>();
  for (const release of read) {
    byId.set(release.id, release);
    if (!lastOfBundle.has(release.bundleId)) lastOfBundle.set(release.bundleId, release);
  }
  const byVersion = read
    .filter((release): release is Channel["byVersion"][number] => !!release.readVersion && !!release.readRequirement)
    .sort((a, b) => compareVersions(a.readVersion, b.readVersion));
  return { byId, lastOfBundle, byVersion };
}

function readTexts(release: ResolvableRelease): ReadRelease {
  const readVersion = release.version === null ? null : parseVersion(release.version);
  const readRequirement = release.requirement === null ? null : parseRequirement(release.requirement);
  const refusesItself = readVersion !== null && readRequirement !== null && !satisfies(readVersion, readRequirement);
  return { ...release, readVersion, readRequirement, refusesItself };
}
