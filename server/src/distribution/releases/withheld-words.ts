import { resourcePrn } from "@open-peridio/contract";
import type { Withheld } from "../resolvable.ts";

/** Why a bundle is served to nobody, for people; null when it is served. */
export function withheldInWords(organizationId: string, withheld: Withheld | null): string | null {
  if (withheld === null) return null;
  if (withheld.reason === "bundle_empty") return "the bundle has no binaries";
  const binary = `the binary '${resourcePrn(organizationId, "binary", withheld.binaryId)}'`;
  if (withheld.reason === "binary_destroyed") return `${binary} is destroyed`;
  if (withheld.reason === "binary_quarantined")
    return `${binary} is in quarantine: its content is not what was verified`;
  return `${binary} has fewer signatures by keys that aren't revoked than it needs`;
}
