import { createHmac } from "node:crypto";

/**
 * The value of `peridio-signature`: for each secret two HMAC-SHA256 in upper-case hex, separated by commas; receivers
 * accept if any fits. First, as the official code samples compute it: keyed with the secret's 16 bytes, over
 * `publishedAt` and the body. Second, as the official test vector has it: keyed with `publishedAt` and the body, over
 * the secret's 32 upper-case hex digits.
 */
export function signDelivery(secrets: readonly Buffer[], publishedAt: string, body: string): string {
  const text = publishedAt + body;
  return secrets
    .flatMap((secret) => [
      createHmac("sha256", secret).update(text).digest("hex"),
      createHmac("sha256", text).update(secret.toString("hex").toUpperCase()).digest("hex"),
    ])
    .join(",")
    .toUpperCase();
}
