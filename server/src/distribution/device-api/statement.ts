import type { IncomingHttpHeaders } from "node:http";
import { parsePrn, type ResourceType } from "@open-peridio/contract";
import { readReported } from "../resolution/load.ts";
import type { Said } from "../resolution/reported.ts";
import type { Reported } from "../resolvable.ts";

/** Characters of a version that is kept. */
const maxVersion = 256;

/** What a device says that it runs. */
export interface Statement {
  said: Said;
  reported: Reported;
}

/**
 * Reads `peridio-release-prn`, `peridio-bundle-prn` and `peridio-release-version`, which are one statement: what isn't
 * among them the device doesn't have. Null when it says nothing; what can't be read counts as not said, and fails
 * nothing. PRNs of things that aren't here are kept as they are.
 */
export function readStatement(organizationId: string, headers: IncomingHttpHeaders): Statement | null {
  const release = prnIn(headers["peridio-release-prn"], "release");
  const bundle = prnIn(headers["peridio-bundle-prn"], "bundle");
  const version = versionIn(headers["peridio-release-version"]);
  if (release === null && bundle === null && version === null) return null;
  return {
    said: { reported_release_prn: release, reported_bundle_prn: bundle, reported_release_version: version },
    reported: readReported(organizationId, {
      releasePrn: release ?? undefined,
      bundlePrn: bundle ?? undefined,
      version: version ?? undefined,
    }),
  };
}

function prnIn(value: string | string[] | undefined, type: ResourceType): string | null {
  const prn = typeof value === "string" ? parsePrn(value) : null;
  return prn?.kind === "resource" && prn.type === type ? (value as string) : null;
}

function versionIn(value: string | string[] | undefined): string | null {
  const version = typeof value === "string" ? value.trim() : "";
  return version !== "" && version.length <= maxVersion ? version : null;
}
