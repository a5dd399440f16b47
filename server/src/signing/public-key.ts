import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { type ApiError, invalid, type KeyAlgorithm } from "@open-peridio/contract";
import { ed25519Problem, ed25519Spki } from "./ed25519.ts";
import { holdsPrivateKey } from "./private-key.ts";

export interface PublicKey {
  algorithm: KeyAlgorithm;
  keyObject: KeyObject;
  /** DER SubjectPublicKeyInfo (RFC 5280 § 4.1.2.7), in one form per key: elliptic points uncompressed, curves by name. */
  spki: Buffer;
  pem: string;
  /** SHA-256 of `spki`, lowercase hex. */
  keyid: string;
  /** Other keyids that the key answers to. */
  aliases: string[];
  /** The 32 bytes of RFC 8032 § 5.1.5; null for other algorithms. */
  rawEd25519: Buffer | null;
}

const minRsaBits = 2048;
/** OpenSSL's own limit (OPENSSL_RSA_MAX_MODULUS_BITS): it verifies nothing with a longer one. */
const maxRsaBits = 16_384;
/** As BoringSSL and others: longer exponents only make verification slow. */
const maxRsaExponent = 2n ** 33n;

const curves: Readonly<Record<string, KeyAlgorithm>> = {
  prime256v1: "ecdsa-p256",
  secp384r1: "ecdsa-p384",
  secp521r1: "ecdsa-p521",
};

const whatToSend =
  "Send the base64 of the 32-byte Ed25519 public key (44 characters), or one PEM public key: " +
  "Ed25519, RSA of at least 2048 bits, or ECDSA on P-256, P-384 or P-521.";

/**
 * Reads a public key: base64 of the 32 bytes of an Ed25519 key, or PEM `PUBLIC KEY` or `RSA PUBLIC KEY`.
 * @throws ApiError 422 on `value`, which says what is wrong without repeating the value.
 */
export function parsePublicKey(value: string): PublicKey {
  const text = value.trim();
  if (holdsPrivateKey(text)) {
    throw refused(
      "holds a private key, or 64 bytes as in a raw Ed25519 private key. Send only the public key, and consider " +
        "the private key exposed: make a new pair",
    );
  }
  return describe(text.includes("-----BEGIN") ? fromPem(text) : fromBase64(text));
}

interface SentKey {
  keyObject: KeyObject;
  /** SubjectPublicKeyInfo as it was sent: its points may be compressed, its curve spelled out. */
  spki: Buffer;
}

function fromPem(text: string): SentKey {
  const labels = [...text.matchAll(/-----BEGIN ([^-]*)-----/g)].map((match) => match[1]!);
  if (labels.some((label) => label.includes("CERTIFICATE"))) {
    const command = labels.some((label) => label.includes("REQUEST")) ? "req" : "x509";
    throw refused(
      "holds a certificate, not a public key. Extract its key: openssl " +
        `${command} -in certificate.pem -noout -pubkey -out public.pem`,
    );
  }
  if (labels.length > 1) throw refused(`holds ${labels.length} PEM blocks. Send one key at a time`);
  const label = labels[0];
  if (label !== "PUBLIC KEY" && label !== "RSA PUBLIC KEY") throw refused(`is PEM of another kind. ${whatToSend}`);
  const armoured = new RegExp(`^-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----$`).exec(text);
  if (armoured === null) {
    throw refused(
      `must be one PEM block with nothing before or after it: "-----BEGIN ${label}-----", base64, ` +
        `"-----END ${label}-----"`,
    );
  }
  const der = Buffer.from(armoured[1]!, "base64");
  const key = fromDer(der, label === "PUBLIC KEY" ? "spki" : "pkcs1");
  if (key === null) throw refused(`is PEM, but what it holds can't be read as a public key. ${whatToSend}`);
  return key;
}

/** null for bytes that aren't exactly one DER key: OpenSSL ignores what follows one, and then two texts name one key. */
function fromDer(der: Buffer, type: "spki" | "pkcs1"): SentKey | null {
  try {
    const keyObject = createPublicKey({ key: der, format: "der", type });
    const spki = keyObject.export({ format: "der", type: "spki" });
    // PKCS#1 is what a SubjectPublicKeyInfo ends with (RFC 3279 § 2.3.1).
    return spki.subarray(-der.length).equals(der) ? { keyObject, spki } : null;
  } catch {
    return null;
  }
}

