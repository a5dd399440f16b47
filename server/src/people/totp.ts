import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Seconds of a step, and digits of a code: what every authenticator takes for granted. */
const step = 30;
const digits = 6;
/** Steps by which a clock may be early or late. RFC 6238 § 5.2. */
const tolerance = 1;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648 § 6, without padding. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}

/** 160 bits, as RFC 4226 § 4 recommends. */
export function newTotpSecret(): Buffer {
  return randomBytes(20);
}

/** What a QR code holds. Source: the key URI format of Google Authenticator. */
export function otpauthUrl(secret: Buffer, account: string, issuer: string): string {
  const label = encodeURIComponent(`${issuer}:${account}`);
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}

/** The code of one step: HMAC-SHA1, RFC 4226 § 5.3. */
export function totpCode(secret: Buffer, counter: number, length = digits): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac("sha1", secret).update(message).digest();
  const offset = mac.at(-1)! & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** length).padStart(length, "0");
}

/**
 * The step that a code belongs to, or null. None up to `lastStep` counts: whoever saw a code being typed can't use it
 * again (RFC 6238 § 5.2).
 */
export function matchTotp(secret: Buffer, code: string, now: Date, lastStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const current = Math.floor(now.getTime() / 1000 / step);
  for (let counter = current - tolerance; counter <= current + tolerance; counter++) {
    if (counter <= (lastStep ?? -1)) continue;
    if (timingSafeEqual(Buffer.from(totpCode(secret, counter)), Buffer.from(code))) return counter;
  }
  return null;
}
