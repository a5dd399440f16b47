import {
  constants,
  createHash,
  createPublicKey,
  createVerify,
  hash,
  type KeyObject,
  type Verify,
  verify,
} from "node:crypto";
import { createReadStream } from "node:fs";
import { type OfferedItem, Refusal } from "./offer.ts";

/** A key that this device trusts, because whoever set it up said so. */
export interface TrustedKey {
  /** SHA-256 of its SubjectPublicKeyInfo, lower-case hex. */
  keyid: string;
  key: KeyObject;
}

/** Signatures by so many of these keys, each counted once, make content good. */
export interface Trust {
  keys: TrustedKey[];
  threshold: number;
}

/** RFC 8410 § 4: what stands before the 32 bytes of an Ed25519 key. */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");
const pem = /-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----/g;

/**
 * Reads public keys: PEM, several in a text or one, or the base64 of a raw Ed25519 key of 32 bytes.
 * @throws Error that says what else it is
 */
export function parseTrustedKeys(text: string): TrustedKey[] {
  if (text.includes("PRIVATE KEY")) throw new Error("that is a private key; a device trusts public ones");
  const blocks = text.match(pem);
  if (blocks !== null) return blocks.map((block) => trusted(createPublicKey(block)));
  const words = text.trim().split(/\s+/);
  return words.map((word) => {
    const raw = Buffer.from(word, "base64");
    if (raw.length !== 32 || raw.toString("base64") !== word) {
      throw new Error(`'${word.slice(0, 16)}…' is neither a public key in PEM nor the base64 of 32 bytes`);
    }
    return trusted(createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: "der", type: "spki" }));
  });
}

function trusted(key: KeyObject): TrustedKey {
  const known = ["ed25519", "rsa", "ec"];
  if (!known.includes(key.asymmetricKeyType ?? "")) {
    throw new Error(`keys of the type ${key.asymmetricKeyType} can't be trusted; known are ${known.join(", ")}`);
  }
  return { keyid: hash("sha256", key.export({ format: "der", type: "spki" })), key };
}

/** @throws Error when no number of signatures could ever reach the threshold, or none would already */
export function makeTrust(keys: TrustedKey[], threshold: number): Trust {
  const distinct = [...new Map(keys.map((key) => [key.keyid, key])).values()];
  if (distinct.length === 0) throw new Error("no signing key is trusted, so nothing could ever be installed");
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > distinct.length) {
    throw new Error(
      `the threshold must be between 1 and the number of trusted keys, ${distinct.length}; got ${threshold}`,
    );
  }
  return { keys: distinct, threshold };
}

/**
 * Reads a file once and proves that it is the item's: size, SHA-256, and signatures by enough keys that the device
 * itself trusts. Ed25519 signs the hash, as 64 characters or 32 bytes; RSA and ECDSA sign the content.
 * @throws Refusal that says what is wrong
 */
export async function verifyContent(path: string, item: OfferedItem, trust: Trust): Promise<void> {
  if (item.signatures.length === 0) throw new Refusal(`${item.binary_prn} has no signature`);
  const claims = claimsOf(item, trust);
  const digest = createHash("sha256");
  let size = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 })) {
    digest.update(piece as Buffer);
    size += (piece as Buffer).length;
    for (const { streams } of claims) for (const stream of streams) stream.verifier.update(piece as Buffer);
  }
  const found = digest.digest("hex");
  if (item.size !== null && size !== item.size) {
    throw new Refusal(`${item.binary_prn} has ${size} bytes, not the ${item.size} that were announced`);
  }
  if (found !== item.hash) {
    throw new Refusal(`${item.binary_prn} has the SHA-256 ${found}, not ${item.hash}: it was damaged on its way`);
  }
  const good = new Set(claims.filter((claim) => holds(claim, found)).map(({ trusted }) => trusted.keyid));
  if (good.size < trust.threshold) {
    const words = good.size === 0 ? "no trusted key" : `${good.size} of the trusted keys only`;
    throw new Refusal(`${item.binary_prn} is signed by ${words}; ${trust.threshold} must have signed it`);
  }
}

/** A signature that may be one by this key. */
interface Claim {
  trusted: TrustedKey;
  signature: Buffer;
  /** The ways in which a key that signs content may have done it. */
  streams: { verifier: Verify; options: object }[];
}

function claimsOf(item: OfferedItem, { keys }: Trust): Claim[] {
  return keys.flatMap((trusted) =>
    item.signatures
      // The server's word for the key only spares us tries.
      .filter(({ keyid }) => keyid === null || keyid.toLowerCase() === trusted.keyid)
      .map(({ signature }) => ({ trusted, signature: decode(signature), streams: streamsFor(trusted.key) })),
  );
}

/** Hex, or base64 with blanks anywhere: an Ed25519 signature has 128 digits in the one and 88 characters in the other. */
function decode(signature: string): Buffer {
  const packed = signature.replaceAll(/\s/g, "");
  return Buffer.from(packed, /^([0-9a-f]{2})+$/i.test(packed) ? "hex" : "base64");
}

function streamsFor(key: KeyObject): Claim["streams"] {
  if (key.asymmetricKeyType === "ed25519") return [];
  const ways =
    key.asymmetricKeyType === "rsa"
      ? [
          { padding: constants.RSA_PKCS1_PADDING },
          { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO },
        ]
      : [{ dsaEncoding: "der" }, { dsaEncoding: "ieee-p1363" }];
  return ways.map((options) => ({ verifier: createVerify("sha256"), options }));
}

/** @param found SHA-256 of the content, in hex */
function holds({ trusted: { key }, signature, streams }: Claim, found: string): boolean {
  if (key.asymmetricKeyType === "ed25519") {
    return [Buffer.from(found), Buffer.from(found, "hex")].some((message) => verify(null, message, key, signature));
  }
  return streams.some(({ verifier, options }) => {
    try {
      return verifier.verify({ key, ...options }, signature);
    } catch {
      // Not even a signature of this kind.
      return false;
    }
  });
}
