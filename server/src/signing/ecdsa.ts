import { p256, p384, p521 } from "@noble/curves/nist.js";
import type { KeyAlgorithm } from "@open-peridio/contract";

export type EcdsaAlgorithm = Extract<KeyAlgorithm, `ecdsa-${string}`>;

/** `bytes`: of a coordinate, and of r and s each. */
const curves = {
  "ecdsa-p256": { curve: p256, bytes: 32 },
  "ecdsa-p384": { curve: p384, bytes: 48 },
  "ecdsa-p521": { curve: p521, bytes: 66 },
} as const;

/**
 * ECDSA (FIPS 186-5 § 6.4.2) from the digest of the message alone: DER as OpenSSL writes it (RFC 3279 § 2.2.3), or r ‖ s.
 * A short DER signature can be as long as r ‖ s, so both readings are tried. Either half of s is accepted, as OpenSSL does.
 * @param spki with the point uncompressed
 */
export function ecdsaVerifies(algorithm: EcdsaAlgorithm, spki: Buffer, signature: Buffer, digest: Buffer): boolean {
  const { curve, bytes } = curves[algorithm];
  const point = spki.subarray(-(1 + 2 * bytes));
  const formats = signature.length === 2 * bytes ? (["der", "compact"] as const) : (["der"] as const);
  return formats.some((format) => {
    try {
      return curve.verify(signature, digest, point, { prehash: false, lowS: false, format });
    } catch {
      return false;
    }
  });
}
