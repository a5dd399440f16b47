import { createHash, type KeyObject, verify } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";

const { Point } = ed25519;

/** The DER in front of the 32 bytes of a SubjectPublicKeyInfo (RFC 8410 § 4). */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** The order of the base point (RFC 8032 § 5.1, L). */
const groupOrder = Point.Fn.ORDER;

export function ed25519Spki(raw: Buffer): Buffer {
  return Buffer.concat([spkiPrefix, raw]);
}

/** Why 32 bytes are no usable public key, as the rest of a sentence, or null. */
export function ed25519Problem(raw: Buffer): string | null {
  const point = decodePoint(raw);
  if (point === null) {
    return (
      "is 32 bytes, but not an Ed25519 public key: no point of the curve has this encoding. " +
      "If it is the secret seed, send the public key instead and consider the seed exposed"
    );
  }
  // With such a key one signature fits many messages (Chalkias et al., "Taming the many EdDSAs", § 3).
  return point.isSmallOrder() ? "is an Ed25519 key of small order, whose signatures prove nothing" : null;
}

/** Over a short message. */
export function ed25519Verifies(key: KeyObject, signature: Buffer, message: Buffer): boolean {
  return signature.length === 64 && verify(null, message, key, signature);
}

/**
 * Over a message of any length, as it streams by: RFC 8032 § 5.1.7 needs only SHA-512(R ‖ A ‖ M). As OpenSSL does,
 * without the cofactor: the encoding of S·B − k·A must be R, byte for byte. As node:crypto and WebCrypto do, without
 * keys and R of small order (nodejs/node 64026).
 * The stream isn't opened for a signature that can't be valid.
 * @throws what reading the stream throws
 */
export async function ed25519VerifiesStream(
  rawKey: Buffer,
  signature: Buffer,
  openMessage: () => AsyncIterable<Uint8Array>,
): Promise<boolean> {
  if (signature.length !== 64) return false;
  const encodedR = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  const a = decodePoint(rawKey);
  const r = decodePoint(encodedR);
  if (s >= groupOrder || a === null || r === null || a.isSmallOrder() || r.isSmallOrder()) return false;

  const hash = createHash("sha512").update(encodedR).update(rawKey);
  for await (const chunk of openMessage()) hash.update(chunk as Buffer);
  const k = littleEndian(hash.digest()) % groupOrder;

  const expected = Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k));
  return encodedR.equals(expected.toBytes());
}

/** RFC 8032 § 5.1.3, which takes one encoding for each point only. */
function decodePoint(encoded: Buffer): InstanceType<typeof Point> | null {
  try {
    return Point.fromBytes(encoded, false);
  } catch {
    return null;
  }
}

function littleEndian(bytes: Buffer): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}
