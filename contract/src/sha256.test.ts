import fc from "fast-check";
import { expect, it } from "vitest";
import { parseSha256 } from "./sha256.ts";

const digest = fc.stringMatching(/^[0-9a-f]{64}$/);

it("takes 64 hex characters in either case, with or without sha256:, and gives lowercase", () => {
  fc.assert(
    fc.property(digest, fc.boolean(), fc.constantFrom("", "sha256:", "SHA256:"), (hash, upper, prefix) => {
      expect(parseSha256(prefix + (upper ? hash.toUpperCase() : hash))).toEqual({ hash });
    }),
  );
});

it("says what is wrong with anything else", () => {
  const wanted = "must be a SHA-256 digest of 64 hexadecimal characters, optionally after 'sha256:'";
  expect(parseSha256("abc")).toEqual({ problem: `${wanted}; got 3 characters` });
  expect(parseSha256("")).toEqual({ problem: `${wanted}; got 0 characters` });
  expect(parseSha256(`${"a".repeat(63)}g`)).toEqual({ problem: `${wanted}; got 'g' at character 64` });
  expect(parseSha256(`${"a".repeat(63)} `)).toEqual({ problem: `${wanted}; got ' ' at character 64` });
  expect(parseSha256(`md5:${"a".repeat(60)}`)).toEqual({ problem: `${wanted}; got 'm' at character 1` });
});
