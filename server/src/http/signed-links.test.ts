import { createSecretKey } from "node:crypto";
import { ApiError } from "@open-peridio/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LinkKey, signLink, verifyLink } from "./signed-links.ts";

const key = (id: string): LinkKey => ({ id, secret: createSecretKey(`the secret of ${id}`.padEnd(32), "utf8") });
const keys = [key("k2"), key("k1")];
const now = new Date("2025-01-01T00:00:00Z");
const expiresAt = new Date("2025-01-02T00:00:00Z");
const path = "/cdn/binaries/org/bin/0/abc/firmware-1.0.bin";

function tokenOf(link: string): string {
  return link.split("?token=")[1]!;
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ApiError) return `${error.status} ${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

const paths = fc.webPath().map((text) => `/cdn${text}`);
const character = fc.constantFrom(..."ABCXYZabcxyz0123456789-_.~/=%+?& \n\0é");

/** A text with exactly one character replaced, removed or added. */
function changed(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(text.length), fc.constantFrom("replace", "remove", "add"), character)
    .map(([at, how, by]) => text.slice(0, at) + (how === "remove" ? "" : by) + text.slice(how === "add" ? at : at + 1))
    .filter((other) => other !== text);
}

describe("a signed link", () => {
  const link = signLink(keys, { method: "GET", path, expiresAt });

  it("is its path and a token that needs no escaping", () => {
    expect(link.startsWith(`${path}?token=v1.k2.`)).toBe(true);
    expect(tokenOf(link)).toMatch(/^[\w.-]+$/);
  });

  it("verifies, and tells when it expires", () => {
    fc.assert(
      fc.property(paths, fc.constantFrom("GET" as const, "PUT" as const), (path, method) => {
        const token = tokenOf(signLink(keys, { method, path, expiresAt }));
        expect(verifyLink(keys, { method, path, token, now })).toEqual(expiresAt);
      }),
    );
  });

  it("serves HEAD as GET, and no other method", () => {
    const token = tokenOf(link);
    expect(verifyLink(keys, { method: "HEAD", path, token, now })).toEqual(expiresAt);
    for (const method of ["PUT", "POST", "DELETE", "get", ""]) {
      expect(refusal(() => verifyLink(keys, { method, path, token, now }))).toContain("403 link_invalid");
    }
    const upload = tokenOf(signLink(keys, { method: "PUT", path, expiresAt }));
    for (const method of ["GET", "HEAD"]) {
      expect(refusal(() => verifyLink(keys, { method, path, token: upload, now }))).toContain("403 link_invalid");
    }
  });

  it("is refused after any change of its path", () => {
    fc.assert(
      fc.property(
        paths.chain((path) => fc.tuple(fc.constant(path), changed(path))),
        ([path, other]) => {
          const token = tokenOf(signLink(keys, { method: "GET", path, expiresAt }));
          const answer = refusal(() => verifyLink(keys, { method: "GET", path: other, token, now }));
          expect(answer).toContain("403 link_invalid");
        },
      ),
    );
  });

  it("is refused after any change of its token", () => {
    const token = tokenOf(link);
    const check = (other: string) => refusal(() => verifyLink(keys, { method: "GET", path, token: other, now }));
    fc.assert(
      fc.property(changed(token), (other) => {
        expect(check(other)).toContain("403 link_invalid");
      }),
      { numRuns: 2000 },
    );
  });

  it("is refused when only the spare bits of the MAC's last character differ", () => {
    const token = tokenOf(link);
    for (const last of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
      const other = token.slice(0, -1) + last;
      const answer = refusal(() => verifyLink(keys, { method: "GET", path, token: other, now }));
      expect(answer === "accepted").toBe(other === token);
    }
  });

  it.each([
    ["missing", undefined],
    ["empty", ""],
    ["twice", ["a", "b"]],
    ["of an unknown key", "v1.k9.1735776000.".padEnd(60, "A")],
    ["of another version", "v2.k2.1735776000.".padEnd(60, "A")],
    ["with an expiry of many digits", `v1.k2.${"9".repeat(400)}.${"A".repeat(43)}`],
    ["with an expiry that is no number", `v1.k2.1e9.${"A".repeat(43)}`],
    ["with an expiry below zero", `v1.k2.-1.${"A".repeat(43)}`],
    ["without a MAC", "v1.k2.1735776000."],
  ])("is refused when its token is %s", (_what, token) => {
    expect(refusal(() => verifyLink(keys, { method: "GET", path, token, now }))).toContain("403 link_invalid");
  });

  it("works until the second it expires at, and then says so", () => {
    const at = (now: Date) => refusal(() => verifyLink(keys, { method: "GET", path, token: tokenOf(link), now }));
    expect(at(new Date(expiresAt.getTime() - 1))).toBe("accepted");
    expect(at(expiresAt)).toBe("403 link_expired: this link expired at 2025-01-02T00:00:00.000Z; ask for a new one");
  });

  it("does not tell of its expiry to who has changed it", () => {
    const token = `${tokenOf(link).slice(0, -43)}${"A".repeat(43)}`;
    const later = new Date("2030-01-01T00:00:00Z");
    expect(refusal(() => verifyLink(keys, { method: "GET", path, token, now: later }))).toContain("link_invalid");
  });

  it("outlives the rotation of keys until its own is retired", () => {
    const old = { method: "GET", path, token: tokenOf(signLink([key("k1")], { method: "GET", path, expiresAt })), now };
    expect(verifyLink(keys, old)).toEqual(expiresAt);
    expect(refusal(() => verifyLink([key("k2")], old))).toContain("link_invalid");
    const sameName = [{ id: "k1", secret: createSecretKey("another secret of thirty-two byt", "utf8") }];
    expect(refusal(() => verifyLink(sameName, old))).toContain("link_invalid");
    expect(refusal(() => verifyLink([], old))).toContain("link_invalid");
  });

  it("is not made without a key, for a path with a query, or for no time at all", () => {
    expect(() => signLink([], { method: "GET", path, expiresAt })).toThrow("no key");
    for (const bad of ["cdn/x", "/cdn/x?y=1", "/cdn/x#y", "/cdn/x\n"]) {
      expect(() => signLink(keys, { method: "GET", path: bad, expiresAt })).toThrow("path");
    }
    for (const bad of [new Date(Number.NaN), new Date(0), new Date(8.64e15)]) {
      expect(() => signLink(keys, { method: "GET", path, expiresAt: bad })).toThrow("expiry");
    }
    expect(() => signLink([key("a.b")], { method: "GET", path, expiresAt })).toThrow("key id");
  });
});
