import type { KeyAlgorithm, SignedMessage } from "@open-peridio/contract";
import { ecdsaVerifies } from "./ecdsa.ts";
import { ed25519Verifies, ed25519VerifiesStream } from "./ed25519.ts";
import type { PublicKey } from "./public-key.ts";
import { rsaVerifies } from "./rsa.ts";

export interface SignatureToVerify {
  key: PublicKey;
  signature: Buffer;
  /** SHA-256 of the content, 64 lowercase hex characters; the content must have been verified against it. */
  hash: string;
  /** Called at most once, and only when an Ed25519 signature isn't over the hash: reads all of the content. */
  openContent: () => AsyncIterable<Uint8Array>;
}

/**
 * Which message a signature is over, or null when it's over none: malformed, by another key, or of something else.
 * RSA and ECDSA sign the SHA-256 digest, which is known, so they are verified without reading the content.
 * @throws what reading the content throws
 */
export async function verifySignature(claim: SignatureToVerify): Promise<SignedMessage | null> {
  const { key, signature, hash, openContent } = claim;
  if (!/^[0-9a-f]{64}$/.test(hash)) return null;
  const digest = Buffer.from(hash, "hex");
  switch (key.algorithm) {
    case "ed25519":
      if (ed25519Verifies(key.keyObject, signature, Buffer.from(hash, "ascii"))) return "hash_hex";
      if (ed25519Verifies(key.keyObject, signature, digest)) return "hash_bytes";
      return (await ed25519VerifiesStream(key.rawEd25519!, signature, openContent)) ? "content" : null;
    case "rsa":
      return rsaVerifies(key.keyObject, signature, digest) ? "content" : null;
    default:
      return ecdsaVerifies(key.algorithm, key.spki, signature, digest) ? "content" : null;
  }
}

/** Whether the official device agent can install by such a signature: it knows Ed25519 over the hash, in both forms. */
export function deviceAgentAccepts(algorithm: KeyAlgorithm, message: SignedMessage): boolean {
  return algorithm === "ed25519" && message !== "content";
}
