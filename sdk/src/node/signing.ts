import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

export interface KeyPairFiles {
  /** Absolute. */
  privatePath: string;
  publicPath: string;
  /** Base64 of the raw 32-byte public key, as `POST /signing_keys` takes it. */
  value: string;
}

/** Makes an Ed25519 pair: `private.pem` (PKCS#8, only for its owner to read) and `public.pem`. Overwrites nothing. */
export async function makeKeyPair(directory: string): Promise<KeyPairFiles> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  await mkdir(directory, { recursive: true });
  const privatePath = resolve(directory, "private.pem");
  const publicPath = resolve(directory, "public.pem");
  await writeFile(privatePath, privateKey.export({ format: "pem", type: "pkcs8" }), { flag: "wx", mode: 0o600 });
  try {
    await writeFile(publicPath, publicKey.export({ format: "pem", type: "spki" }), { flag: "wx", mode: 0o644 });
  } catch (error) {
    await unlink(privatePath);
    throw error;
  }
  return { privatePath, publicPath, value: rawBase64(publicKey) };
}

/** The last 32 bytes of an Ed25519 SubjectPublicKeyInfo are the key (RFC 8410 § 4). */
function rawBase64(publicKey: KeyObject): string {
  return publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
}

/**
 * What to send for a public key file: raw base64 of an Ed25519 PEM, the text of any other.
 * @throws Error when the file holds a private key
 */
export async function publicKeyValue(path: string): Promise<string> {
  const text = (await readFile(path, "utf8")).trim();
  if (text.includes("PRIVATE KEY")) {
    throw new Error(`${path} holds a private key; only the public key is sent: openssl pkey -in ${path} -pubout`);
  }
  if (!text.includes("BEGIN PUBLIC KEY")) return text;
  const key = createPublicKey(text);
  return key.asymmetricKeyType === "ed25519" ? rawBase64(key) : text;
}

/** SHA-256 of a file, 64 lowercase hex characters, and its size in bytes. */
export async function hashFile(path: string): Promise<{ hash: string; size: number }> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 })) {
    hash.update(piece as Buffer);
    size += (piece as Buffer).length;
  }
  return { hash: hash.digest("hex"), size };
}

/**
 * Signs with a private key file: Ed25519 over the 64 characters of `hash`, upper-case hex, as the official CLI does;
 * RSA (PKCS#1 v1.5) and ECDSA over the content at `contentPath`, base64, as `openssl dgst -sha256 -sign` does.
 */
export async function signLocally(privateKeyPath: string, hash: string, contentPath: string | null): Promise<string> {
  const key = createPrivateKey(await readFile(privateKeyPath));
  if (key.asymmetricKeyType === "ed25519") return sign(null, Buffer.from(hash), key).toString("hex").toUpperCase();
  if (contentPath === null) {
    throw new Error(`a signature by an ${key.asymmetricKeyType} key is made over the content; name its file`);
  }
  const signing = createSign("sha256");
  for await (const piece of createReadStream(contentPath, { highWaterMark: 1_048_576 }))
    signing.update(piece as Buffer);
  return signing.sign(key).toString("base64");
}

/**
 * Signs a hash that stands for itself, such as a bundle's: its 64 characters. By Ed25519 in upper-case hex; by RSA (PKCS#1
 * v1.5) and ECDSA in base64.
 */
export async function signHash(privateKeyPath: string, hash: string): Promise<string> {
  const key = createPrivateKey(await readFile(privateKeyPath));
  if (key.asymmetricKeyType === "ed25519") return sign(null, Buffer.from(hash), key).toString("hex").toUpperCase();
  return createSign("sha256").update(hash).sign(key).toString("base64");
}
