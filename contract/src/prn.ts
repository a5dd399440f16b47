/**
 * Peridio resource names (PRN).
 *
 *     prn:1:ORG_UUID              an organization
 *     prn:1:user:UUID             a user
 *     prn:1:ORG_UUID:TYPE:UUID    all else
 */

export const resourceTypes = [
  "api_key",
  "artifact",
  "artifact_version",
  "audit_log",
  "binary",
  "binary_part",
  "binary_signature",
  "bundle",
  "bundle_override",
  "bundle_signature",
  "ca_certificate",
  "cohort",
  "content_move",
  "content_store",
  "delta",
  "device",
  "device_certificate",
  "event",
  "invitation",
  "org_user",
  "organization",
  "product",
  "release",
  "release_claim",
  "signing_key",
  "user",
  "webhook",
  "webhook_delivery",
] as const;

export type ResourceType = (typeof resourceTypes)[number];

export type ParsedPrn =
  | { kind: "organization"; organizationId: string }
  | { kind: "user"; id: string }
  | { kind: "resource"; organizationId: string; type: ResourceType; id: string };

/** A UUID of any version, lower or upper case. */
export const uuidPattern = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

const uuidLength = 36;
const plainUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const wholeUuid = new RegExp(`^${uuidPattern}$`);
const knownTypes: ReadonlySet<string> = new Set(resourceTypes);

export function organizationPrn(organizationId: string): string {
  return `prn:1:${organizationId}`;
}

export function userPrn(id: string): string {
  return `prn:1:user:${id}`;
}

export function resourcePrn(organizationId: string, type: ResourceType, id: string): string {
  return `prn:1:${organizationId}:${type}:${id}`;
}

/** Reads a PRN; UUIDs come back in lower case. Returns null for anything that isn't one. */
export function parsePrn(text: string): ParsedPrn | null {
  const [scheme, version, first, type, id, ...rest] = text.split(":");
  if (scheme !== "prn" || version !== "1" || first === undefined || rest.length > 0) return null;
  if (id !== undefined) {
    if (!wholeUuid.test(first) || !wholeUuid.test(id) || !knownTypes.has(type as string)) return null;
    return {
      kind: "resource",
      organizationId: first.toLowerCase(),
      type: type as ResourceType,
      id: id.toLowerCase(),
    };
  }
  if (type !== undefined) {
    return first === "user" && wholeUuid.test(type) ? { kind: "user", id: type.toLowerCase() } : null;
  }
  return wholeUuid.test(first) ? { kind: "organization", organizationId: first.toLowerCase() } : null;
}

/** The UUID inside a PRN of the given type and organization, or null when the PRN names something else. */
export function resourceId(text: string, organizationId: string, type: ResourceType): string | null {
  const id = text.slice(-uuidLength);
  // Nearly always it is just this.
  if (text === resourcePrn(organizationId, type, id) && plainUuid.test(id)) return id;
  const prn = parsePrn(text);
  if (prn?.kind !== "resource" || prn.type !== type || prn.organizationId !== organizationId) return null;
  return prn.id;
}
