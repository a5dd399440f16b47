import { X509Certificate } from "node:crypto";
import { invalid } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { CaCertificateRow, Tables } from "../../database/tables.ts";
import { type Certificate, describeCertificate, isBeyondUs, isSignedBy } from "./x509.ts";

/**
 * The authorities of all organizations that have this name, expired ones too: whether one of them signed a certificate
 * only its signature says. @param issuerSubject DER of a certificate's issuer, base64
 */
export function findAuthorities(db: Kysely<Tables>, issuerSubject: string): Promise<CaCertificateRow[]> {
  return db
    .selectFrom("ca_certificates")
    .selectAll()
    .where("subject", "=", issuerSubject)
    .orderBy("inserted_at")
    .orderBy("id")
    .execute();
}

/** Certificates between a device's and its authority's that are followed. */
const maxIntermediates = 4;

/**
 * The authority that a device's certificate chains to: registered, unexpired, and one that provisions devices where there are
 * several. @param chain what the device presented, its own certificate first; the others in any order
 */
export async function findAuthority(
  db: Kysely<Tables>,
  chain: readonly X509Certificate[],
  now: string,
): Promise<CaCertificateRow | undefined> {
  const [own, ...others] = chain;
  if (!own || isBeyondUs(own)) return undefined;
  let below: Certificate | undefined = describeCertificate(own);
  for (let depth = 0; below && depth <= maxIntermediates; depth++) {
    const signers = await signersOf(db, below);
    const able = signers.filter(
      (row) => row.not_after > now && mayBeAbove(new X509Certificate(row.certificate), depth),
    );
    if (able.length > 0) return able.find((row) => row.jitp_product_id !== null) ?? able[0];
    below = intermediateAbove(below, others, depth, now);
  }
  return undefined;
}

/** What a device presented between its own certificate and the authority's counts only as far as that vouches for it. */
function intermediateAbove(
  below: Certificate,
  others: readonly X509Certificate[],
  depth: number,
  now: string,
): Certificate | undefined {
  const above = others.find((other) => mayBeAbove(other, depth) && isSignedBy(below.x509, other));
  const described = above && describeCertificate(above);
  return described && described.not_after > now && described.not_before <= now ? described : undefined;
}

/** Whether its basic constraints let it sign at this height over a device's certificate (RFC 5280 § 4.2.1.9). */
function mayBeAbove(x509: X509Certificate, depth: number): boolean {
  return x509.ca && !isBeyondUs(x509) && describeCertificate(x509).max_intermediates >= depth;
}

async function signersOf(db: Kysely<Tables>, { x509, issuer }: Certificate): Promise<CaCertificateRow[]> {
  const authorities = await findAuthorities(db, issuer);
  return authorities.filter((row) => isSignedBy(x509, new X509Certificate(row.certificate)));
}

/**
 * A device's certificate is public: were it enough to register it, one organization could have the devices of another.
 * @throws ApiError 422 for one that was signed by an authority of others, and none of one's own
 */
export async function requireNoStrangersAuthority(
  db: Kysely<Tables>,
  organizationId: string,
  certificate: Certificate,
): Promise<void> {
  const signers = await signersOf(db, certificate);
  if (signers.length === 0 || signers.some((row) => row.organization_id === organizationId)) return;
  throw invalid("certificate", "is signed by a certificate authority that isn't yours");
}
