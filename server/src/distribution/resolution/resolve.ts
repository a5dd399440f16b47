import { parseVersion } from "@open-peridio/contract/elixir-version";
import type {
  Resolution,
  ResolutionSource,
  ResolvableChannel,
  ResolvableDevice,
  ResolvableOverride,
  ResolvableRelease,
  WithheldBundles,
} from "../resolvable.ts";
import { channelOf, type ReadRelease } from "./channel.ts";
import { phaseLimit } from "./phase.ts";
import { firstAhead, meets, stretch } from "./way.ts";

const noUpdate: Resolution = { status: "no_update" };

/**
 * What should this device run? Source: the official diagram of resolution, `releases#resolution`. Quarantine comes before
 * all; an override that is active hides the releases; among the releases the device gets the furthest ahead of its own
 * that it may have, without passing a required one.
 * @param channel null for a device without a cohort
 * @param now as the tables hold times
 */
export function resolve(
  device: ResolvableDevice,
  overrides: readonly ResolvableOverride[],
  channel: ResolvableChannel | null,
  withheld: WithheldBundles,
  now: string,
): Resolution {
  if (device.quarantined) return { status: "device_quarantine" };
  const override = activeOverride(overrides, now);
  if (override) {
    if (override.bundleId === device.bundleId) return noUpdate;
    return deliver(override.bundleId, { type: "bundle_override", overrideId: override.id }, withheld);
  }
  if (channel === null) return noUpdate;
  const release = contenders(device, channel.releases, now).find((one) => admits(one, device, channel));
  if (!release) return noUpdate;
  const claim = !device.claimed.has(release.id);
  return deliver(release.bundleId, { type: "release", releaseId: release.id, claim }, withheld);
}

/** The override that counts: of the active ones that which started last. */
export function activeOverride(overrides: readonly ResolvableOverride[], now: string): ResolvableOverride | null {
  const active = overrides.filter(({ startsAt, endsAt }) => startsAt <= now && (endsAt === null || now < endsAt));
  active.sort((a, b) => (a.startsAt + a.id < b.startsAt + b.id ? 1 : -1));
  return active[0] ?? null;
}

/**
 * The releases that this device may have by all but their phase, the furthest first, up to the first that is open to
 * everyone: which one it gets is decided among them.
 */
export function contenders(
  device: ResolvableDevice,
  releases: readonly ResolvableRelease[],
  now: string,
): ReadRelease[] {
  const channel = channelOf(releases);
  const version = device.version === null ? null : parseVersion(device.version);
  const found = [];
  for (const release of stretch(firstAhead(device, version, channel), channel).reverse()) {
    if (release.disabled || release.scheduleDate > now || !meets(version, release)) continue;
    found.push(release);
    if (isOpen(release)) break;
  }
  return found;
}

function isOpen({ phase, paused }: ResolvableRelease): boolean {
  return !paused && phase.mode === "numeric" && phase.value === 1;
}

/** Whether its phase lets the device have it, or the device has claimed it already. */
export function admits(
  { id, paused, phase }: ResolvableRelease,
  device: Pick<ResolvableDevice, "claimed" | "tags">,
  channel: Pick<ResolvableChannel, "claims" | "deviceCount">,
): boolean {
  if (device.claimed.has(id)) return true;
  if (paused) return false;
  if (phase.mode === "tags") return phase.tags.some((tag) => device.tags.includes(tag));
  return (channel.claims.get(id) ?? 0) < phaseLimit(phase.value, channel.deviceCount);
}

function deliver(bundleId: string, source: ResolutionSource, withheld: WithheldBundles): Resolution {
  const reason = withheld.get(bundleId);
  if (reason) return { status: "no_update", withheld: reason, bundleId, source };
  return { status: "update", bundleId, source };
}
