import type { X509Certificate } from "node:crypto";
import {
  type CaCertificate,
  type CreateCaCertificate,
  invalid,
  type JitpInput,
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
import { noJitp, readJitp } from "./jitp.ts";
import { readTags } from "./tags.ts";
import { useVerificationCode } from "./verification-codes.ts";
import {
  certificateColumns,
  commonNameOf,
  isSignedBy,
  readCertificate,
  showValidity,
  validityProblem,
} from "./x509.ts";

type Keyed = CaCertificateRow & { product_name: string | null };

/** @throws ApiError 422 on what is wrong with either certificate, or with `jitp`. */
export async function createAuthority(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateCaCertificate,
): Promise<CaCertificate> {
  const certificate = readCertificate("certificate", body.certificate);
  const proof = readCertificate("verification_certificate", body.verification_certificate);
  const code = requireProof(certificate, proof, clock.now());
  const now = timestamp(clock.now());
  const { subjectKeyIdOf } = await import("./key-identifiers.ts");
  const prn = await changing(db, principal.organizationId, async (transaction) => {
    if (!(await useVerificationCode(transaction, principal.organizationId, code, now))) {
      const problem = `must have a verification code of this organization, not older than a week, for its common name; got '${code}'`;
      throw invalid("verification_certificate", problem);
    }
    const row: CaCertificateRow = {
      organization_id: principal.organizationId,
      id: uuidv7(),
      ...certificateColumns(certificate),
      subject: certificate.subject,
      subject_key_id: subjectKeyIdOf(certificate),
      description: body.description ?? null,
      ...(await jitpColumns(transaction, principal, body.jitp)),
      inserted_at: now,
      updated_at: now,
    };
    await insertOwn(transaction, principal, "ca_certificates", row);
    return resourcePrn(row.organization_id, "ca_certificate", row.id);
  }).catch((error) => {
    if (!isTaken(error, "ca_certificates.fingerprint")) throw error;
    throw invalid("certificate", "is registered already; an authority belongs to one organization");
  });
  return getAuthority({ db }, principal, prn);
}

/** The code that the proof shows. */
function requireProof(certificate: X509Certificate, proof: X509Certificate, now: Date): string {
  if (!certificate.ca) {
    throw invalid("certificate", "is not of an authority: it lacks the basic constraint CA:TRUE");
  }
  const problem = validityProblem(certificate, now);
  if (problem) throw invalid("certificate", problem);
  if (!isSignedBy(proof, certificate)) {
    throw invalid(
      "verification_certificate",
      "must be signed by the authority's key; it isn't signed by 'certificate'",
    );
  }
  const proofProblem = validityProblem(proof, now);
  if (proofProblem) throw invalid("verification_certificate", proofProblem);
  return commonNameOf(proof) ?? "";
}

function jitpColumns(db: Kysely<Tables>, principal: Principal, jitp: JitpInput | null | undefined) {
  return jitp ? readJitp(db, principal, jitp) : noJitp;
}

const named = (db: Kysely<Tables>) =>
  db
    .selectFrom("ca_certificates")
    .leftJoin("products", (join) =>
      join
        .onRef("products.organization_id", "=", "ca_certificates.organization_id")
        .onRef("products.id", "=", "ca_certificates.jitp_product_id"),
    )
    .selectAll("ca_certificates")
    .select("products.name as product_name");

const columns: SearchColumns = {
  ...commonColumns("ca_certificates", "ca_certificate"),
  description: { column: "ca_certificates.description" },
  serial: { column: "ca_certificates.serial" },
  fingerprint: { column: "ca_certificates.fingerprint", holds: "upper" },
};

export function listAuthorities({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "ca_certificates", keys: searchKeys.ca_certificates, columns } as const;
  return listOwn(db, named(db), list, principal.organizationId, request, show);
}

export async function getAuthority(
  { db }: Pick<Platform, "db">,
  principal: Principal,
  prn: string,
): Promise<CaCertificate> {
  const { organization_id, id } = await findOwn(db, principal, "ca_certificates", prn);
  const row = await named(db)
    .where("ca_certificates.organization_id", "=", organization_id)
    .where("ca_certificates.id", "=", id)
    .executeTakeFirstOrThrow();
  return show(row);
}

export async function updateAuthority(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateCaCertificate,
): Promise<CaCertificate> {
  await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "ca_certificates", prn);
    const fields = {
      ...(body.description !== undefined && { description: body.description }),
      ...(body.jitp !== undefined && (await jitpColumns(transaction, principal, body.jitp))),
    };
    await updateOwn(transaction, { by: principal, clock }, "ca_certificates", before, fields);
  });
  return getAuthority({ db }, principal, prn);
}

/** Devices that it brought stay, with their certificates. */
export async function deleteAuthority({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "ca_certificates", prn);
    await deleteOwn(transaction, { by: principal, clock }, "ca_certificates", row);
  });
}

function show(row: Keyed): CaCertificate {
  const { organization_id } = row;
  return {
    prn: resourcePrn(organization_id, "ca_certificate", row.id),
    organization_prn: organizationPrn(organization_id),
    description: row.description,
    ...showValidity(row),
    jitp:
      row.jitp_product_id === null
        ? null
        : {
            description: row.jitp_description,
            product_prn: resourcePrn(organization_id, "product", row.jitp_product_id),
            product_name: row.product_name!,
            cohort_prn: row.jitp_cohort_id && resourcePrn(organization_id, "cohort", row.jitp_cohort_id),
            tags: readTags(row.jitp_tags),
            target: row.jitp_target,
            allow_second_certificate: row.jitp_second_certificate === 1,
          },
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
