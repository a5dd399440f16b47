import {
  type CaCertificate,
  type CreateCaCertificate,
  invalid,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  searchKeys,
  type UpdateCaCertificate,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { deleteOwn, insertOwn, updateOwn } from "../../activity/own-changes.ts";
import { isTaken } from "../../database/constraint.ts";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../../database/search.ts";
import type { CaCertificateRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { readJitp, showJitp } from "./jitp.ts";
import { useVerificationCode } from "./verification-codes.ts";
import { type Certificate, isSignedBy, readCertificate, requireUnexpired } from "./x509.ts";

/** @throws ApiError 422 unless it is an authority's, unexpired, and its private key has signed a live code of ours. */
export async function createCaCertificate(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateCaCertificate,
): Promise<CaCertificate> {
  const now = timestamp(clock.now());
  const authority = readAuthority(body.certificate, now);
  const verification = readCertificate("verification_certificate", body.verification_certificate);
  if (!isSignedBy(verification.x509, authority.x509)) {
    throw invalid("verification_certificate", "isn't signed by the CA certificate");
  }
  return changing(db, principal.organizationId, async (transaction) => {
    await useVerificationCode(transaction, principal, verification.common_name, now);
    const row: CaCertificateRow = {
      organization_id: principal.organizationId,
      id: uuidv7(),
      certificate: authority.certificate,
      fingerprint: authority.fingerprint,
      common_name: authority.common_name,
      serial: authority.serial,
      not_before: authority.not_before,
      not_after: authority.not_after,
      subject: authority.subject,
      subject_key_id: authority.subject_key_id,
      description: body.description ?? null,
      ...(await readJitp(transaction, principal, body.jitp ?? null)),
      inserted_at: now,
      updated_at: now,
    };
    await insertOwn(transaction, principal, "ca_certificates", row);
    return showOne(transaction, row);
  }).catch((error) => {
    if (!isTaken(error, "ca_certificates.fingerprint")) throw error;
    throw invalid("certificate", `is registered already; its fingerprint is ${authority.fingerprint}`);
  });
}

function readAuthority(text: string, now: string): Certificate {
  const certificate = readCertificate("certificate", text);
  if (!certificate.x509.ca) {
    throw invalid("certificate", "isn't one of an authority: its basic constraints must say CA:TRUE");
  }
  if (!certificate.is_understood) {
    throw invalid("certificate", "has critical extensions that aren't looked at here, such as constraints of names");
  }
  requireUnexpired("certificate", certificate, now);
  return certificate;
}

const columns: SearchColumns = {
  ...commonColumns("ca_certificates", "ca_certificate"),
  description: { column: "ca_certificates.description" },
  serial: { column: "ca_certificates.serial" },
  fingerprint: { column: "ca_certificates.fingerprint", holds: "upper" },
};

function withProduct(db: Kysely<Tables>) {
  return db
    .selectFrom("ca_certificates")
    .leftJoin("products", (join) =>
      join
        .onRef("products.organization_id", "=", "ca_certificates.organization_id")
        .onRef("products.id", "=", "ca_certificates.jitp_product_id"),
    )
    .selectAll("ca_certificates")
    .select("products.name as product_name");
}

export function listCaCertificates({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "ca_certificates", keys: searchKeys.ca_certificates, columns } as const;
  return listOwn(db, withProduct(db), list, principal.organizationId, request, show);
}

export async function getCaCertificate({ db }: Platform, principal: Principal, prn: string): Promise<CaCertificate> {
  return showOne(db, await findOwn(db, principal, "ca_certificates", prn));
}

export async function updateCaCertificate(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateCaCertificate,
): Promise<CaCertificate> {
  return changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "ca_certificates", prn);
    const after = await updateOwn(transaction, { by: principal, clock }, "ca_certificates", before, {
      description: body.description,
      ...(body.jitp !== undefined && (await readJitp(transaction, principal, body.jitp))),
    });
    return showOne(transaction, after);
  });
}

/** Devices that came by it stay: their own certificates are registered. */
export async function deleteCaCertificate({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "ca_certificates", prn);
    await deleteOwn(transaction, { by: principal, clock }, "ca_certificates", row);
  });
}

async function showOne(db: Kysely<Tables>, { organization_id, id }: CaCertificateRow): Promise<CaCertificate> {
  const row = await withProduct(db)
    .where("ca_certificates.organization_id", "=", organization_id)
    .where("ca_certificates.id", "=", id)
    .executeTakeFirstOrThrow();
  return show(row);
}

function show(row: CaCertificateRow & { product_name: string | null }): CaCertificate {
  return {
    prn: resourcePrn(row.organization_id, "ca_certificate", row.id),
    organization_prn: organizationPrn(row.organization_id),
    description: row.description,
    serial: row.serial,
    not_before: row.not_before,
    not_after: row.not_after,
    common_name: row.common_name,
    fingerprint: row.fingerprint,
    jitp: showJitp(row.organization_id, row, row.product_name),
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
