import { createHash, createPublicKey, verify } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { binary, openShell, prn, startRecorder } from "../run.fixture.ts";

const keyPrn = prn("signing_key");
const rsa = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----";
/** RFC 8410 § 10.1. */
const ed25519 = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
const ed25519Raw = "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

async function open() {
  const server = await startRecorder();
  server.answer("POST", "/signing_keys", { signing_key: { prn: keyPrn } }, 201);
  server.answer("POST", "/binary_signatures", { binary_signature: { prn: prn("binary_signature") } }, 201);
  server.answer("PUT", /\/parts\/\d+$/, { binary_part: { index: 2, presigned_upload_url: `${server.url}/link` } }, 201);
  server.answer("PUT", "/link", {});
  server.answer("GET", `/binaries/${prn("binary")}`, { binary: binary({ size: 30 }) });
  return { server, shell: await openShell(server.url) };
}

describe("signing-keys create", () => {
  it.each(["--path", "--public-key-file"])("sends the raw 32 bytes of an Ed25519 PEM by %s", async (option) => {
    const { server, shell } = await open();
    await shell.write("k.pem", `-----BEGIN PUBLIC KEY-----\n${ed25519}\n-----END PUBLIC KEY-----\n`);
    const { code } = await shell.run("signing-keys", "create", "--name", "n", option, "k.pem", "--output", "prn");
    expect(code).toBe(0);
    expect(server.asked[0]!.body).toEqual({ name: "n", value: ed25519Raw });
  });

  it.each([
    ["--key", "k.txt", ed25519Raw],
    ["--value", ed25519Raw, ed25519Raw],
    ["--value", rsa, rsa],
  ])("sends what %s holds", async (option, value, sent) => {
    const { server, shell } = await open();
    await shell.write("k.txt", `${ed25519Raw}\n`);
    await shell.run("signing-keys", "create", "--name", "n", option, value);
    expect(server.asked[0]!.body).toEqual({ name: "n", value: sent });
  });

  it("refuses a private key before anything is sent", async () => {
    const { server, shell } = await open();
    await shell.write("k.pem", "-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----\n");
    const { code, stderr } = await shell.run("signing-keys", "create", "--name", "n", "--public-key-file", "k.pem");
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("private key") });
    expect(server.asked).toEqual([]);
  });

  it("makes a pair, and remembers where it is", async () => {
    const { server, shell } = await open();
    const args = ["--name", "n", "--algorithm", "Ed25519", "--out", "keys", "--config", "release"];
    const { code, stderr } = await shell.run("-d", "conf", "signing-keys", "create", ...args);
    expect(code).toBe(0);
    expect(stderr).toContain("never leaves this machine");
    const config = JSON.parse(await readFile(join(shell.directory, "conf", "config.json"), "utf8"));
    const privatePath = config.signing_key_pairs.release.signing_key_private_path;
    expect(config.signing_key_pairs.release.signing_key_prn).toBe(keyPrn);
    expect((await stat(privatePath)).mode & 0o777).toBe(0o600);
    expect(server.asked[0]!.body).toMatchObject({ value: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) });
    expect(JSON.stringify(server.asked)).not.toContain("PRIVATE");
  });

  it.each([
    [[], "name a public key"],
    [["--algorithm", "RSA", "--out", "k"], "must be Ed25519"],
    [["--value", "x", "--config", "p"], "needs --algorithm Ed25519"],
  ])("ends with 2 for %j", async (args, words) => {
    const { shell } = await open();
    const { code, stderr } = await shell.run("signing-keys", "create", "--name", "n", ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
  });
});

describe("binary-signatures create", () => {
  const whose = ["binary-signatures", "create", "--binary-prn", prn("binary")];

  it("joins the words that the shell makes of a signature", async () => {
    const { server, shell } = await open();
    const { code } = await shell.run(...whose, "--signing-key-prn", keyPrn, "--signature", "AAAA", "BBBB", "CC==");
    expect(code).toBe(0);
    expect(server.asked[0]!.body).toEqual({
      binary_prn: prn("binary"),
      signing_key_prn: keyPrn,
      signature: "AAAABBBBCC==",
    });
  });

  it("signs a file here", async () => {
    const { server, shell } = await open();
    await shell.write("f.bin", "abc");
    await shell.run("signing-keys", "create", "--name", "n", "--algorithm", "Ed25519", "--out", "keys");
    const key = ["--signing-key-private", "keys/private.pem", "--signing-key-prn", keyPrn];
    expect((await shell.run(...whose, "--binary-content-path", "f.bin", ...key)).code).toBe(0);
    const { signature } = server.asked.at(-1)!.body as { signature: string };
    const hash = createHash("sha256").update("abc").digest("hex");
    const publicKey = createPublicKey(await readFile(join(shell.directory, "keys", "public.pem")));
    expect(verify(null, Buffer.from(hash), publicKey, Buffer.from(signature, "hex"))).toBe(true);
  });

  it.each([
    [["--signature", "AA"], "--signing-key-prn or --signing-key-keyid is needed"],
    [["--signing-key-prn", keyPrn], "each --signing-key-private needs"],
    [["--signature", "AA", "--signing-key-prn", prn("binary")], "names a binary"],
    [[], "give --signature"],
  ])("ends with 2 for %j", async (args, words) => {
    const { shell } = await open();
    const { code, stderr } = await shell.run(...whose, ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
  });
});

describe("binary-parts create", () => {
  const whose = ["binary-parts", "create", "--binary-prn", prn("binary")];
  const abc = createHash("sha256").update("abc").digest("hex");

  it("announces a file and sends it; the record knows the size of the whole", async () => {
    const { server, shell } = await open();
    await shell.write("part_ab", "abc");
    const { code, stdout } = await shell.run(...whose, "--part-number", "2", "--file", "part_ab");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ binary_part: { index: 2, state: "valid" } });
    const [announced, sent] = server.asked.filter(({ method }) => method === "PUT");
    expect(announced).toMatchObject({
      path: `/binaries/${prn("binary")}/parts/2`,
      body: { size: 3, hash: abc, expected_binary_size: 30 },
    });
    expect(sent!.headers).toMatchObject({
      "content-length": "3",
      "content-type": "application/octet-stream",
      "x-amz-checksum-sha256": createHash("sha256").update("abc").digest("base64"),
    });
    expect(sent!.headers.authorization).toBeUndefined();
  });

  it("only announces with the official options, and prints the link", async () => {
    const { server, shell } = await open();
    const part = ["--index", "2", "--size", "3", "--hash", abc, "--expected-binary-size", "30"];
    const { stdout } = await shell.run(...whose, ...part);
    expect(stdout).toContain("presigned_upload_url");
    expect(server.asked.length).toBe(1);
  });

  it.each([
    [["--file", "x"], "--part-number (or --index) is needed"],
    [["--part-number", "1"], "--file is needed, or --size and --hash"],
    [["--part-number", "--file", "x"], "--part-number has no value"],
  ])("ends with 2 for %j", async (args, words) => {
    const { shell } = await open();
    await shell.write("x", "abc");
    const { code, stderr } = await shell.run(...whose, ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
  });
});
