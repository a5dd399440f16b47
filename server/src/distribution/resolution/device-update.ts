import {
  type AdminManifestItem,
  type DeviceUpdate,
  invalid,
  notFound,
  type ResolveDeviceUpdate,
  resourcePrn,
} from "@open-peridio/contract";
import { showMetadata } from "../../database/metadata.ts";
import { timestamp } from "../../database/time.ts";
import { makeDownloadLinks } from "../../delivery/download-link.ts";
import type { Asker, Where } from "../../delivery/origins/origin.ts";
import { linkMaker } from "../../http/link-maker.ts";
import { ownId, type Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { reportClaim } from "../releases/claim-reports.ts";
import type { Resolution } from "../resolvable.ts";
import { loadDevice, readReported, resolveLoaded } from "./load.ts";
import { contentOf, forTarget, loadManifest, type ManifestMember } from "./manifest.ts";
import { withheldBy } from "./members.ts";
import { saveReported } from "./reported.ts";

/** The official SDK reads sizes here with 32 bits. */
const maxSize = 2 ** 32 - 1;

/**
 * What a device would be told if it said that it runs this. Claims nothing; with `write` it is kept as what the device
 * said.
 * @param where where the client is, for its links
 * @throws ApiError 404; 422 when nothing is said
 */
export async function resolveDeviceUpdate(
  platform: Platform,
  principal: Principal,
  prn: string,
  body: ResolveDeviceUpdate,
  where: Where,
): Promise<DeviceUpdate> {
  const { db, clock } = platform;
  const { organizationId } = principal;
  const { release_prn: releasePrn, bundle_prn: bundlePrn, release_version: version } = body;
  const now = timestamp(clock.now());
  const device = await loadDevice(db, organizationId, ownId(principal, prn, "device"), now);
  if (!device) throw notFound("device", prn);
  if (releasePrn === undefined && bundlePrn === undefined && version === undefined) {
    throw invalid("release_prn", "is needed, or bundle_prn or release_version in its place");
  }
  const reported = readReported(organizationId, { releasePrn, bundlePrn, version });
  if (body.write) {
    const said = {
      reported_release_prn: releasePrn ?? null,
      reported_bundle_prn: bundlePrn ?? null,
      reported_release_version: version ?? null,
    };
    const changed = await saveReported(db, principal, device.id, said, reported, now);
    if (changed && reported.releaseId !== null) {
      const report = { releaseId: reported.releaseId, state: "installed", detail: null } as const;
      await reportClaim(platform, { organizationId, deviceId: device.id }, report);
    }
  }
  const { resolution } = await resolveLoaded(db, device, reported, now);
  if (resolution.status !== "update") return { ...nothing, status: resolution.status };
  const members = await loadManifest(db, organizationId, resolution.bundleId);
  // What was destroyed a moment ago.
  if (withheldBy(members)) return { ...nothing, status: "no_update" };
  const manifest = forTarget(members, device.target);
  await noteLinks(platform, principal, prn, resolution.bundleId, manifest.length);
  const asker = { maker: linkMaker(principal), where };
  return {
    status: "update",
    ...sourceOf(organizationId, resolution),
    bundle_prn: resourcePrn(organizationId, "bundle", resolution.bundleId),
    manifest: await Promise.all(manifest.map((member) => showItem(platform, organizationId, member, asker))),
  };
}

const nothing = { source_type: null, source_prn: null, bundle_prn: null, manifest: null };

function sourceOf(
  organizationId: string,
  { source }: Extract<Resolution, { status: "update" }>,
): Pick<DeviceUpdate, "source_type" | "source_prn"> {
  const id = source.type === "release" ? source.releaseId : source.overrideId;
  return { source_type: source.type, source_prn: resourcePrn(organizationId, source.type, id) };
}

/** Who holds such a link gets the content: it is in the trail who made them. */
function noteLinks(
  { statistics, config, clock }: Platform,
  by: Principal,
  devicePrn: string,
  bundleId: string,
  binaries: number,
): Promise<void> {
  return statistics.trail.append({
    organizationId: by.organizationId,
    by,
    type: "bundle",
    subtype: "download_urls_created",
    resource: resourcePrn(by.organizationId, "bundle", bundleId),
    after: { device_prn: devicePrn, binaries, lives_seconds: config.downloadExpiry },
    at: timestamp(clock.now()),
  });
}

/** Each name as the official SDK reads it, and as the official document has it. */
async function showItem(
  platform: Platform,
  organizationId: string,
  member: ManifestMember,
  asker: Asker,
): Promise<AdminManifestItem> {
  const prn = resourcePrn(organizationId, "binary", member.binary_id);
  const artifact = resourcePrn(organizationId, "artifact", member.artifact_id);
  const version = resourcePrn(organizationId, "artifact_version", member.artifact_version_id);
  const { url } = await makeDownloadLinks(platform, contentOf(organizationId, member), asker);
  return {
    prn,
    binary_prn: prn,
    artifact_prn: artifact,
    artifact,
    artifact_version_prn: version,
    artifact_version: version,
    hash: member.hash!,
    size: member.size! > maxSize ? null : member.size,
    target: member.target,
    custom_metadata: showMetadata(member.custom_metadata),
    signatures: member.signatures.map(({ signature, keyid, signing_key_id }) => ({
      signing_key_prn: resourcePrn(organizationId, "signing_key", signing_key_id),
      keyid,
      signature,
    })),
    url,
  };
}
