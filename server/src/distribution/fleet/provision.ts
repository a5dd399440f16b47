import { CreateDevice } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import Value from "typebox/value";
import { isTaken } from "../../database/constraint.ts";
import type { CaCertificateRow, DeviceRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import { type Author, type Origin, theServer } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { addDeviceCertificate, findDeviceByFingerprint } from "./certificates.ts";
import { addDevice } from "./devices.ts";
import { type Certificate, isForClients } from "./x509.ts";

/** Why a device is turned away, as `device.authentication_failed` says it. Source: api.md § 7.1. */
export type RefusalReason = "jitp_disabled" | "multi_cert_jitr_disabled" | "jitp_failed" | "device_is_archived";

export type Provisioned = { device: DeviceRow } | { refused: RefusalReason };

/**
 * Just-in-time provisioning: makes the device that presents an unknown certificate, or adds the certificate to the device
 * that its common name identifies. However many replicas see it at once, there is one device, and each of them gets it.
 * @param authority what `findAuthority` found: that the certificate chains to it is up to the caller
 */
export async function provision(
  { db, clock }: Platform,
  authority: CaCertificateRow,
  certificate: Certificate,
  origin: Origin,
): Promise<Provisioned> {
  const by = { ...theServer, origin };
  const now = timestamp(clock.now());
  const { organization_id } = authority;
  try {
    return await changing(db, organization_id, (transaction) => admit(transaction, by, authority, certificate, now));
  } catch (error) {
    if (!isTaken(error, "device_certificates.fingerprint")) throw error;
    // Another organization was quicker.
    return { refused: "jitp_failed" };
  }
}

async function admit(
  transaction: Kysely<Tables>,
  by: Author,
  authority: CaCertificateRow,
  certificate: Certificate,
  now: string,
): Promise<Provisioned> {
  const { organization_id } = authority;
  const known = await findDeviceByFingerprint(transaction, certificate.fingerprint);
  if (known) return known.organization_id === organization_id ? { device: known } : { refused: "jitp_failed" };
  const settings = await presentSettings(transaction, authority);
  if (!settings) return { refused: "jitp_disabled" };
  const identifier = certificate.common_name;
  const expired = authority.not_after <= now || certificate.not_after <= now || certificate.not_before > now;
  if (expired || !isIdentifier(identifier) || !isForClients(certificate.x509)) {
    return { refused: "jitp_failed" };
  }
  if (settings.product_archived) return { refused: "device_is_archived" };
  const existing = await transaction
    .selectFrom("devices")
    .selectAll()
    .where("organization_id", "=", organization_id)
    .where("identifier", "=", identifier)
    .executeTakeFirst();
  if (existing && !settings.jitp_second_certificate) return { refused: "multi_cert_jitr_disabled" };
  const device =
    existing ??
    (await addDevice(transaction, by, {
      organization_id,
      product_id: settings.jitp_product_id!,
      cohort_id: settings.jitp_cohort_id,
      identifier,
      description: settings.jitp_description,
      target: settings.jitp_target,
      tags: settings.jitp_tags,
      quarantined: 0,
      inserted_at: now,
    }));
  await addDeviceCertificate(transaction, by, device, certificate, now);
  return { device };
}

/** As for devices that are created by hand. */
function isIdentifier(name: string | null): name is string {
  return Value.Check(CreateDevice.properties.identifier, name);
}

/** As they are now; undefined where the authority is gone or brings no devices. */
function presentSettings(transaction: Kysely<Tables>, { organization_id, id }: CaCertificateRow) {
  return transaction
    .selectFrom("ca_certificates as a")
    .innerJoin("products as p", (join) =>
      join.onRef("p.organization_id", "=", "a.organization_id").onRef("p.id", "=", "a.jitp_product_id"),
    )
    .selectAll("a")
    .select("p.archived as product_archived")
    .where("a.organization_id", "=", organization_id)
    .where("a.id", "=", id)
    .executeTakeFirst();
}
