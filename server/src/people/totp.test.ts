import { describe, expect, it } from "vitest";
import { matchTotp, otpauthUrl, toBase32, totpCode } from "./totp.ts";

const secret = Buffer.from("12345678901234567890");

describe("TOTP", () => {
  it.each([
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ])("at %d is that of RFC 6238, appendix B", (seconds, code) => {
    expect(totpCode(secret, Math.floor(seconds / 30), 8)).toBe(code);
  });

  it("takes a code of the step before, of this and of the next, each once", () => {
    const now = new Date(3_000_000);
    for (const counter of [99, 100, 101]) expect(matchTotp(secret, totpCode(secret, counter), now, null)).toBe(counter);
    for (const counter of [98, 102]) expect(matchTotp(secret, totpCode(secret, counter), now, null)).toBeNull();
    expect(matchTotp(secret, totpCode(secret, 100), now, 100)).toBeNull();
    expect(matchTotp(secret, totpCode(secret, 101), now, 100)).toBe(101);
    expect(matchTotp(secret, "12345", now, null)).toBeNull();
  });

  it("shows its secret in base32, as RFC 4648 § 10 has it", () => {
    expect(["f", "fo", "foo", "foob", "fooba", "foobar"].map((text) => toBase32(Buffer.from(text)))).toEqual([
      ...["MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"],
    ]);
    expect(otpauthUrl(secret, "a@b.c", "Open Peridio")).toBe(
      "otpauth://totp/Open%20Peridio%3Aa%40b.c?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Open%20Peridio",
    );
  });
});
