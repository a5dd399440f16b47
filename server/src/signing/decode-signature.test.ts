import { ApiError } from "@open-peridio/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSignature } from "./decode-signature.ts";

const bytesOfSignatures = fc.uint8Array({ minLength: 64, maxLength: 512 }).map((bytes) => Buffer.from(bytes));

function broken(text: string, gap: string): string {
  return text.replace(/.{1,76}/g, `$&${gap}`);
}

describe("a signature's text", () => {
  it("is hex in either case", () => {
    fc.assert(
      fc.property(bytesOfSignatures, (bytes) => {
        expect(decodeSignature(bytes.toString("hex"))).toEqual(bytes);
        expect(decodeSignature(`${bytes.toString("hex").toUpperCase()}\n`)).toEqual(bytes);
      }),
    );
  });

  it("is base64 with line breaks or blanks anywhere, in either alphabet, padded or not", () => {
    fc.assert(
      fc.property(bytesOfSignatures, fc.constantFrom("\n", "\r\n", " ", "\t ", ""), (bytes, gap) => {
        const text = bytes.toString("base64");
        expect(decodeSignature(broken(text, gap))).toEqual(bytes);
        expect(decodeSignature(`  ${text.replace(/=+$/, "")}`)).toEqual(bytes);
        expect(decodeSignature(broken(bytes.toString("base64url"), gap))).toEqual(bytes);
      }),
    );
  });

  it("is read as hex when it could be either", () => {
    const hex = "ab12".repeat(32);
    expect(decodeSignature(hex)).toEqual(Buffer.from(hex, "hex"));
  });

  it.each([
    ["", "is empty"],
    [" \n", "is empty"],
    ["ab1", "odd number of digits, 3"],
    [`${"ab".repeat(63)}a`, "odd number of digits, 127"],
    ["0xabcd!", "neither hex nor base64"],
    ["-----BEGIN SIGNATURE-----\nAAAA", "without PEM lines"],
    ["zzzz=zzz", "neither hex nor base64"],
    ["zzzzz", "impossible length"],
    ["zzz==", "impossible length"],
    ["zzzz=", "impossible length"],
  ])("%j is refused on the field signature", (text, sentence) => {
    const refusal = refusalOf(() => decodeSignature(text));
    expect(refusal.status).toBe(422);
    expect(refusal.fields?.signature?.[0]).toContain(sentence);
  });
});

function refusalOf(action: () => unknown): ApiError {
  try {
    action();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
