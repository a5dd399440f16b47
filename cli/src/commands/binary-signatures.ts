import { call, hashFile } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { print } from "../output.ts";
import { requiredPrn, text } from "../values.ts";
import { deleteCommand, getCommand, listCommand } from "./crud.ts";
import { attach, collect, existingSignature, readSigners } from "./signer.ts";

const signature = {
  plural: "binary_signatures",
  noun: "binary signature",
  type: "binary_signature",
  prnOption: "binarySignaturePrn",
} as const;

export function binarySignatureCommands(program: Command): void {
  const signatures = group(program, "binary-signatures", "Signatures of binaries");
  leaf(
    signatures,
    "create",
    "Attach a signature: one that exists, or one made here with a private key",
    "peridio binary-signatures create --binary-prn $BINARY_PRN --signing-key-prn $KEY_PRN --signature $(base64 firmware.sig)",
    async (options) => {
      print(options.signature ? await attachExisting(options) : await signHere(options), options.output);
    },
  )
    .option("--binary-prn <prn>", "the binary; signable or signed")
    .option("--signature <words...>", "hex or base64, in as many words as the shell makes of it")
    .option("--signing-key-prn <prn>", "the key that made it", collect)
    .option("--signing-key-keyid <keyid>", "the same, by its key identifier")
    .option("--binary-content-path <file>", "sign this file, here")
    .option("--signing-key-private <file>", "private key to sign with", collect)
    .option("--signing-key-pair <name>", "key pair of the configuration to sign with", collect);
  getCommand(signatures, signature);
  listCommand(signatures, signature, [
    { flags: "--binary-prn <prn>", description: "of this binary", option: "binaryPrn", key: "binary_prn" },
  ]);
  deleteCommand(signatures, signature);
}

function attachExisting(options: Options): Promise<unknown> {
  const body = { binary_prn: requiredPrn(options, "binary", "binaryPrn"), ...existingSignature(options) };
  return call(connect(options), "POST", "/binary_signatures", { body });
}

async function signHere(options: Options): Promise<unknown> {
  const prn = requiredPrn(options, "binary", "binaryPrn");
  const path = text(options, "binaryContentPath");
  const signers = readSigners(options);
  if (path === undefined || signers.length === 0) {
    throw usage(
      "give --signature with --signing-key-prn, or --binary-content-path with --signing-key-pair, " +
        "or with --signing-key-private and --signing-key-prn",
    );
  }
  const client = connect(options);
  const { hash } = await hashFile(path);
  let answer: unknown = null;
  for (const signer of signers) answer = await attach(client, signer, { prn, hash }, path);
  return answer;
}
