import { invalid } from "@open-peridio/contract";

/**
 * Reads a signature as people send it: hex in either case, or base64 (or base64url), with line breaks and blanks anywhere.
 * Hex wins: 64 bytes are 88 characters of base64 that end in "==", so no signature can be mistaken for the other.
 * @throws ApiError 422 on `signature`
 */
export function decodeSignature(text: string): Buffer {
  const packed = text.replace(/\s/g, "");
  if (packed === "") throw invalid("signature", "is empty");
  if (/^[0-9a-f]+$/i.test(packed)) {
    if (packed.length % 2 === 0) return Buffer.from(packed, "hex");
    throw invalid("signature", `is hex of an odd number of digits, ${packed.length}: some are missing`);
  }
  if (packed.includes("-----")) throw invalid("signature", "must be bare hex or base64, without PEM lines around it");
  const [, digits, padding] = /^([A-Za-z0-9+/_-]+)(=*)$/.exec(packed) ?? [];
  if (digits === undefined || padding === undefined) {
    throw invalid("signature", "is neither hex nor base64: it holds other characters");
  }
  const wanted = (4 - (digits.length % 4)) % 4;
  if (wanted === 3 || (padding !== "" && padding.length !== wanted)) {
    throw invalid("signature", "is base64 of an impossible length: some characters are missing or too many");
  }
  return Buffer.from(digits, "base64");
}
