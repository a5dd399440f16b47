import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openShell, type Shell } from "../run.fixture.ts";

const always = ["--start-date", "2020-01-01", "--end-date", "2050-01-31T12:00:00Z"];

/** Runs `peridio x509 create` with a configuration of its own. */
async function create(shell: Shell, ...words: string[]) {
  const ran = await shell.run("-d", "conf", "x509", "create", ...always, ...words);
  return { ...ran, paths: ran.code === 0 ? JSON.parse(ran.stdout) : null };
}

const openssl = (shell: Shell, command: string) =>
  execFileSync("openssl", command.split(" "), { cwd: shell.directory, stdio: ["ignore", "pipe", "pipe"] }).toString();

describe("x509 create", () => {
  it("makes an authority that is remembered, and certificates that it signs", async () => {
    const shell = await openShell();
    const root = await create(shell, "--common-name", "root", "--is-ca", "--out", "ca", "--config", "line");
    expect(root.paths).toEqual({
      certificate: join(shell.directory, "ca", "root-certificate.pem"),
      private_key: join(shell.directory, "ca", "root-private-key.pem"),
    });
    expect((await stat(root.paths.private_key)).mode & 0o777).toBe(0o600);
    const config = JSON.parse(await readFile(join(shell.directory, "conf", "config.json"), "utf8"));
    expect(config.certificate_authorities).toEqual({ line: root.paths });
    const { paths } = await create(shell, "--common-name", "sn 1", "--signer", "line");
    const certificate = new X509Certificate(await readFile(paths.certificate));
    expect(certificate.subject).toBe("CN=sn 1");
    expect(certificate.validFromDate.toISOString()).toBe("2020-01-01T00:00:00.000Z");
    expect(certificate.validToDate.toISOString()).toBe("2050-01-31T12:00:00.000Z");
    expect(certificate.ca).toBe(false);
  });

  it.each([
    ["ECDSA on P-384", "ecparam -name secp384r1 -genkey -noout -out ca.key"],
    ["RSA", "genrsa -out ca.key 2048"],
  ])("signs with %s keys of openssl, through an authority between, as openssl finds good", async (_, makeKey) => {
    const shell = await openShell();
    openssl(shell, makeKey);
    openssl(
      shell,
      "req -x509 -new -key ca.key -subj /O=Ac/CN=root -days 3 -addext keyUsage=critical,keyCertSign -out ca.crt",
    );
    const root = ["--signer-key", "ca.key", "--signer-cert", "ca.crt"];
    await create(shell, "--common-name", "between", "--is-ca", "--config", "between", ...root);
    await create(shell, "--common-name", "sn1", "--signer", "between");
    const chain = "-CAfile ca.crt -untrusted between-certificate.pem";
    const verified = openssl(shell, `verify -x509_strict -purpose sslclient ${chain} sn1-certificate.pem`);
    expect(verified).toBe("sn1-certificate.pem: OK\n");
    const key = openssl(shell, "pkey -in sn1-private-key.pem -pubout");
    expect(openssl(shell, "x509 -in sn1-certificate.pem -noout -pubkey")).toBe(key);
  });

  it("overwrites nothing", async () => {
    const shell = await openShell();
    await shell.write("sn1-certificate.pem", "mine");
    const { code } = await create(shell, "--common-name", "sn1");
    expect(code).toBe(1);
    expect(await readFile(join(shell.directory, "sn1-certificate.pem"), "utf8")).toBe("mine");
    await expect(stat(join(shell.directory, "sn1-private-key.pem"))).rejects.toThrow("ENOENT");
  });

  it.each([
    [["--common-name", "a/b"], 2, "--common-name names files too"],
    [["--common-name", "a".repeat(65)], 2, "--common-name has at most 64 characters; got 65"],
    [["--common-name", "a", "--end-date", "2019-12-31"], 2, "--end-date must be after --start-date"],
    [["--common-name", "a", "--end-date", "tomorrow"], 2, "--end-date must look like 2026-01-31"],
    [["--common-name", "a", "--config", "a"], 2, "--config is for an authority; it needs --is-ca"],
    [["--common-name", "a", "--signer-key", "k"], 2, "--signer-key and --signer-cert go together"],
    [["--common-name", "a", "--signer", "none"], 65, "there is no certificate authority 'none'"],
    [
      ["--common-name", "a", "--signer-key", "one-private-key.pem", "--signer-cert", "one-certificate.pem"],
      2,
      "the signer's certificate isn't one of an authority; make it with --is-ca",
    ],
    [
      ["--common-name", "a", "--signer-key", "one-private-key.pem", "--signer-cert", "ca-certificate.pem"],
      2,
      "the signer's key and certificate don't belong together",
    ],
    [["--common-name", "a", "--signer-key", "junk", "--signer-cert", "junk"], 2, "the signer can't be read"],
  ])("%j is refused", async (words, status, message) => {
    const shell = await openShell();
    await shell.write("junk", "junk");
    await create(shell, "--common-name", "one");
    await create(shell, "--common-name", "ca", "--is-ca");
    const { code, stderr } = await create(shell, ...words);
    expect({ code, stderr }).toEqual({ code: status, stderr: expect.stringContaining(message) });
  });
});
