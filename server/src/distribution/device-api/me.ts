import { type DeviceMe, resourcePrn } from "@open-peridio/contract";
import type { FastifyRequest } from "fastify";
import type { Kysely } from "kysely";
import type { DeviceRow, Tables } from "../../database/tables.ts";
import type { Platform } from "../../platform.ts";
import { forTarget, loadManifest } from "../resolution/manifest.ts";
import { withheldBy } from "../resolution/members.ts";
import { type Arrival, arrive } from "./arrival.ts";
import { asked, type Expand } from "./expand.ts";
import { showManifest } from "./manifest.ts";
import { readerOf } from "./reader.ts";
import { readStatement } from "./statement.ts";
import { showCohort } from "./update.ts";

/** What the server knows of the calling device. */
export async function getMe(platform: Platform, request: FastifyRequest, expand: Expand): Promise<DeviceMe["data"]> {
  const arrival = await arrive(platform, request);
  const { device } = arrival;
  const manifest = asked(expand, "manifest");
  return {
    prn: resourcePrn(device.organization_id, "device", device.id),
    identifier: device.identifier,
    quarantined: device.quarantined === 1,
    ...(await showCohort(platform, arrival, asked(expand, "cohort"))),
    ...(manifest && { manifest: await presentManifest(platform, request, arrival, manifest) }),
  };
}

/**
 * The manifest of the bundle that it runs, by what it says now or said last. Empty for one that is not to be had, and for
 * one that this device was never served: it may say what it likes.
 */
async function presentManifest(
  platform: Platform,
  request: FastifyRequest,
  { device, reported, now }: Arrival,
  expand: Expand,
): Promise<unknown[]> {
  const organizationId = device.organization_id;
  const kept = { "peridio-bundle-prn": device.reported_bundle_prn ?? "" };
  const bundleId = reported.bundleId ?? readStatement(organizationId, kept)?.reported.bundleId ?? null;
  if (bundleId === null || device.quarantined === 1) return [];
  if (!(await wasServed(platform.db, device, bundleId, now))) return [];
  const members = await loadManifest(platform.db, organizationId, bundleId);
  if (withheldBy(members)) return [];
  const own = forTarget(members, device.target);
  return showManifest(platform, organizationId, own, expand, readerOf(platform, request));
}

/** Whether the device has claimed a release of this bundle, or there is an override that gives it to the device. */
async function wasServed(
  db: Kysely<Tables>,
  { organization_id, id }: Pick<DeviceRow, "organization_id" | "id">,
  bundleId: string,
  now: string,
): Promise<boolean> {
  const claim = await db
    .selectFrom("release_claims as k")
    .innerJoin("releases as r", (join) =>
      join.onRef("r.organization_id", "=", "k.organization_id").onRef("r.id", "=", "k.release_id"),
    )
    .select("k.id")
    .where("k.organization_id", "=", organization_id)
    .where("k.device_id", "=", id)
    .where("r.bundle_id", "=", bundleId)
    .limit(1)
    .executeTakeFirst();
  if (claim) return true;
  const override = await db
    .selectFrom("bundle_override_devices as x")
    .innerJoin("bundle_overrides as o", (join) =>
      join.onRef("o.organization_id", "=", "x.organization_id").onRef("o.id", "=", "x.bundle_override_id"),
    )
    .select("o.id")
    .where("x.organization_id", "=", organization_id)
    .where("x.device_id", "=", id)
    .where("o.bundle_id", "=", bundleId)
    .where("o.starts_at", "<=", now)
    .limit(1)
    .executeTakeFirst();
  return override !== undefined;
}
