import { scryptSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashPassword, isPassword } from "./passwords.ts";

describe("a stored password", () => {
  it("is recognised, and nothing else is", async () => {
    const hash = await hashPassword("correct horse battery");
    expect(hash).not.toContain("horse");
    expect(await isPassword("correct horse battery", hash)).toBe(true);
    expect(await isPassword("correct horse batterz", hash)).toBe(false);
    expect(await isPassword("correct horse battery", null)).toBe(false);
  });

  it("is recognised at the cost that it was made with", async () => {
    const salt = Buffer.alloc(16, 7);
    const key = scryptSync("from an older version", salt, 32, { N: 1024, r: 8, p: 1 });
    const hash = `scrypt$1024$8$1$${salt.toString("base64")}$${key.toString("base64")}`;
    expect(await isPassword("from an older version", hash)).toBe(true);
    expect(await isPassword("from another version", hash)).toBe(false);
  });
});
