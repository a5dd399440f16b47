import { X509Certificate } from "node:crypto";
import {
  type CreateDeviceCertificate,
  type DeviceCertificate,
  invalid,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  searchKeys,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { deleteOwn, insertOwn } from "../../activity/own-changes.ts";
import { isTaken } from "../../database/constraint.ts";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../../database/search.ts";
import type { DeviceCertificateRow, DeviceRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { findAuthorities } from "./authority-lookup.ts";
import { certificateColumns, isSignedBy, readCertificate, showValidity, validityProblem } from "./x509.ts";

/**
 * Lets the device API know a device by this certificate.
 * @throws ApiError 404 for the device; 422 for a certificate that can't be read, has expired, is registered already, or was
 * signed by an authority of somebody else's
 */
export async function createDeviceCertificate(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateDeviceCertificate,
): Promise<DeviceCertificate> {
  const certificate = readCertificate("certificate", body.certificate);
  const problem = validityProblem(certificate, clock.now());
  if (problem?.startsWith("expired")) throw invalid("certificate", problem);
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const device = await findOwn(transaction, principal, "devices", body.device_prn);
    await refuseStrangers(transaction, principal, certificate);
    const row = await certificateRow(device, certificate, timestamp(clock.now()));
    await insertOwn(transaction, principal, "device_certificates", row);
    return row;
  }).catch((error) => {
    throw explainTaken(error);
  });
  return show(row);
}

/** A row that binds a certificate to a device. */
async function certificateRow(
  device: DeviceRow,
  certificate: X509Certificate,
  now: string,
): Promise<DeviceCertificateRow> {
  const { authorityKeyIdOf } = await import("./key-identifiers.ts");
  return {
    organization_id: device.organization_id,
    id: uuidv7(),
    device_id: device.id,
    ...certificateColumns(certificate),
    authority_key_id: authorityKeyIdOf(certificate),
    inserted_at: now,
    updated_at: now,
  };
}

/** A certificate is no secret: who has a copy of a stranger's could otherwise take that stranger's device. */
async function refuseStrangers(db: Kysely<Tables>, principal: Principal, certificate: X509Certificate): Promise<void> {
  const authorities = await findAuthorities(db, certificate.issuer);
  const signers = authorities.filter((row) => isSignedBy(certificate, new X509Certificate(row.certificate)));
  if (signers.some((row) => row.organization_id !== principal.organizationId)) throw explainTaken(null);
}

const columns: SearchColumns = {
  ...commonColumns("device_certificates", "device_certificate"),
  device_prn: { column: "device_certificates.device_id", holds: "id", of: "device" },
  product_prn: { column: "devices.product_id", holds: "id", of: "product" },
  serial: { column: "device_certificates.serial" },
  fingerprint: { column: "device_certificates.fingerprint", holds: "upper" },
};

export function listDeviceCertificates({ db }: Platform, principal: Principal, request: ListQuery) {
  const rows = db
    .selectFrom("device_certificates")
    .innerJoin("devices", (join) =>
      join
        .onRef("devices.organization_id", "=", "device_certificates.organization_id")
        .onRef("devices.id", "=", "device_certificates.device_id"),
    )
    .selectAll("device_certificates");
  const list = { table: "device_certificates", keys: searchKeys.device_certificates, columns } as const;
  return listOwn(db, rows, list, principal.organizationId, request, show);
}

export async function getDeviceCertificate(
  { db }: Platform,
  principal: Principal,
  prn: string,
): Promise<DeviceCertificate> {
  return show(await findOwn(db, principal, "device_certificates", prn));
}

export async function deleteDeviceCertificate(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "device_certificates", prn);
    await deleteOwn(transaction, { by: principal, clock }, "device_certificates", row);
  });
}

/** The same for a certificate of one's own and of a stranger's. */
function explainTaken(error: unknown): unknown {
  if (error !== null && !isTaken(error, "device_certificates.fingerprint")) return error;
  return invalid(
    "certificate",
    "is registered already, or belongs to an authority that is; a certificate names one device",
  );
}

function show(row: DeviceCertificateRow): DeviceCertificate {
  return {
    prn: resourcePrn(row.organization_id, "device_certificate", row.id),
    organization_prn: organizationPrn(row.organization_id),
    device_prn: resourcePrn(row.organization_id, "device", row.device_id),
    ...showValidity(row),
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
