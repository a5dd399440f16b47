import { compareVersions, parseRequirement, parseVersion, satisfies } from "@open-peridio/contract/elixir-version";
import fc from "fast-check";
import type {
  Resolution,
  ResolvableChannel,
  ResolvableDevice,
  ResolvableOverride,
  ResolvableRelease,
  Withheld,
  WithheldBundles,
} from "../resolvable.ts";

export const now = "2026-02-01T00:00:00.000000Z";
export const past = "2026-01-01T00:00:00.000000Z";
export const future = "2026-03-01T00:00:00.000000Z";

/*
 * The official diagram, box by box, as slowly and obviously as possible, with one more box, "behind": nobody goes back by
 * accident.
 */
export function byTheDiagram(
  device: ResolvableDevice,
  overrides: readonly ResolvableOverride[],
  channel: ResolvableChannel | null,
  withheld: WithheldBundles,
  now: string,
): string {
  if (device.quarantined) return "quarantine";
  let active: ResolvableOverride | undefined;
  for (const one of overrides) {
    if (one.startsAt > now || (one.endsAt !== null && one.endsAt <= now)) continue;
    const later = !active || one.startsAt > active.startsAt || (one.startsAt === active.startsAt && one.id > active.id);
    if (later) active = one;
  }
  if (active) {
    if (active.bundleId === device.bundleId) return "none";
    return withheld.has(active.bundleId) ? "withheld" : `override ${active.id}`;
  }
  if (!channel) return "none";
  const { releases } = channel;
  const find = (id: string | null) => releases.find((one) => one.id === id);
  const stepsToNewest = (one: ResolvableRelease): number => {
    const next = find(one.nextId);
    return next ? stepsToNewest(next) + 1 : 0;
  };
  const nearest = (some: ResolvableRelease[]) =>
    some.sort((a, b) => stepsToNewest(a) - stepsToNewest(b) || (a.id < b.id ? 1 : -1))[0];
  const versionOf = (text: string | null) => (text === null ? null : parseVersion(text));
  const fits = (version: ReturnType<typeof versionOf>, requirement: string | null) =>
    version !== null && requirement !== null && satisfies(version, parseRequirement(requirement)!);

  let candidate: ResolvableRelease | undefined;
  const reported = versionOf(device.version);
  const byRelease = find(device.releaseId);
  const byBundle = nearest(releases.filter((one) => one.bundleId === device.bundleId));
  if (byRelease) candidate = find(byRelease.nextId);
  else if (byBundle) candidate = find(byBundle.nextId);
  else if (reported) {
    const fitting = releases.filter((one) => one.version !== null && fits(reported, one.requirement));
    const lowest = fitting.filter((one) =>
      fitting.every((other) => compareVersions(versionOf(one.version)!, versionOf(other.version)!) <= 0),
    );
    candidate = nearest(lowest);
    const path: ResolvableRelease[] = [];
    for (let one = candidate; one; one = find(one.nextId)) path.push(one);
    for (const one of path) {
      const version = versionOf(one.version);
      if (!version) continue;
      const same = compareVersions(version, reported) === 0;
      const lower = compareVersions(version, reported) < 0;
      const onPurpose = one.requirement !== null && !fits(version, one.requirement);
      if (same || (lower && !onPurpose)) candidate = find(one.nextId);
    }
  }
  if (!candidate) return "none";

  const candidates = [candidate];
  while (!candidate.required && find(candidate.nextId)) {
    candidate = find(candidate.nextId)!;
    candidates.push(candidate);
  }
  while (candidates.length > 0) {
    const one = candidates.pop()!;
    if (one.disabled) continue;
    if (one.scheduleDate > now) continue;
    if (one.requirement !== null && reported !== null && !fits(reported, one.requirement)) continue;
    if (!device.claimed.has(one.id)) {
      if (one.paused) continue;
      if (one.phase.mode === "tags") {
        const { tags } = one.phase;
        if (!device.tags.some((tag) => tags.includes(tag))) continue;
      } else if (one.phase.value !== 1) {
        const { value } = one.phase;
        const limit = value < 1 ? Math.ceil(value * channel.deviceCount) : value;
        if ((channel.claims.get(one.id) ?? 0) >= limit) continue;
      }
    }
    return withheld.has(one.bundleId) ? "withheld" : `release ${one.id}${device.claimed.has(one.id) ? "" : " claim"}`;
  }
  return "none";
}

