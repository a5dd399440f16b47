import { randomBytes, randomUUID } from "node:crypto";
import { type Answer, type Api, makeVersion, sha256, untilVerified } from "../api.ts";
import { apiKey } from "../server.ts";
import { makeSigningPair } from "./official-client.ts";

/** Signs the hashes of binaries and bundles, by one registered key. */
export interface TestSigner {
  prn: string;
  keyid: string;
  value: string;
  sign(hash: string): string;
}

export async function makeSigner(api: Api): Promise<TestSigner> {
  const pair = makeSigningPair();
  const { body } = await api("POST", "/signing_keys", { name: `key ${randomUUID()}`, value: pair.value });
  return { prn: body.signing_key.prn, keyid: body.signing_key.keyid, ...pair };
}

/** A server, and the key that uploads there. */
interface Where {
  url: string;
  key?: string;
}

interface Fields {
  artifact_version_prn?: string;
  target?: string;
  custom_metadata?: object;
  id?: string;
}

/** A verified binary that nobody has signed yet. */
export async function signableBinary(
  server: Where,
  api: Api,
  fields: Fields = {},
  content: Uint8Array = randomBytes(20),
): Promise<string> {
  const version = fields.artifact_version_prn ?? (await makeVersion(api));
  const body = { artifact_version_prn: version, target: "portable", hash: sha256(content), size: content.length };
  const { prn } = (await api("POST", "/binaries", { ...body, ...fields })).body.binary;
  const upload = await fetch(`${server.url}/binaries/${prn}/content`, {
    method: "PUT",
    headers: { authorization: `Bearer ${server.key ?? apiKey}` },
    body: content as Uint8Array<ArrayBuffer>,
  });
  await upload.arrayBuffer();
  await untilVerified(api, prn);
  return prn;
}

export async function signBinary(api: Api, signer: TestSigner, prn: string): Promise<Answer> {
  const { hash } = (await api("GET", `/binaries/${prn}`)).body.binary;
  const body = { binary_prn: prn, signing_key_prn: signer.prn, signature: signer.sign(hash) };
  return api("POST", "/binary_signatures", body);
}

export async function signedBinary(
  server: Where,
  api: Api,
  signer: TestSigner,
  fields: Fields = {},
  content?: Uint8Array,
): Promise<string> {
  const prn = await signableBinary(server, api, fields, content);
  await signBinary(api, signer, prn);
  return prn;
}
