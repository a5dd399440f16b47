import { mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { readConfigFile, writeJson } from "../config/files.ts";
import { certificateAuthority, configDirectory } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { tell, write } from "../output.ts";
import { required, text } from "../values.ts";
import type { Wanted } from "../x509/issue.ts";

export function x509Commands(program: Command): void {
  const certificates = group(program, "x509", "Certificates, made on this machine");
  leaf(
    certificates,
    "create",
    "Make a key and a certificate for it: an authority's, or one that an authority signs for a device",
    "peridio x509 create --common-name line-1 --is-ca --start-date 2026-01-01 --end-date 2036-01-01 --out ./ca",
    create,
  )
    .option("--common-name <name>", "up to 64 characters; of a device: its identifier")
    .option("--start-date <time>", "from when it is good: 2026-01-31, or 2026-01-31T00:00:00Z")
    .option("--end-date <time>", "until when")
    .option("--is-ca", "it may sign others")
    .option("--signer <name>", "who signs it: an authority of the configuration; itself by default")
    .option("--signer-key <file>", "the same in full: PEM of the private key")
    .option("--signer-cert <file>", "and of the certificate")
    .option("--out <directory>", "where NAME-certificate.pem and NAME-private-key.pem go; default: here")
    .option("--config <name>", "remember the new authority in the configuration under this name");
}

async function create(options: Options): Promise<void> {
  const commonName = readName(required(options, "commonName"));
  const isAuthority = options.isCa === true;
  const name = text(options, "config");
  if (name !== undefined && !isAuthority) throw usage("--config is for an authority; it needs --is-ca");
  const [notBefore, notAfter] = [readDate(options, "startDate"), readDate(options, "endDate")];
  if (notAfter <= notBefore) throw usage("--end-date must be after --start-date");
  const wanted = { commonName, notBefore, notAfter, isAuthority, signer: await readSigner(options) };
  const paths = await writePair(text(options, "out") ?? ".", wanted);
  if (name !== undefined) remember(options, name, paths);
  tell(`The private key is ${paths.private_key}. Keep it safe: it never leaves this machine.`);
  write(JSON.stringify(paths));
}

/** It names files as well. */
function readName(name: string): string {
  if ([...name].length > 64) throw usage(`--common-name has at most 64 characters; got ${[...name].length}`);
  if (/[/\\\p{Cc}]/u.test(name) || name.startsWith(".")) {
    throw usage(`--common-name names files too: no slashes, control characters or dot in front; got '${name}'`);
  }
  return name;
}

function readDate(options: Options, name: "startDate" | "endDate"): Date {
  const value = required(options, name);
  const date = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/.test(value) ? new Date(value) : null;
  if (date && !Number.isNaN(date.getTime())) return date;
  const flag = name === "startDate" ? "--start-date" : "--end-date";
  throw usage(`${flag} must look like 2026-01-31 or 2026-01-31T00:00:00Z; got '${value}'`);
}

async function readSigner(options: Options): Promise<Wanted["signer"]> {
  const [name, key, certificate] = ["signer", "signerKey", "signerCert"].map((option) => text(options, option));
  if ((key === undefined) !== (certificate === undefined)) throw usage("--signer-key and --signer-cert go together");
  if (name !== undefined && key !== undefined) throw usage("give --signer, or --signer-key with --signer-cert");
  const named = name === undefined ? null : certificateAuthority(options, name);
  const paths = named ?? (key && certificate ? { private_key: key, certificate } : null);
  if (paths === null) return null;
  return {
    certificate: await readFile(paths.certificate, "utf8"),
    privateKey: await readFile(paths.private_key, "utf8"),
  };
}

/** Overwrites nothing. @returns absolute paths */
async function writePair(directory: string, wanted: Wanted): Promise<{ certificate: string; private_key: string }> {
  // It takes longer to load than most commands take to run.
  const { issue } = await import("../x509/issue.ts");
  const { certificate, privateKey } = await issue(wanted);
  const paths = {
    certificate: resolve(directory, `${wanted.commonName}-certificate.pem`),
    private_key: resolve(directory, `${wanted.commonName}-private-key.pem`),
  };
  await mkdir(directory, { recursive: true });
  await writeFile(paths.private_key, privateKey, { flag: "wx", mode: 0o600 });
  try {
    await writeFile(paths.certificate, certificate, { flag: "wx", mode: 0o644 });
  } catch (error) {
    await unlink(paths.private_key);
    throw error;
  }
  return paths;
}

function remember(options: Options, name: string, paths: { certificate: string; private_key: string }): void {
  const directory = configDirectory(options);
  const config = readConfigFile(directory);
  const authorities = { ...config.certificate_authorities, [name]: paths };
  writeJson(directory, "config.json", { ...config, certificate_authorities: authorities });
}
