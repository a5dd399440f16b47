import { call, inVersion, signHash } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { print } from "../output.ts";
import { requiredPrn } from "../values.ts";
import { deleteCommand, getCommand, listCommand } from "./crud.ts";
import { collect, existingSignature, readSigners } from "./signer.ts";

const signature = {
  plural: "bundle_signatures",
  noun: "bundle signature",
  type: "bundle_signature",
  prnOption: "bundleSignaturePrn",
} as const;

export function bundleSignatureCommands(program: Command): void {
  const signatures = group(program, "bundle-signatures", "Signatures of bundles");
  leaf(
    signatures,
    "create",
    "Sign a bundle's hash here, or attach a signature that exists",
    "peridio bundle-signatures create --bundle-prn $BUNDLE_PRN --signing-key-pair release",
    async (options) => {
      const prn = requiredPrn(options, "bundle", "bundlePrn");
      print(options.signature ? await attachExisting(options, prn) : await signHere(options, prn), options.output);
    },
  )
    .option("--bundle-prn <prn>", "the bundle")
    .option("--signature <words...>", "hex or base64, in as many words as the shell makes of it")
    .option("--signing-key-prn <prn>", "the key that made it", collect)
    .option("--signing-key-keyid <keyid>", "the same, by its key identifier")
    .option("--signing-key-private <file>", "private key to sign with", collect)
    .option("--signing-key-pair <name>", "key pair of the configuration to sign with", collect);
  getCommand(signatures, signature);
  listCommand(signatures, signature, [
    { flags: "--bundle-prn <prn>", description: "of this bundle", option: "bundlePrn", key: "bundle_prn" },
  ]);
  deleteCommand(signatures, signature);
}

function attachExisting(options: Options, prn: string): Promise<unknown> {
  const body = { bundle_prn: prn, ...existingSignature(options) };
  return call(connect(options), "POST", "/bundle_signatures", { body });
}

async function signHere(options: Options, prn: string): Promise<unknown> {
  const signers = readSigners(options);
  if (signers.length === 0) {
    throw usage(
      "give --signature with --signing-key-prn, or --signing-key-pair, " +
        "or --signing-key-private with --signing-key-prn",
    );
  }
  const client = inVersion(connect(options), 2);
  const { bundle } = (await call(client, "GET", `/bundles/${prn}`)) as { bundle: { hash: string } };
  let answer: unknown = null;
  for (const { privatePath, keyPrn } of signers) {
    const body = { bundle_prn: prn, signing_key_prn: keyPrn, signature: await signHash(privatePath, bundle.hash) };
    answer = await call(client, "POST", "/bundle_signatures", { body });
  }
  return answer;
}
