import type { X509Certificate } from "node:crypto";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { insertOwn } from "../../activity/own-changes.ts";
import { isTaken } from "../../database/constraint.ts";
import type { CaCertificateRow, DeviceRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Author, Origin } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { certificateRow } from "./certificates.ts";
import { countMembership } from "./cohort-counts.ts";
import { commonNameOf, fingerprintOf } from "./x509.ts";

/** Why a certificate that a registered authority signed brings no device (the official event documents). */
export type ProvisioningRefusal = "jitp_disabled" | "multi_cert_jitr_disabled" | "jitp_failed" | "device_is_archived";

const maxIdentifier = 128;

/**
 * The device of a certificate that is seen for the first time, which an authority of the organization signed: made by the
 * authority's settings, or an existing one that gets this certificate as well. However many replicas see it at once, there
 * is one device and one certificate afterwards.
 */
export async function provision(
  { db, clock }: Pick<Platform, "db" | "clock">,
  authority: CaCertificateRow,
  certificate: X509Certificate,
  origin: Origin,
): Promise<{ device: DeviceRow } | { refusal: ProvisioningRefusal }> {
  if (authority.jitp_product_id === null) return { refusal: "jitp_disabled" };
  const identifier = commonNameOf(certificate) ?? "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point.
  if (identifier === "" || identifier.length > maxIdentifier || /[\u0000-\u001f\u007f]/.test(identifier)) {
    return { refusal: "jitp_failed" };
  }
  const by: Author = { actor: null, name: `certificate ${identifier}`, origin };
  const now = timestamp(clock.now());
  try {
    return await changing(db, authority.organization_id, async (transaction) => {
      const known = await knownBy(transaction, fingerprintOf(certificate));
      if (known) return { device: known };
      if (await isArchived(transaction, authority)) return { refusal: "device_is_archived" };
      const existing = await findDevice(transaction, authority.organization_id, identifier);
      if (existing && !authority.jitp_second_certificate) return { refusal: "multi_cert_jitr_disabled" };
      const device = existing ?? newDevice(authority, identifier, now);
      if (!existing) {
        await insertOwn(transaction, by, "devices", device);
        await countMembership(transaction, null, device);
      }
      await insertOwn(transaction, by, "device_certificates", certificateRow(device, certificate, now));
      return { device };
    });
  } catch (error) {
    // Another organization has registered this very certificate.
    if (isTaken(error, "device_certificates.fingerprint")) return { refusal: "jitp_failed" };
    throw error;
  }
}

/** The device of an organization that another replica has just made of the same certificate. */
async function knownBy(db: Kysely<Tables>, fingerprint: string): Promise<DeviceRow | undefined> {
  return db
    .selectFrom("device_certificates")
    .innerJoin("devices", (join) =>
      join
        .onRef("devices.organization_id", "=", "device_certificates.organization_id")
        .onRef("devices.id", "=", "device_certificates.device_id"),
    )
    .selectAll("devices")
    .where("device_certificates.fingerprint", "=", fingerprint)
    .executeTakeFirst();
}

async function isArchived(db: Kysely<Tables>, authority: CaCertificateRow): Promise<boolean> {
  const { archived } = await db
    .selectFrom("products")
    .select("archived")
    .where("organization_id", "=", authority.organization_id)
    .where("id", "=", authority.jitp_product_id!)
    .executeTakeFirstOrThrow();
  return archived === 1;
}

function findDevice(db: Kysely<Tables>, organizationId: string, identifier: string): Promise<DeviceRow | undefined> {
  return db
    .selectFrom("devices")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("identifier", "=", identifier)
    .executeTakeFirst();
}

function newDevice(authority: CaCertificateRow, identifier: string, now: string): DeviceRow {
  return {
    organization_id: authority.organization_id,
    id: uuidv7(),
    product_id: authority.jitp_product_id!,
    cohort_id: authority.jitp_cohort_id,
    identifier,
    description: authority.jitp_description,
    target: authority.jitp_target,
    tags: authority.jitp_tags,
    quarantined: 0,
    last_connected_at: null,
    reported_bundle_prn: null,
    reported_release_prn: null,
    reported_release_version: null,
    inserted_at: now,
    updated_at: now,
  };
}
