import { type ExpandedUpdate, resourcePrn } from "@open-peridio/contract";
import type { FastifyRequest } from "fastify";
import type { Holdings } from "../../deltas/offer.ts";
import { originFrom } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { getBundle } from "../bundles/bundles.ts";
import { getOverride } from "../bundles/overrides.ts";
import { getCohort } from "../fleet/cohorts.ts";
import { claimRelease } from "../releases/claims.ts";
import { showOne } from "../releases/releases.ts";
import { loadDevice, type Resolved, resolveLoaded } from "../resolution/load.ts";
import { forTarget, loadManifest, type ManifestMember } from "../resolution/manifest.ts";
import { withheldBy } from "../resolution/members.ts";
import type { Resolution } from "../resolvable.ts";
import { type Arrival, arrive } from "./arrival.ts";
import { asked, asksBeyond, type Expand, pick } from "./expand.ts";
import { type Reader, showManifest } from "./manifest.ts";
import { holdingsOf, isPeridiod, readerOf } from "./reader.ts";

/** How often a device is resolved anew because others took the release that it would have got. */
const maxAttempts = 5;

type Update = Resolved & { resolution: Extract<Resolution, { status: "update" }>; members: ManifestMember[] };

/** What the calling device should run: claimed for it, kept, and as much of it as was asked for. */
export async function getUpdate(platform: Platform, request: FastifyRequest, expand: Expand): Promise<ExpandedUpdate> {
  const arrival = await arrive(platform, request);
  const update = await decide(platform, request, arrival);
  noteCheck(platform, request, arrival, update === "device_quarantine" ? null : update);
  const cohort = await showCohort(platform, arrival, asked(expand, "cohort"));
  if (update === null) return { status: "no_update", ...nothing(expand), ...cohort };
  if (update === "device_quarantine") {
    const status = isPeridiod(request) ? "device_quarantined" : "device_quarantine";
    return { status, ...nothing(expand), ...cohort };
  }
  const readers = { reader: readerOf(platform, request), holdings: holdingsOf(request) };
  return {
    status: "update",
    ...(await show(platform, arrival, update, expand, readers)),
    ...cohort,
  };
}

/** Fields that an answer without an update has of those that were asked for. */
function nothing(expand: Expand): Partial<ExpandedUpdate> {
  return asked(expand, "source_type") ? { source_type: null } : {};
}

/** Null for nothing. What is decided here and has a phase is claimed: the device keeps it from now on. */
async function decide(
  platform: Platform,
  request: FastifyRequest,
  arrival: Arrival,
): Promise<Update | "device_quarantine" | null> {
  const { caller, reported, now } = arrival;
  let device: Arrival["device"] | null = arrival.device;
  for (let attempt = 1; device && attempt <= maxAttempts; attempt++) {
    const resolved = await resolveLoaded(platform.db, device, reported, now);
    const { resolution } = resolved;
    if (resolution.status === "device_quarantine") return resolution.status;
    if (resolution.status === "no_update") {
      if ("withheld" in resolution) await withhold(platform, caller.organizationId, resolution);
      return null;
    }
    const { source, bundleId } = resolution;
    const isClaimed =
      source.type !== "release" ||
      !source.claim ||
      (await claimRelease(platform, caller, source.releaseId, originFrom(request)));
    if (isClaimed) {
      const members = await loadManifest(platform.db, caller.organizationId, bundleId);
      // Between the decision and now a binary may have been destroyed, or a key revoked.
      const withheld = withheldBy(members);
      if (withheld === null) {
        platform.devices.withheld.forget(caller.organizationId, bundleId);
        return { ...resolved, resolution, members };
      }
      await withhold(platform, caller.organizationId, { withheld, bundleId, source });
      return null;
    }
    device = await loadDevice(platform.db, caller.organizationId, caller.deviceId, now);
  }
  return null;
}

function withhold(
  { devices }: Platform,
  organizationId: string,
  { bundleId, withheld, source }: Omit<Extract<Resolution, { withheld: unknown }>, "status">,
): Promise<void> {
  return devices.withheld.tell(organizationId, bundleId, withheld, source);
}

/** `device.checked_for_release`, with what was offered. */
function noteCheck(platform: Platform, request: FastifyRequest, { caller }: Arrival, update: Update | null): void {
  const { organizationId, deviceId } = caller;
  const release = update?.release;
  platform.devices.sightings.note(organizationId, "checked_for_release", () => ({
    deviceId,
    origin: originFrom(request),
    about: { bundleId: update?.resolution.bundleId ?? null },
    data: {
      release: release ? { prn: resourcePrn(organizationId, "release", release.id), version: release.version } : null,
    },
  }));
}

async function show(
  platform: Platform,
  arrival: Arrival,
  update: Update,
  expand: Expand,
  { reader, holdings }: { reader: Reader; holdings: Holdings | null },
): Promise<Partial<ExpandedUpdate>> {
  const { caller, device } = arrival;
  const wanted = (key: string) => asked(expand, key);
  const [release, override, bundle, manifest] = [
    wanted("release"),
    wanted("bundle_override"),
    wanted("bundle"),
    wanted("manifest"),
  ];
  return {
    ...(wanted("source_type") && { source_type: update.resolution.source.type }),
    ...(release &&
      update.release && { release: pick(await showRelease(platform, arrival, update.release, release), release) }),
    ...(override &&
      update.override && {
        bundle_override: pick(await showOverride(platform, arrival, update.override.id), override),
      }),
    ...(bundle && { bundle: pick(await showBundle(platform, arrival, update.resolution.bundleId, bundle), bundle) }),
    ...(manifest && {
      manifest: (await showManifest(
        platform,
        caller.organizationId,
        forTarget(update.members, device.target),
        manifest,
        reader,
        holdings,
      )) as NonNullable<ExpandedUpdate["manifest"]>,
    }),
  };
}

/** What the agent asks for is known already; all else is another query. */
async function showRelease(
  { db }: Platform,
  { caller: { organizationId }, now }: Arrival,
  { id, version, requirement }: NonNullable<Resolved["release"]>,
  expand: Expand,
): Promise<object> {
  const known = { prn: resourcePrn(organizationId, "release", id), version, version_requirement: requirement };
  if (!asksBeyond(expand, Object.keys(known))) return known;
  return showOne(db, { organization_id: organizationId, id }, now);
}

async function showBundle(platform: Platform, { caller }: Arrival, id: string, expand: Expand): Promise<object> {
  const prn = resourcePrn(caller.organizationId, "bundle", id);
  return asksBeyond(expand, ["prn"]) ? getBundle(platform, caller, prn, 2) : { prn };
}

/** As the official document has it: less than the admin API tells. */
async function showOverride(platform: Platform, { caller }: Arrival, id: string): Promise<object> {
  const override = await getOverride(platform, caller, resourcePrn(caller.organizationId, "bundle_override", id));
  const { prn, starts_at, ends_at, inserted_at, updated_at } = override;
  return { prn, starts_at, ends_at, inserted_at, updated_at };
}

/** The cohort of a device, if it is asked for; null when it has none. */
export async function showCohort(
  platform: Platform,
  { caller, device }: Arrival,
  expand: Expand | null,
): Promise<{ cohort?: unknown }> {
  if (!expand) return {};
  if (device.cohort_id === null) return { cohort: null };
  const prn = resourcePrn(caller.organizationId, "cohort", device.cohort_id);
  return { cohort: pick(await getCohort(platform, caller, prn), expand) };
}
