import { notFound, type ResourceType } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { type Owner, ownId } from "../http/principal.ts";
import type { Tables } from "./tables.ts";

/** Tables of an organization's things that a PRN names, and the type that stands in it. */
export const ownTypes = {
  api_keys: "api_key",
  artifacts: "artifact",
  artifact_versions: "artifact_version",
  audit_logs: "audit_log",
  bundle_overrides: "bundle_override",
  bundle_signatures: "bundle_signature",
  bundles: "bundle",
  ca_certificates: "ca_certificate",
  cohorts: "cohort",
  content_moves: "content_move",
  content_stores: "content_store",
  deltas: "delta",
  device_certificates: "device_certificate",
  devices: "device",
  invitations: "invitation",
  products: "product",
  release_claims: "release_claim",
  releases: "release",
  signing_keys: "signing_key",
  webhooks: "webhook",
  webhook_deliveries: "webhook_delivery",
} as const satisfies Partial<Record<keyof Tables, ResourceType>>;

export type OwnTable = keyof typeof ownTypes;

/** The row that a PRN names, of the caller's organization. @throws ApiError 404, also for another organization's */
export async function findOwn<T extends OwnTable>(
  db: Kysely<Tables>,
  owner: Owner,
  table: T,
  prn: string,
): Promise<Tables[T]> {
  const type = ownTypes[table];
  const row = await db
    // One of them stands for all: those columns are the same in each.
    .selectFrom(table as "artifacts")
    .selectAll()
    .where("organization_id", "=", owner.organizationId)
    .where("id", "=", ownId(owner, prn, type))
    .executeTakeFirst();
  if (!row) throw notFound(type.replaceAll("_", " "), prn);
  return row as unknown as Tables[T];
}
