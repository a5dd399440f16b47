import type { IncomingHttpHeaders } from "node:http";
import { ApiError } from "@open-peridio/contract";

/**
 * SHA-256 digests that a client sent beside a body, as lowercase hex: `x-amz-checksum-sha256` (base64) and
 * `content-digest` / `repr-digest` (RFC 9530, `sha-256=:BASE64:`).
 * @throws ApiError 400 for one that can't be read.
 */
function sentDigests(headers: IncomingHttpHeaders): { header: string; hash: string }[] {
  const sent: { header: string; hash: string }[] = [];
  const amz = headers["x-amz-checksum-sha256"];
  if (typeof amz === "string")
    sent.push({ header: "x-amz-checksum-sha256", hash: fromBase64("x-amz-checksum-sha256", amz) });
  for (const header of ["content-digest", "repr-digest"]) {
    const value = headers[header];
    // Other algorithms than SHA-256 may stand there too, and are ignored (RFC 9530 § 2).
    const sha256 = typeof value === "string" ? /(?:^|,)\s*sha-256\s*=([^,]*)/i.exec(value)?.[1] : undefined;
    if (sha256 !== undefined) sent.push({ header, hash: fromBase64(header, betweenColons(header, sha256)) });
  }
  return sent;
}

/** @throws ApiError 400 when a header contradicts the digest that the body must have. */
export function checkSentDigests(headers: IncomingHttpHeaders, expected: string): void {
  for (const { header, hash } of sentDigests(headers)) {
    if (hash !== expected) {
      throw new ApiError("checksum_mismatch", `${header} says ${hash}, but the content must have the hash ${expected}`);
    }
  }
}

/** A byte sequence of RFC 8941 § 3.3.5: base64 between colons. */
function betweenColons(header: string, value: string): string {
  const base64 = /^\s*:([^:]*):/.exec(value)?.[1];
  if (base64 !== undefined) return base64;
  throw new ApiError("bad_request", `${header} must be in the form sha-256=:BASE64:; got '${value.slice(0, 80)}'`);
}

function fromBase64(header: string, text: string): string {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length === 32 && bytes.toString("base64") === text.trim()) return bytes.toString("hex");
  throw new ApiError(
    "bad_request",
    `${header} must hold the base64 of a 32-byte SHA-256 digest; got '${text.slice(0, 80)}'`,
  );
}
