import { compareVersions, satisfies, type Version } from "@open-peridio/contract/elixir-version";
import type { Reported } from "../resolvable.ts";
import type { Channel, ReadRelease } from "./channel.ts";

/** The release right after the one that the device is at; null when it is at the newest, or nobody knows where. */
export function firstAhead(device: Reported, version: Version | null, channel: Channel): ReadRelease | null {
  const own = ownRelease(device, channel);
  if (own) return next(own, channel);
  if (version === null) return null;
  const found = wayIn(version, channel);
  const behind = chain(found, channel).findLast((release) => isBehind(release, version));
  return behind ? next(behind, channel) : found;
}

/** Whether anybody knows where the device is. */
export function isPlaced(device: Reported, version: Version | null, channel: Channel): boolean {
  return ownRelease(device, channel) !== null || (version !== null && wayIn(version, channel) !== null);
}

function ownRelease({ releaseId, bundleId }: Reported, channel: Channel): ReadRelease | null {
  const own =
    (releaseId !== null && channel.byId.get(releaseId)) || (bundleId !== null && channel.lastOfBundle.get(bundleId));
  return own || null;
}

/** Where a device comes in that tells a version only. */
function wayIn(version: Version, channel: Channel): ReadRelease | null {
  return channel.byVersion.find(({ readRequirement }) => satisfies(version, readRequirement)) ?? null;
}

function next(release: ReadRelease, channel: Channel): ReadRelease | null {
  return release.nextId === null ? null : (channel.byId.get(release.nextId) ?? null);
}

/** A release and all that follow it. */
export function chain(first: ReadRelease | null, channel: Channel): ReadRelease[] {
  const releases = [];
  for (let release = first; release; release = next(release, channel)) releases.push(release);
  return releases;
}

/** The same, up to the first that can't be skipped. */
export function stretch(first: ReadRelease | null, channel: Channel): ReadRelease[] {
  const releases = [];
  for (let release = first; release; release = release.required ? null : next(release, channel)) releases.push(release);
  return releases;
}

/** Whether a device of this version has passed the release: not when that is made to go back to. */
function isBehind({ readVersion, refusesItself }: ReadRelease, version: Version): boolean {
  if (readVersion === null) return false;
  const order = compareVersions(readVersion, version);
  return order === 0 || (order < 0 && !refusesItself);
}

/** A device that tells no version was found by its release or bundle: that is as good. */
export function meets(version: Version | null, { requirement, readRequirement }: ReadRelease): boolean {
  if (requirement === null || version === null) return true;
  return readRequirement !== null && satisfies(version, readRequirement);
}
