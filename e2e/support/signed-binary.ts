import { randomBytes } from "node:crypto";
import { type Api, makeBinary, sha256 } from "../api.ts";
import { apiKey } from "../server.ts";
import { makeSigningPair, type SigningPair } from "./official-client.ts";

export interface Signer {
  pair: SigningPair;
  prn: string;
}

export async function registerSigner(api: Api): Promise<Signer> {
  const pair = makeSigningPair();
  const { body } = await api("POST", "/signing_keys", { name: "release", value: pair.value });
  return { pair, prn: body.signing_key.prn };
}

/** A binary with content that the server has verified; signed when there is a signer. */
export async function makeVerified(
  { url, api, key = apiKey }: { url: string; api: Api; key?: string },
  { signer, target, bytes = randomBytes(64) }: { signer?: Signer; target?: string; bytes?: Uint8Array } = {},
): Promise<{ prn: string; version: string; hash: string; signature: string | null }> {
  const prn = await makeBinary(api, bytes, target);
  const upload = await fetch(`${url}/binaries/${prn}/content`, {
    method: "PUT",
    headers: { authorization: `Bearer ${key}` },
    body: new Uint8Array(bytes),
  });
  if (upload.status !== 200) throw new Error(await upload.text());
  const hash = sha256(bytes);
  const signature = signer ? await sign(api, prn, hash, signer) : null;
  const { binary } = (await api("GET", `/binaries/${prn}`)).body;
  return { prn, version: binary.artifact_version_prn, hash, signature };
}

/** Answers the signature's PRN. */
async function sign(api: Api, prn: string, hash: string, { pair, prn: key }: Signer): Promise<string> {
  const signature = { binary_prn: prn, signing_key_prn: key, signature: pair.sign(hash) };
  const { status, body } = await api("POST", "/binary_signatures", signature);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.binary_signature.prn;
}
