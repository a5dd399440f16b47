import { type Client, call, signLocally } from "@open-peridio/sdk/node";
import type { Options } from "../command.ts";
import { signingKeyPair } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { checkPrn } from "../prn.ts";
import { given, text } from "../values.ts";

/** A private key here, and the public key over there that it belongs to. */
export interface Signer {
  privatePath: string;
  keyPrn: string;
}

/** Options that may be given several times. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** The keys that the options name: pairs of the configuration, then private keys with PRNs, in order. @throws Failure */
export function readSigners(options: Options): Signer[] {
  const names = (options.signingKeyPair as string[] | undefined) ?? [];
  const privates = (options.signingKeyPrivate as string[] | undefined) ?? [];
  const prns = (options.signingKeyPrn as string[] | undefined) ?? [];
  if (privates.length !== prns.length) {
    throw usage(
      `each --signing-key-private needs its --signing-key-prn; got ${privates.length} of the first, ${prns.length} of the second`,
    );
  }
  const named = names.map((name) => {
    const pair = signingKeyPair(options, name);
    return { privatePath: pair.signing_key_private_path, keyPrn: pair.signing_key_prn };
  });
  for (const prn of prns) checkPrn(prn, "signing_key", "--signing-key-prn");
  return [...named, ...privates.map((privatePath, at) => ({ privatePath, keyPrn: prns[at]! }))];
}

/** A signature that was made elsewhere, and its key, as requests name them. @throws Failure 2 */
export function existingSignature(options: Options): Record<string, unknown> {
  const [prn] = (options.signingKeyPrn as string[] | undefined) ?? [];
  const keyid = text(options, "signingKeyKeyid");
  if (prn === undefined && keyid === undefined) throw usage("--signing-key-prn or --signing-key-keyid is needed");
  return given({
    // Unquoted, $(base64 FILE) reaches us as several words.
    signature: (options.signature as string[]).join(""),
    signing_key_prn: prn === undefined ? undefined : checkPrn(prn, "signing_key", "--signing-key-prn"),
    signing_key_keyid: keyid,
  });
}

/** Signs on this machine and attaches the signature. @returns the API's answer */
export async function attach(
  client: Client,
  signer: Signer,
  binary: { prn: string; hash: string },
  contentPath: string | null,
): Promise<unknown> {
  const signature = await signLocally(signer.privatePath, binary.hash, contentPath);
  const body = { binary_prn: binary.prn, signing_key_prn: signer.keyPrn, signature };
  return call(client, "POST", "/binary_signatures", { body });
}
