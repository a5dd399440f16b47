import { X509Certificate } from "node:crypto";
import { invalid } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { CaCertificateRow, Tables } from "../../database/tables.ts";
import { type Certificate, describeCertificate, isSignedBy, tryDescribe } from "./x509.ts";

/**
 * The authorities of all organizations that have this name, expired ones too: whether one of them signed a certificate
 * only its signature says. @param issuerSubject DER of a certificate's issuer, base64
 */
function findAuthorities(db: Kysely<Tables>, issuerSubject: string): Promise<CaCertificateRow[]> {
  return db
    .selectFrom("ca_certificates")
    .selectAll()
    .where("subject", "=", issuerSubject)
    .orderBy("inserted_at")
    .orderBy("id")
    .execute();
}

/** Authorities between a device's and a registered one that are followed. */
const maxIntermediates = 4;

/**
 * The authority that a device's certificate chains to: registered, unexpired, and one that provisions devices where there are
 * several. @param presented by the device: its own certificate first; the others, of which some are looked at, in any order
 */
export async function findAuthority(
  db: Kysely<Tables>,
  presented: readonly X509Certificate[],
  now: string,
): Promise<CaCertificateRow | undefined> {
  const [own, ...others] = presented.slice(0, maxIntermediates + 2).map((x509) => tryDescribe(x509));
  let below = own?.is_understood ? own : null;
  for (let depth = 0; below && depth <= maxIntermediates; depth++) {
    const signers = (await signersOf(db, below)).filter((row) => mayVouch(describeRow(row), depth, now));
    if (signers.length > 0) return signers.find((row) => row.jitp_product_id !== null) ?? signers[0];
    const { x509 }: Certificate = below;
    below = others.find((above) => above && mayVouch(above, depth, now) && isSignedBy(x509, above.x509)) ?? null;
  }
  return undefined;
}

/** Whether it is live, understood, and an authority that may stand so high over a device's (RFC 5280 § 4.2.1.9). */
function mayVouch(above: Certificate, depth: number, now: string): boolean {
  const live = above.not_before <= now && above.not_after > now;
  return live && above.is_understood && above.x509.ca && above.max_intermediates >= depth;
}

function describeRow(row: CaCertificateRow): Certificate {
  return describeCertificate(new X509Certificate(row.certificate));
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
