import "reflect-metadata";
import { createPrivateKey, type KeyObject, randomBytes, X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { usage } from "../exit.ts";

export interface Wanted {
  commonName: string;
  notBefore: Date;
  notAfter: Date;
  /** Whether it may sign others. */
  isAuthority: boolean;
  /** PEM texts of who signs it; null for itself. */
  signer: { certificate: string; privateKey: string } | null;
}

type Algorithm = EcKeyImportParams & EcdsaParams & RsaHashedImportParams;

/** What Peridio's agent takes from the environment, too. */
const newKey = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** A new key pair (ECDSA on P-256), and the certificate for it. @throws Failure 2 for a signer that can't sign it */
export async function issue(wanted: Wanted): Promise<{ certificate: string; privateKey: string }> {
  const keys = await crypto.subtle.generateKey(newKey, true, ["sign", "verify"]);
  const signer = wanted.signer && (await readSigner(wanted.signer));
  const subject = new x509.Name([{ CN: [{ utf8String: wanted.commonName }] }]);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject,
    // Byte for byte, so that the two names are found to be the same.
    issuer: signer?.certificate.subjectName ?? subject,
    notBefore: wanted.notBefore,
    notAfter: wanted.notAfter,
    publicKey: keys.publicKey,
    signingKey: signer?.key ?? keys.privateKey,
    signingAlgorithm: signer?.algorithm ?? newKey,
    extensions: await extensions(wanted.isAuthority, keys.publicKey, signer?.certificate ?? null),
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey));
  const privateKey = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  return {
    certificate: `${certificate.toString("pem")}\n`,
    privateKey: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
  };
}

/** Positive, and not to be guessed (RFC 5280 § 4.1.2.2). */
function serial(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes.toString("hex");
}

async function extensions(
  isAuthority: boolean,
  publicKey: CryptoKey,
  signer: x509.X509Certificate | null,
): Promise<x509.Extension[]> {
  const { digitalSignature, keyCertSign, cRLSign } = x509.KeyUsageFlags;
  return [
    new x509.BasicConstraintsExtension(isAuthority, undefined, true),
    new x509.KeyUsagesExtension(isAuthority ? keyCertSign | cRLSign : digitalSignature, true),
    ...(isAuthority ? [] : [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])]),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ...(signer ? [await authorityKey(signer)] : []),
  ];
}

/** As the signer calls its key itself, where it does. */
async function authorityKey(signer: x509.X509Certificate): Promise<x509.Extension> {
  const own = signer.getExtension(x509.SubjectKeyIdentifierExtension);
  return own
    ? new x509.AuthorityKeyIdentifierExtension(own.keyId)
    : x509.AuthorityKeyIdentifierExtension.create(signer.publicKey);
}

async function readSigner({ certificate: pem, privateKey }: { certificate: string; privateKey: string }) {
  const [certificate, key] = readPair(pem, privateKey);
  if (!certificate.ca) throw usage("the signer's certificate isn't one of an authority; make it with --is-ca");
  if (!certificate.checkPrivateKey(key)) throw usage("the signer's key and certificate don't belong together");
  const algorithm = algorithmOf(key);
  const pkcs8 = key.export({ format: "der", type: "pkcs8" });
  return {
    certificate: new x509.X509Certificate(certificate.raw),
    algorithm,
    key: await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]),
  };
}

function readPair(certificate: string, privateKey: string): [X509Certificate, KeyObject] {
  try {
    return [new X509Certificate(certificate), createPrivateKey(privateKey)];
  } catch (error) {
    throw usage(
      `the signer can't be read; PEM of a certificate and of its key are needed: ${(error as Error).message}`,
    );
  }
}

const curves: Record<string, Partial<Algorithm>> = {
  prime256v1: { namedCurve: "P-256", hash: "SHA-256" },
  secp384r1: { namedCurve: "P-384", hash: "SHA-384" },
  secp521r1: { namedCurve: "P-521", hash: "SHA-512" },
};

function algorithmOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): Algorithm {
  const curve = curves[details?.namedCurve ?? ""];
  if (type === "rsa") return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as Algorithm;
  if (type === "ec" && curve) return { name: "ECDSA", ...curve } as Algorithm;
  throw usage(`the signer's key must be RSA, or ECDSA on P-256, P-384 or P-521; got ${type ?? "an unknown kind"}`);
}
