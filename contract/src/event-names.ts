/**
 * What a webhook can be told, as `type.subtype`. The official documents write some with hyphens; those are taken and
 * answered with underscores.
 */
export const deliverableEvents = [
  "api_key.created",
  "api_key.deleted",
  "api_key.revoked",
  "api_key.rotated",
  "artifact.archived",
  "artifact.held",
  "artifact.unarchived",
  "artifact_version.archived",
  "artifact_version.unarchived",
  "binary.archived",
  "binary.content_archived",
  "binary.content_restored",
  "binary.created",
  "binary.deleted",
  "binary.destroyed",
  "binary.hash_failed",
  "binary.hashable",
  "binary.hashing",
  "binary.held",
  "binary.quarantined",
  "binary.reset",
  "binary.restored",
  "binary.signable",
  "binary.signed",
  "binary.unarchived",
  "binary.unusual_download",
  "binary.upload_expired",
  "binary.upload_expiring",
  "binary_signature.created",
  "binary_signature.deleted",
  "bundle.withheld",
  "device.authentication_failed",
  "device.checked_for_release",
  "device.claimed_release",
  "device.connected",
  "device.release_changed",
  "device.updated",
  "release.created",
  "release.deleted",
  "release.halted",
  "release.paused",
  "release.resumed",
  "release.updated",
  "signing_key.revoked",
  "webhook.test_fire",
] as const;

export type DeliverableEvent = (typeof deliverableEvents)[number];

/** The name that a text stands for, hyphens or not; null for none. */
export function readEventName(text: string): DeliverableEvent | null {
  const name = text.replaceAll("-", "_");
  return deliverableEvents.find((known) => known === name) ?? null;
}
