import type { X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  AuthorityKeyIdentifier,
  Certificate,
  id_ce_authorityKeyIdentifier,
  id_ce_subjectKeyIdentifier,
  SubjectKeyIdentifier,
} from "@peculiar/asn1-x509";

/*
 * What node:crypto doesn't show of a certificate. To be imported where a certificate is at hand: the parser takes 5 MB, and
 * most servers never see one.
 */

/** The key of its issuer as it names it (RFC 5280 § 4.2.1.1), upper-case hex; null where it doesn't. */
export function authorityKeyIdOf(certificate: X509Certificate): string | null {
  const value = extensionOf(certificate, id_ce_authorityKeyIdentifier);
  return value && hexOf(AsnConvert.parse(value, AuthorityKeyIdentifier).keyIdentifier?.buffer);
}

/** Its own key as it names it (RFC 5280 § 4.2.1.2), upper-case hex; null where it doesn't. */
export function subjectKeyIdOf(certificate: X509Certificate): string | null {
  const value = extensionOf(certificate, id_ce_subjectKeyIdentifier);
  return value && hexOf(AsnConvert.parse(value, SubjectKeyIdentifier).buffer);
}

/** The DER of an extension's value, which node:crypto doesn't show; null where the certificate has none. */
function extensionOf(certificate: X509Certificate, id: string): ArrayBuffer | null {
  const { extensions = [] } = AsnConvert.parse(certificate.raw, Certificate).tbsCertificate;
  return [...extensions].find(({ extnID }) => extnID === id)?.extnValue.buffer ?? null;
}

function hexOf(bytes: ArrayBuffer | undefined): string | null {
  return bytes ? Buffer.from(bytes).toString("hex").toUpperCase() : null;
}
