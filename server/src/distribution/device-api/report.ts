import { type DeviceReport, invalid, resourceId } from "@open-peridio/contract";
import type { FastifyRequest } from "fastify";
import type { Platform } from "../../platform.ts";
import { reportClaim } from "../releases/claim-reports.ts";
import { arrive } from "./arrival.ts";

/**
 * Writes down how far the calling device has come with a release. `recorded` is false for a release that it was never
 * served, and for what came by an override, of which no progress is kept.
 * @throws ApiError 422 for a name of something else
 */
export async function takeReport(
  platform: Platform,
  request: FastifyRequest,
  { bundle_prn, release_prn, state, detail }: DeviceReport,
): Promise<{ recorded: boolean }> {
  const { caller } = await arrive(platform, request);
  const { organizationId } = caller;
  if (resourceId(bundle_prn, organizationId, "bundle") === null) {
    throw invalid("bundle_prn", `must be the PRN of the bundle that was served; got '${bundle_prn}'`);
  }
  if (release_prn === undefined || release_prn === null) return { recorded: false };
  const releaseId = resourceId(release_prn, organizationId, "release");
  if (releaseId === null) {
    throw invalid("release_prn", `must be the PRN of the release that was served, or null; got '${release_prn}'`);
  }
  return { recorded: await reportClaim(platform, caller, { releaseId, state, detail: detail ?? null }) };
}
