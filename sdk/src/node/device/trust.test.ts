import { execFileSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { OfferedItem } from "./offer.ts";
import { itemOf, makeKey, sha256 } from "./stand-in.fixture.ts";
import { makeTrust, parseTrustedKeys, verifyContent } from "./trust.ts";

const directory = mkdtempSync(join(tmpdir(), "device-trust-"));
afterAll(() => rm(directory, { recursive: true }));

const bytes = Buffer.from("firmware image\n".repeat(10_000));
const path = join(directory, "content");
writeFileSync(path, bytes);
writeFileSync(join(directory, "hash.hex"), sha256(bytes));
writeFileSync(join(directory, "hash.bytes"), Buffer.from(sha256(bytes), "hex"));

const openssl = (command: string) => execFileSync("openssl", command.split(" "), { cwd: directory, stdio: "pipe" });

function item(signatures: OfferedItem["signatures"]): OfferedItem {
  const { binary_prn, hash, size } = itemOf(bytes, []);
  const names = { artifact_name: "firmware", artifact_version: "1.0.0", target: "universal" };
  return { binary_prn, hash, size, ...names, custom_metadata: null, signatures };
}

const ways: [string, string, string][] = [
  ["Ed25519 over the hash in hex", "genpkey -algorithm ed25519", "pkeyutl -sign -rawin -inkey key.pem -in hash.hex"],
  [
    "Ed25519 over the bytes of the hash",
    "genpkey -algorithm ed25519",
    "pkeyutl -sign -rawin -inkey key.pem -in hash.bytes",
  ],
  ["RSA", "genrsa", "dgst -sha256 -sign key.pem content"],
  ["RSA-PSS", "genrsa", "dgst -sha256 -sign key.pem -sigopt rsa_padding_mode:pss content"],
  ["ECDSA", "ecparam -name prime256v1 -genkey -noout", "dgst -sha256 -sign key.pem content"],
];

it.each(
  ways,
)("takes %s as openssl makes it, in hex and base64, and not with a bit flipped", async (_name, make, sign) => {
  openssl(`${make} -out key.pem`);
  const signature = openssl(sign);
  const trust = makeTrust(parseTrustedKeys(openssl("pkey -in key.pem -pubout").toString()), 1);
  for (const text of [signature.toString("hex").toUpperCase(), signature.toString("base64")]) {
    await verifyContent(path, item([{ signature: text, keyid: null }]), trust);
  }
  signature[signature.length - 1]! ^= 1;
  const spoiled = item([{ signature: signature.toString("hex"), keyid: null }]);
  await expect(verifyContent(path, spoiled, trust)).rejects.toThrow("is signed by no trusted key");
});

it("doesn't believe the server's word for whose signature it is", async () => {
  const [mine, foreign] = [makeKey(), makeKey()];
  const trust = makeTrust(parseTrustedKeys(mine.publicKey), 1);
  const { signature } = itemOf(bytes, [foreign]).signatures[0]!;
  const claimed = item([{ signature, keyid: trust.keys[0]!.keyid }]);
  await expect(verifyContent(path, claimed, trust)).rejects.toThrow("is signed by no trusted key");
});

it("doesn't take bytes that were changed", async () => {
  const key = makeKey();
  const trust = makeTrust(parseTrustedKeys(key.publicKey), 1);
  const spoiled = Buffer.from(await readFile(path));
  spoiled[77]! ^= 1;
  const other = join(directory, "spoiled");
  writeFileSync(other, spoiled);
  const { signature } = itemOf(bytes, [key]).signatures[0]!;
  await expect(verifyContent(other, item([{ signature, keyid: null }]), trust)).rejects.toThrow(
    "was damaged on its way",
  );
});

it("doesn't take bytes of another length than was announced", async () => {
  const key = makeKey();
  const trust = makeTrust(parseTrustedKeys(key.publicKey), 1);
  const { signature } = itemOf(bytes, [key]).signatures[0]!;
  const longer = { ...item([{ signature, keyid: null }]), size: bytes.length + 1 };
  await expect(verifyContent(path, longer, trust)).rejects.toThrow(
    `has ${bytes.length} bytes, not the ${bytes.length + 1} that were announced`,
  );
});

it("reads keys as PEM, several in a text, and as base64 of the raw key", () => {
  const [a, b] = [makeKey(), makeKey()];
  const raw = createPublicKey(a.publicKey).export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
  expect(parseTrustedKeys(`${a.publicKey}\n${b.publicKey}`)).toHaveLength(2);
  expect(parseTrustedKeys(raw)[0]!.keyid).toBe(parseTrustedKeys(a.publicKey)[0]!.keyid);
});

it("refuses what is no public key, and thresholds that can't be reached", () => {
  const keys = parseTrustedKeys(makeKey().publicKey);
  expect(() => parseTrustedKeys("nonsense")).toThrow("'nonsense…' is neither a public key in PEM nor the base64");
  const secret = makeKey().privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  expect(() => parseTrustedKeys(secret)).toThrow("private key");
  expect(() => makeTrust([], 1)).toThrow("no signing key is trusted");
  expect(() => makeTrust(keys, 0)).toThrow("got 0");
  expect(() => makeTrust([...keys, ...keys], 2)).toThrow("number of trusted keys, 1; got 2");
});
