import { X509Certificate } from "node:crypto";
import { invalid } from "@open-peridio/contract";
import type { CaCertificateRow, DeviceCertificateRow } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";

const pemPattern = /^-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----$/;

/**
 * The certificate in a field of a request: base64 of its PEM text, as the official clients send it, or that text itself.
 * @throws ApiError 422 on `field`
 */
export function readCertificate(field: string, text: string): X509Certificate {
  const pem = (text.includes("-----BEGIN") ? text : Buffer.from(text, "base64").toString("latin1")).trim();
  if (pem.includes("PRIVATE KEY-----")) {
    throw invalid(
      field,
      "holds a private key, which never belongs here: replace that key, and send the certificate alone",
    );
  }
  if (!pemPattern.test(pem)) {
    throw invalid(field, "must be base64 of the PEM text of one certificate: -----BEGIN CERTIFICATE----- and so on");
  }
  try {
    return new X509Certificate(pem);
  } catch {
    throw invalid(field, "is PEM, but not of an X.509 certificate");
  }
}

/** SHA-256 of the DER, upper-case hex. */
function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(":", "");
}

/** The first common name of the subject; null for none. */
export function commonNameOf(certificate: X509Certificate): string | null {
  // Node gives attributes that occur twice as an array.
  const names = certificate.toLegacyObject().subject?.CN as string | string[] | undefined;
  return [names].flat()[0] ?? null;
}

/** Why it isn't good at this time, as the rest of a sentence; null when it is. */
export function validityProblem(certificate: X509Certificate, now: Date): string | null {
  const { validFromDate, validToDate } = certificate;
  if (now >= validToDate) return `expired at ${validToDate.toISOString()}`;
  return now < validFromDate ? `is not valid before ${validFromDate.toISOString()}` : null;
}

/** Whether `issuer` signed it, by name and by signature. */
export function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

type Common = Pick<
  DeviceCertificateRow & CaCertificateRow,
  "certificate" | "fingerprint" | "common_name" | "serial" | "not_before" | "not_after"
>;

/** What the tables keep of every certificate. */
export function certificateColumns(certificate: X509Certificate): Common {
  return {
    certificate: certificate.toString(),
    fingerprint: fingerprintOf(certificate),
    common_name: commonNameOf(certificate),
    serial: BigInt(`0x${certificate.serialNumber}`).toString(),
    not_before: timestamp(certificate.validFromDate),
    not_after: timestamp(certificate.validToDate),
  };
}

/** The same as the API shows it. */
export function showValidity(row: Common) {
  const { serial, not_before, not_after, common_name, fingerprint } = row;
  return { serial, not_before, not_after, common_name, fingerprint };
}
