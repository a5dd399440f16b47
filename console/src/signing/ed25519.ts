/** DER before the 32 bytes of a private and of a public Ed25519 key (RFC 8410 § 7, § 4). */
const pkcs8Prefix = fromHex("302e020100300506032b657004220420");
const spkiPrefix = fromHex("302a300506032b6570032100");

const wanted =
  "give the PEM of an Ed25519 key (BEGIN PRIVATE KEY, PKCS#8, without a passphrase), or its 32-byte seed in hex or base64";

/** Whether this page can sign at all: browsers have WebCrypto only on https pages and on localhost. */
export const canSign = globalThis.crypto?.subtle !== undefined;

export interface LocalKey {
  privateKey: CryptoKey;
  /** As `signing_keys` keep it: SHA-256 of the DER public key, hex. */
  keyid: string;
}

/** Reads a private key; it can't be taken out of the browser's keeping any more. @throws Error that says what is wanted */
export async function readPrivateKey(text: string): Promise<LocalKey> {
  const der = privateDer(text.trim());
  try {
    const readable = await crypto.subtle.importKey("pkcs8", der, "Ed25519", true, ["sign"]);
    const { x } = await crypto.subtle.exportKey("jwk", readable);
    const publicBytes = fromBase64(x!.replaceAll("-", "+").replaceAll("_", "/"));
    const privateKey = await crypto.subtle.importKey("pkcs8", der, "Ed25519", false, ["sign"]);
    const digest = await crypto.subtle.digest("SHA-256", new Uint8Array([...spkiPrefix, ...publicBytes]));
    return { privateKey, keyid: toHex(new Uint8Array(digest)) };
  } catch (error) {
    if ((error as Error).name === "NotSupportedError") {
      throw new Error("this browser doesn't know Ed25519; use a newer one, or sign in a shell", { cause: error });
    }
    throw new Error(`this isn't an Ed25519 private key; ${wanted}`, { cause: error });
  } finally {
    der.fill(0);
  }
}

/** Signs the 64 characters of a hash, as the official CLI does; upper-case hex. */
export async function signHash({ privateKey }: LocalKey, hash: string): Promise<string> {
  const signature = await crypto.subtle.sign("Ed25519", privateKey, new TextEncoder().encode(hash));
  return toHex(new Uint8Array(signature)).toUpperCase();
}

function privateDer(text: string): Uint8Array<ArrayBuffer> {
  if (text.includes("ENCRYPTED")) throw new Error(`the key has a passphrase; ${wanted}`);
  const body = text.replaceAll(/-----(BEGIN|END) [A-Z ]+-----/g, "").replaceAll(/\s/g, "");
  const bytes = /^[0-9a-fA-F]{64}$/.test(body) ? fromHex(body) : fromBase64(body);
  return bytes.length === 32 ? new Uint8Array([...pkcs8Prefix, ...bytes]) : bytes;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new Error(wanted);
  }
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
