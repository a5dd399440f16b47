import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { hashFile, makeKeyPair, publicKeyValue, signLocally } from "./signing.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "sdk-signing-"));
  return () => rm(directory, { recursive: true });
});

async function write(name: string, content: string | Buffer): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

function pem(key: KeyObject): string {
  return String(key.export({ format: "pem", type: key.type === "private" ? "pkcs8" : "spki" }));
}

it("makes a pair whose private half only its owner can read", async () => {
  const pair = await makeKeyPair(join(directory, "keys"));
  expect(isAbsolute(pair.privatePath)).toBe(true);
  expect((await stat(pair.privatePath)).mode & 0o777).toBe(0o600);
  expect(Buffer.from(pair.value, "base64").length).toBe(32);
  expect(await publicKeyValue(pair.publicPath)).toBe(pair.value);
});

it("overwrites no key, and leaves no half of a pair", async () => {
  await makeKeyPair(directory);
  const before = await readFile(join(directory, "private.pem"));
  await expect(makeKeyPair(directory)).rejects.toMatchObject({ code: "EEXIST" });
  expect(await readFile(join(directory, "private.pem"))).toEqual(before);
  await rm(join(directory, "private.pem"));
  await expect(makeKeyPair(directory)).rejects.toMatchObject({ code: "EEXIST" });
  expect(await readdir(directory)).toEqual(["public.pem"]);
});

it("signs the 64 characters of the hash with Ed25519, in upper-case hex", async () => {
  const pair = await makeKeyPair(directory);
  const hash = "0123456789abcdef".repeat(4);
  const signature = await signLocally(pair.privatePath, hash, null);
  expect(signature).toMatch(/^[0-9A-F]{128}$/);
  const key = createPublicKey(await readFile(pair.publicPath));
  expect(verify(null, Buffer.from(hash), key, Buffer.from(signature, "hex"))).toBe(true);
});

it.each([
  ["RSA", () => generateKeyPairSync("rsa", { modulusLength: 2048 })],
  ["ECDSA", () => generateKeyPairSync("ec", { namedCurve: "P-256" })],
] as const)("signs the content with %s, in base64, as openssl does", async (_name, generate) => {
  const { privateKey, publicKey } = generate();
  const privatePath = await write("key.pem", pem(privateKey));
  const content = Buffer.alloc(3_000_000, "content");
  const signature = await signLocally(privatePath, "unused", await write("content.bin", content));
  expect(verify("sha256", content, publicKey, Buffer.from(signature, "base64"))).toBe(true);
  await expect(signLocally(privatePath, "unused", null)).rejects.toThrow("name its file");
});

it("sends an RSA key as PEM, a bare value as it is", async () => {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  expect(await publicKeyValue(await write("rsa.pem", pem(publicKey)))).toBe(pem(publicKey).trim());
  expect(await publicKeyValue(await write("raw", "AAAA\n"))).toBe("AAAA");
});

it("never reads out a private key", async () => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const path = await write("private.pem", pem(privateKey));
  const error = await publicKeyValue(path).catch((thrown: Error) => thrown.message);
  expect(error).toContain("private key");
  expect(error).not.toContain(pem(privateKey).split("\n")[1]);
});

it("hashes and measures a file", async () => {
  expect(await hashFile(await write("abc", "abc"))).toEqual({
    hash: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    size: 3,
  });
});
