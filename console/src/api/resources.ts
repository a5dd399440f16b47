import type { components } from "@open-peridio/sdk";

type Schemas = components["schemas"];

/** What each list of the API is made of: its path segment → one of its items. */
export interface Resources {
  api_keys: Schemas["ApiKey"];
  artifacts: Schemas["Artifact"];
  artifact_versions: Schemas["ArtifactVersion"];
  audit_logs: Schemas["AuditLog"];
  binaries: Schemas["Binary"];
  binary_signatures: Schemas["BinarySignature"];
  bundles: Schemas["Bundle"];
  bundle_overrides: Schemas["BundleOverride"];
  bundle_signatures: Schemas["BundleSignature"];
  ca_certificates: Schemas["CaCertificate"];
  cohorts: Schemas["Cohort"];
  content_moves: Schemas["ContentMove"];
  content_stores: Schemas["ContentStore"];
  devices: Schemas["Device"];
  device_certificates: Schemas["DeviceCertificate"];
  events: Schemas["Event"];
  invitations: Schemas["Invitation"];
  org_users: Schemas["OrgUser"];
  products: Schemas["Product"];
  release_claims: Schemas["ReleaseClaim"];
  releases: Schemas["Release"];
  signing_keys: Schemas["SigningKey"];
  webhook_deliveries: Schemas["WebhookDelivery"];
  webhooks: Schemas["Webhook"];
}

export type ResourceName = keyof Resources;

const irregular: Partial<Record<ResourceName, string>> = {
  artifact_versions: "artifact_version",
  binaries: "binary",
  webhook_deliveries: "webhook_delivery",
};

/** The key that wraps one item in an answer, which is also the type in its PRN. */
export function singular(resource: ResourceName): string {
  return irregular[resource] ?? resource.replace(/s$/, "");
}

/** The list that a PRN's type belongs to: `binary` → `binaries`. */
export function plural(type: string): string {
  return type.endsWith("y") ? `${type.slice(0, -1)}ies` : `${type}s`;
}
