import { constants, createHash, type KeyObject, publicDecrypt } from "node:crypto";

/** DER of DigestInfo for SHA-256, up to the digest (RFC 8017 § 9.2, note 1). */
const sha256DigestInfo = Buffer.from("3031300d060960864801650304020105000420", "hex");
const digestBytes = 32;

/** RSASSA-PKCS1-v1_5 or RSASSA-PSS (RFC 8017 § 8) with SHA-256, from the digest of the message alone. */
export function rsaVerifies(key: KeyObject, signature: Buffer, digest: Buffer): boolean {
  const encoded = rsaPublicOperation(key, signature);
  if (encoded === null) return false;
  const modulusBits = key.asymmetricKeyDetails!.modulusLength!;
  return encoded.equals(pkcs1Encoding(digest, encoded.length)) || isPssEncoding(encoded, modulusBits - 1, digest);
}

/** signature^e mod n (RSAVP1), as long as the modulus; null for a signature of another length, or not below it. */
function rsaPublicOperation(key: KeyObject, signature: Buffer): Buffer | null {
  const bytes = Math.ceil(key.asymmetricKeyDetails!.modulusLength! / 8);
  if (signature.length !== bytes) return null;
  try {
    return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
  } catch {
    return null;
  }
}

/** EMSA-PKCS1-v1_5 (§ 9.2). Built and compared whole: taking it apart is what forgeries have lived on. */
function pkcs1Encoding(digest: Buffer, length: number): Buffer {
  const tail = Buffer.concat([Buffer.of(0), sha256DigestInfo, digest]);
  const padding = Buffer.alloc(length - tail.length - 2, 0xff);
  return Buffer.concat([Buffer.of(0, 1), padding, tail]);
}

/** EMSA-PSS-VERIFY (§ 9.1.2) with MGF1 over SHA-256 and a salt of whatever length the encoding holds. */
function isPssEncoding(block: Buffer, bits: number, digest: Buffer): boolean {
  const length = Math.ceil(bits / 8);
  // A modulus of 8n + 1 bits is one byte longer than the encoding.
  if (block.subarray(0, block.length - length).some((byte) => byte !== 0)) return false;
  const encoded = block.subarray(block.length - length);
  if (encoded[length - 1] !== 0xbc) return false;

  const masked = encoded.subarray(0, length - digestBytes - 1);
  const hash = encoded.subarray(length - digestBytes - 1, length - 1);
  const usedBits = 0xff >> (8 * length - bits);
  if ((masked[0]! & ~usedBits) !== 0) return false;

  const mask = mgf1(hash, masked.length);
  const data = masked.map((byte, index) => byte ^ mask[index]!);
  data[0]! &= usedBits;
  const one = data.findIndex((byte) => byte !== 0);
  if (data[one] !== 1) return false;

  const salt = data.subarray(one + 1);
  return sha256(Buffer.alloc(8), digest, salt).equals(hash);
}

/** RFC 8017 appendix B.2.1. */
function mgf1(seed: Buffer, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / digestBytes) }, (_, index) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(index);
    return sha256(seed, counter);
  });
  return Buffer.concat(blocks, length);
}

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
