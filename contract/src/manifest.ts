import { canonicalJson } from "./canonical-json.ts";
import type { Metadata } from "./schemas/common.ts";

/** A member of a bundle as its hash covers it, and as an archive of `bundles pull` lists it. Ids are UUIDs. */
export interface BundleItem {
  /** SHA-256 of the content, lower-case hex. */
  hash: string;
  size: number;
  binary_id: string;
  target: string;
  artifact_version_id: string;
  artifact_id: string;
  /** `{}` for none: an archive knows no null here. */
  custom_metadata: Metadata;
}

/** The text whose SHA-256 is a bundle's `hash`: RFC 8785 JSON of its members in their order, with these fields alone. */
export function manifestText(items: readonly BundleItem[]): string {
  return canonicalJson(
    items.map(({ hash, size, binary_id, target, artifact_version_id, artifact_id, custom_metadata }) => ({
      hash,
      size,
      binary_id,
      target,
      artifact_version_id,
      artifact_id,
      custom_metadata,
    })),
  );
}
