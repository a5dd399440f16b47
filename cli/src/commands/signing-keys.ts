import { call, makeKeyPair, publicKeyValue } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { readConfigFile, writeJson } from "../config/files.ts";
import { configDirectory, connect } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { print, tell } from "../output.ts";
import { required, text } from "../values.ts";
import { deleteCommand, getCommand, listCommand, update, withPrn } from "./crud.ts";

const signingKey = {
  plural: "signing_keys",
  noun: "signing key",
  type: "signing_key",
  prnOption: "signingKeyPrn",
} as const;

export function signingKeyCommands(program: Command): void {
  const keys = group(program, "signing-keys", "Public keys whose signatures count");
  leaf(
    keys,
    "create",
    "Register a public key, or make a pair and register its public half",
    "peridio signing-keys create --name release --algorithm Ed25519 --out ./keys",
    async (options) => create(options),
  )
    .option("--name <name>", "to recognise it by")
    .option("--public-key-file <file>", "PEM of a public key")
    .option("--path <file>", "the same")
    .option("--key <file>", "a file with the value: base64 of 32 bytes, or PEM")
    .option("--value <text>", "the value itself")
    .option("--algorithm <name>", "make a pair: Ed25519")
    .option("--out <directory>", "where private.pem and public.pem of the new pair go")
    .option("--config <name>", "remember the new pair in the configuration under this name");
  getCommand(keys, signingKey);
  listCommand(keys, signingKey);
  withPrn(
    leaf(
      keys,
      "update",
      "Rename or revoke a key",
      "peridio signing-keys update --prn $PRN --revoke",
      async (options) => {
        const fields = {
          name: text(options, "name"),
          value: text(options, "value"),
          revoked: options.revoke === true ? true : undefined,
        };
        print(await update(options, signingKey, fields), options.output);
      },
    ),
    signingKey,
  )
    .option("--name <name>", "to recognise it by")
    .option("--value <text>", "another public key; only before it has signed anything")
    .option("--revoke", "for good: it signs nothing more, and what only it signed can't be downloaded");
  deleteCommand(keys, signingKey);
}

async function create(options: Options): Promise<void> {
  const name = required(options, "name");
  const client = connect(options);
  const pair = await newPair(options);
  const value = pair?.value ?? (await existingValue(options));
  const body = { name, value };
  const answer = (await call(client, "POST", "/signing_keys", { body })) as { signing_key: { prn: string } };
  const configName = text(options, "config");
  if (pair && configName !== undefined) remember(options, configName, answer.signing_key.prn, pair.privatePath);
  print(answer, options.output);
}

async function newPair(options: Options) {
  const algorithm = text(options, "algorithm");
  if (algorithm === undefined) {
    const [stray] = ["out", "config"].filter((name) => options[name] !== undefined);
    if (stray !== undefined) throw usage(`--${stray} is for a new pair; it needs --algorithm Ed25519`);
    return null;
  }
  if (algorithm.toLowerCase() !== "ed25519") throw usage(`--algorithm must be Ed25519; got '${algorithm}'`);
  const pair = await makeKeyPair(required(options, "out"));
  tell(`The private key is ${pair.privatePath}. Keep it safe: it never leaves this machine.`);
  return pair;
}

async function existingValue(options: Options): Promise<string> {
  const file = text(options, "publicKeyFile") ?? text(options, "path") ?? text(options, "key");
  const value = text(options, "value");
  if (file !== undefined) return publicKeyValue(file);
  if (value !== undefined) return value;
  throw usage(
    "name a public key by --public-key-file, --key or --value, or make a pair by --algorithm Ed25519 --out DIR",
  );
}

function remember(options: Options, name: string, prn: string, privatePath: string): void {
  const directory = configDirectory(options);
  const config = readConfigFile(directory);
  const pair = { signing_key_prn: prn, signing_key_private_path: privatePath };
  writeJson(directory, "config.json", { ...config, signing_key_pairs: { ...config.signing_key_pairs, [name]: pair } });
}