function fromBase64(text: string): SentKey {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length === 32 && bytes.toString("base64") === text) {
    const key = fromDer(ed25519Spki(bytes), "spki");
    if (key !== null) return key;
  }
  if (/^[0-9a-f]{64}$/i.test(text)) throw refused(`is hex. ${whatToSend}`);
  if (/^(ssh-|ecdsa-sha2-|---- BEGIN SSH2)/.test(text)) {
    throw refused(`is an SSH key. For RSA and ECDSA, convert it: ssh-keygen -e -m PKCS8 -f key.pub. ${whatToSend}`);
  }
  if (text.startsWith("{")) throw refused(`is JSON. ${whatToSend}`);
  if (fromDer(bytes, "spki") !== null) {
    throw refused('lacks the lines "-----BEGIN PUBLIC KEY-----" and "-----END PUBLIC KEY-----" around it');
  }
  throw refused(`can't be read as a public key. ${whatToSend}`);
}

function describe({ keyObject, spki: sentSpki }: SentKey): PublicKey {
  const algorithm = acceptedAlgorithm(keyObject);
  const one = algorithm.startsWith("ecdsa-") ? withNamedCurve(keyObject) : keyObject;
  const spki = one.export({ format: "der", type: "spki" });
  const rawEd25519 = algorithm === "ed25519" ? spki.subarray(-32) : null;
  const problem = rawEd25519 && ed25519Problem(rawEd25519);
  if (problem) throw refused(problem);
  const keyid = sha256(spki);
  return {
    algorithm,
    keyObject: one,
    spki,
    pem: one.export({ format: "pem", type: "spki" }).toString(),
    keyid,
    aliases: [sha256(sentSpki), ...(rawEd25519 ? ed25519Aliases(rawEd25519) : [])].filter((alias) => alias !== keyid),
    rawEd25519,
  };
}

function acceptedAlgorithm(key: KeyObject): KeyAlgorithm {
  const { modulusLength = 0, publicExponent = 0n, namedCurve = "" } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case "ed25519":
      return "ed25519";
    case "rsa":
      if (modulusLength < minRsaBits) throw refused(`is an RSA key of ${modulusLength} bits; at least 2048 are needed`);
      if (modulusLength > maxRsaBits) {
        throw refused(`is an RSA key of ${modulusLength} bits; at most ${maxRsaBits} can be verified`);
      }
      if (publicExponent < 3n || publicExponent % 2n === 0n || publicExponent > maxRsaExponent) {
        throw refused("is an RSA key whose exponent isn't an odd number from 3 to 2^33; 65537 is the usual one");
      }
      return "rsa";
    case "ec": {
      const algorithm = Object.hasOwn(curves, namedCurve) ? curves[namedCurve] : undefined;
      if (algorithm === undefined) {
        throw refused(
          `is an ECDSA key on the curve ${namedCurve || "of its own"}; P-256, P-384 and P-521 are accepted`,
        );
      }
      return algorithm;
    }
    default:
      throw refused(`is a key of the type ${key.asymmetricKeyType ?? "unknown"}. ${whatToSend}`);
  }
}

/** Only a JSON Web Key spells every point and curve in one way, so that one key can't be registered under two keyids. */
function withNamedCurve(key: KeyObject): KeyObject {
  return createPublicKey({ key: key.export({ format: "jwk" }), format: "jwk" });
}

/** SHA-256 of the raw key, and the keyid of The Update Framework (specification § 4.2: over canonical JSON). */
function ed25519Aliases(raw: Buffer): string[] {
  const tuf = `{"keytype":"ed25519","keyval":{"public":"${raw.toString("hex")}"},"scheme":"ed25519"}`;
  return [sha256(raw), sha256(tuf)];
}

function sha256(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}

function refused(problem: string): ApiError {
  return invalid("value", problem);
}
