import { X509Certificate } from "node:crypto";
import { invalid } from "@open-peridio/contract";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate as CertificateAsn1,
  type Extension,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_subjectKeyIdentifier,
  type Name,
} from "@peculiar/asn1-x509";
import type { CaCertificateRow, DeviceCertificateRow } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { holdsPrivateKey } from "../../signing/private-key.ts";

/** What is needed of a certificate, as the tables hold it. */
export interface Certificate
  extends Pick<DeviceCertificateRow, "certificate" | "fingerprint" | "common_name" | "serial" | "authority_key_id">,
    Pick<CaCertificateRow, "not_before" | "not_after" | "subject" | "subject_key_id"> {
  x509: X509Certificate;
  /** DER, base64, as `subject` of the authority that signed it. */
  issuer: string;
  /** How many other authorities may stand between it and a device; Infinity where it doesn't say. */
  max_intermediates: number;
  /** False where it demands what isn't looked at here, such as constraints of names: then it vouches for nothing. */
  is_understood: boolean;
}

/** Critical extensions that are looked at (RFC 5280 § 4.2): key usage, alternative names, basic constraints, extended usage. */
const understood = new Set(["2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.37"]);

/** OID of the common name (RFC 4519 § 2.3). */
const commonNameType = "2.5.4.3";

/** Null for what node:crypto takes and isn't a certificate of RFC 5280 all the same: anybody may present anything. */
export function tryDescribe(x509: X509Certificate): Certificate | null {
  try {
    return describeCertificate(x509);
  } catch {
    return null;
  }
}

/** @throws Error where `tryDescribe` gives null */
export function describeCertificate(x509: X509Certificate): Certificate {
  const { tbsCertificate } = AsnConvert.parse(x509.raw, CertificateAsn1);
  const { subject, issuer } = tbsCertificate;
  const extensions = [...(tbsCertificate.extensions ?? [])];
  const authorityKey = extensionOf(extensions, id_ce_authorityKeyIdentifier);
  const subjectKey = extensionOf(extensions, id_ce_subjectKeyIdentifier);
  const constraints = extensionOf(extensions, id_ce_basicConstraints);
  return {
    x509,
    certificate: x509.toString(),
    fingerprint: fingerprintOf(x509),
    common_name: commonNameOf(subject),
    serial: decimal(x509.serialNumber),
    not_before: timestamp(x509.validFromDate),
    not_after: timestamp(x509.validToDate),
    subject: der(subject),
    issuer: der(issuer),
    authority_key_id: authorityKey && hex(AsnConvert.parse(authorityKey, AuthorityKeyIdentifier).keyIdentifier?.buffer),
    subject_key_id: subjectKey && hex(AsnConvert.parse(subjectKey, OctetString).buffer),
    max_intermediates: (constraints && AsnConvert.parse(constraints, BasicConstraints).pathLenConstraint) ?? Infinity,
    is_understood: extensions.every(({ critical, extnID }) => !critical || understood.has(extnID)),
  };
}

/** SHA-256 of the DER, upper-case hex. */
function fingerprintOf(x509: X509Certificate): string {
  return x509.fingerprint256.replaceAll(":", "");
}

/** Whether `authority` signed it: its name, its key identifier, its key's usage, and the signature itself. */
export function isSignedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}

/** Any purpose, and that of a TLS client (RFC 5280 § 4.2.1.12). */
const clientPurposes = ["2.5.29.37.0", "1.3.6.1.5.5.7.3.2"];

/** Whether it may be used by a TLS client: an authority may also sign those of servers or of code. */
export function isForClients({ keyUsage }: X509Certificate): boolean {
  return !keyUsage?.length || clientPurposes.some((purpose) => keyUsage.includes(purpose));
}

/**
 * Reads a certificate of a request: base64 of PEM text, as the protocol has it, or that text itself, or base64 of DER.
 * @throws ApiError 422 on `field`, which never repeats the value
 */
export function readCertificate(field: string, value: string): Certificate {
  const text = value.trim();
  const decoded = text.includes("-----BEGIN") ? Buffer.from(text) : decode(field, text);
  const pem = decoded.toString("latin1");
  if (!pem.includes("-----BEGIN")) return parse(field, decoded);
  if (holdsPrivateKey(pem)) {
    throw invalid(
      field,
      "holds a private key. Send only the certificate, and consider the key exposed: make a new one",
    );
  }
  const labels = [...pem.matchAll(/-----BEGIN ([^-]*)-----/g)].map((match) => match[1]);
  if (labels.length > 1) throw invalid(field, `holds ${labels.length} PEM blocks; send one certificate at a time`);
  if (labels[0] !== "CERTIFICATE") throw invalid(field, `must be a PEM CERTIFICATE; got a ${labels[0]}`);
  return parse(field, decoded);
}

/** @throws ApiError 422 on `field` */
export function requireUnexpired(field: string, { not_after }: Certificate, now: string): void {
  if (not_after <= now) throw invalid(field, `expired at ${not_after}`);
}

function decode(field: string, text: string): Buffer {
  const joined = text.replaceAll(/\s/g, "");
  if (/^[A-Za-z0-9+/]+=*$/.test(joined)) return Buffer.from(joined, "base64");
  throw invalid(field, `must be base64 of the PEM text of a certificate; got ${text.length} other characters`);
}

function parse(field: string, data: Buffer): Certificate {
  try {
    return describeCertificate(new X509Certificate(data));
  } catch {
    throw invalid(field, "can't be read as an X.509 certificate; send base64 of its PEM text");
  }
}

function extensionOf(extensions: Extension[], type: string): ArrayBuffer | null {
  return extensions.find(({ extnID }) => extnID === type)?.extnValue.buffer ?? null;
}

/** The last, which is the most specific. */
function commonNameOf(subject: Name): string | null {
  const named = subject.flatMap((relative) => [...relative]).filter(({ type }) => type === commonNameType);
  return named.at(-1)?.value.toString() ?? null;
}

function der(name: Name): string {
  return Buffer.from(AsnConvert.serialize(name)).toString("base64");
}

function hex(bytes: ArrayBuffer | undefined): string | null {
  return bytes ? Buffer.from(bytes).toString("hex").toUpperCase() : null;
}

/** Of OpenSSL's hex, which has a sign before it for the negative numbers that some made. */
function decimal(serial: string): string {
  return serial.startsWith("-") ? `-${BigInt(`0x${serial.slice(1)}`)}` : String(BigInt(`0x${serial}`));
}
