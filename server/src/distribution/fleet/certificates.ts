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
import type { Author, Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { requireNoStrangersAuthority } from "./authorities.ts";
import { type Certificate, readCertificate, requireUnexpired } from "./x509.ts";

/** @throws ApiError 422 on `certificate`: unreadable, expired, registered already, or signed by another's authority. */
export async function createDeviceCertificate(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateDeviceCertificate,
): Promise<DeviceCertificate> {
  const certificate = readCertificate("certificate", body.certificate);
  const now = timestamp(clock.now());
  requireUnexpired("certificate", certificate, now);
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const device = await findOwn(transaction, principal, "devices", body.device_prn);
    await requireNoStrangersAuthority(transaction, principal.organizationId, certificate);
    return addDeviceCertificate(transaction, principal, device, certificate, now);
  }).catch((error) => {
    throw explainTaken(error, certificate);
  });
  return show(row);
}

/** Lets whoever holds its key be that device, in the transaction of the caller. @throws as the database does, when taken */
export async function addDeviceCertificate(
  transaction: Kysely<Tables>,
  by: Author,
  device: DeviceRow,
  { certificate, fingerprint, common_name, serial, not_before, not_after, authority_key_id }: Certificate,
  now: string,
): Promise<DeviceCertificateRow> {
  const row: DeviceCertificateRow = {
    organization_id: device.organization_id,
    id: uuidv7(),
    device_id: device.id,
    certificate,
    fingerprint,
    common_name,
    serial,
    not_before,
    not_after,
    authority_key_id,
    inserted_at: now,
    updated_at: now,
  };
  await insertOwn(transaction, by, "device_certificates", row);
  return row;
}

/** The device that has this certificate, of whatever organization. @param fingerprint SHA-256 of the DER, upper-case hex */
export function findDeviceByFingerprint(db: Kysely<Tables>, fingerprint: string): Promise<DeviceRow | undefined> {
  return db
    .selectFrom("device_certificates as c")
    .innerJoin("devices as d", (join) =>
      join.onRef("d.organization_id", "=", "c.organization_id").onRef("d.id", "=", "c.device_id"),
    )
    .selectAll("d")
    .where("c.fingerprint", "=", fingerprint)
    .executeTakeFirst();
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

/** Says nothing of who has it: it may be another organization. */
function explainTaken(error: unknown, { fingerprint }: Certificate): unknown {
  if (!isTaken(error, "device_certificates.fingerprint")) return error;
  return invalid("certificate", `is registered already; its fingerprint is ${fingerprint}`);
}

function show(row: DeviceCertificateRow): DeviceCertificate {
  return {
    prn: resourcePrn(row.organization_id, "device_certificate", row.id),
    organization_prn: organizationPrn(row.organization_id),
    device_prn: resourcePrn(row.organization_id, "device", row.device_id),
    serial: row.serial,
    not_before: row.not_before,
    not_after: row.not_after,
    common_name: row.common_name,
    fingerprint: row.fingerprint,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