export function inWords(resolution: Resolution): string {
  if (resolution.status === "device_quarantine") return "quarantine";
  if (resolution.status === "no_update") return "withheld" in resolution ? "withheld" : "none";
  const { source } = resolution;
  if (source.type === "bundle_override") return `override ${source.overrideId}`;
  return `release ${source.releaseId}${source.claim ? " claim" : ""}`;
}

/* Anything that resolution may be asked about. */

const ids = ["a", "b", "c", "d", "e", "f", "g"];
export const bundleIds = ["p", "q", "r", "s"];
const someBundle = fc.constantFrom(...bundleIds);
export const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const version = fc.constantFrom("1.0.0", "1.1.0", "1.1.0-rc.1", "2.0.0", "2.1.0", "3.0.0");
const requirement = fc.constantFrom(
  ...["~> 1.0", ">= 1.0.0", "== 2.0.0", "> 2.0.0", "~> 1.0 or ~> 2.0", ">= 1.1.0 and < 3.0.0", "!= 1.0.0"],
);
const tag = fc.constantFrom("x", "y", "z");
const time = fc.constantFrom(past, now, future);
const phase: fc.Arbitrary<ResolvableRelease["phase"]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ mode: "numeric" as const, value: 1 }) },
  fc.constantFrom(0, 0.25, 0.5, 2, 5).map((value) => ({ mode: "numeric" as const, value })),
  fc.array(tag, { minLength: 1, maxLength: 2 }).map((tags) => ({ mode: "tags" as const, tags })),
);
const rarely = fc.integer({ min: 0, max: 4 }).map((number) => number === 0);
const releaseOf = (id: string, nextId: string | null): fc.Arbitrary<ResolvableRelease> =>
  fc.record({
    ...{ id: fc.constant(id), nextId: fc.constant(nextId), bundleId: someBundle, required: rarely, disabled: rarely },
    ...{ paused: rarely, scheduleDate: fc.constantFrom(past, past, past, now, future), phase },
    ...{ version: some(version), requirement: some(requirement) },
  });
/** Each leads to one before it in the list: that is any tree with one newest. */
const releases = fc
  .array(fc.nat(), { maxLength: 6 })
  .chain((picks) =>
    fc.tuple(
      releaseOf(ids[0]!, null),
      ...picks.map((pick, index) => releaseOf(ids[index + 1]!, ids[pick % (index + 1)]!)),
    ),
  );
export const channels: fc.Arbitrary<ResolvableChannel> = fc
  .tuple(fc.oneof(fc.constant([]), releases), fc.nat(10), fc.array(fc.nat(6), { minLength: 7, maxLength: 7 }))
  .map(([releases, deviceCount, counts]) => ({
    releases: [...releases].reverse(),
    deviceCount,
    claims: new Map(ids.map((id, index) => [id, counts[index]!])),
  }));
export const devices: fc.Arbitrary<ResolvableDevice> = fc.record({
  quarantined: fc.integer({ min: 0, max: 19 }).map((number) => number === 0),
  tags: fc.array(tag, { maxLength: 2 }),
  claimed: fc.array(fc.constantFrom(...ids), { maxLength: 3 }).map((some) => new Set(some)),
  releaseId: fc.oneof(fc.constant(null), fc.constantFrom(...ids)),
  bundleId: some(someBundle),
  version: some(fc.oneof(version, fc.constant("no version"))),
});
export const overrides = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  fc
    .array(fc.record({ bundleId: someBundle, startsAt: time, endsAt: some(time) }), { maxLength: 3 })
    .map((some) => some.map((one, index) => ({ ...one, id: `o${index}` }))),
);
export const withheld = fc
  .array(someBundle, { maxLength: 2 })
  .map((ids) => new Map(ids.map((id): [string, Withheld] => [id, { reason: "binary_unsigned", binaryId: "b" }])));
