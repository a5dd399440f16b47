import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type Answer, type Api, cut, partSize, sha256 } from "../api.ts";
import { apiKey } from "../server.ts";

/** How the official CLI is set up: the base address may carry a path and a trailing slash, and goes before paths as it is. */
interface OfficialSettings {
  base: string;
  version?: "1" | "2" | "3";
  key?: string;
}

/** One request as the official SDK for Rust 1.4 puts it on the wire. */
export function officialClient({ base, version = "2", key = apiKey }: OfficialSettings): Api {
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(base + path, {
      method,
      headers: {
        authorization: `Token ${key}`,
        "x-api-version": version,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? null : JSON.parse(text), headers: answer.headers };
  };
}

/** The CLI's search for the binary that it is about to make; form-encoded: `+`, `%27`, `%3A`. */
export function searchForBinary(target: string, version: string): string {
  return `/binaries?${new URLSearchParams({ search: `target:'${target}' and artifact_version_prn:'${version}'` })}`;
}

/** A key pair as `signing-keys create --algorithm Ed25519` makes it. */
export interface SigningPair {
  /** What is sent to the server: base64 of the raw 32 bytes. */
  value: string;
  /** Upper-case hex over the 64 characters of the hash. */
  sign(hash: string): string;
}

export function makeSigningPair(): SigningPair {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return { value: rawPublicKey(publicKey).toString("base64"), sign: (hash) => signHash(privateKey, hash) };
}

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "spki" }).subarray(-32);
}

function signHash(key: KeyObject, hash: string): string {
  return sign(null, Buffer.from(hash, "ascii"), key).toString("hex").toUpperCase();
}

/** PUT of one part's record, with the range as the SDK computes it: from this part's own size, so wrong on a short last one. */
export function announce(
  client: Api,
  binary: string,
  index: number,
  part: Uint8Array,
  wholeSize: number,
): Promise<Answer> {
  const range = `bytes ${(index - 1) * part.length}-${index * part.length - 1}/${wholeSize}`;
  const body = {
    binary_prn: binary,
    index,
    expected_binary_size: wholeSize,
    hash: sha256(part),
    size: part.length,
  };
  return client("PUT", `/binaries/${binary}/parts/${index}`, body, { "content-range": range });
}

/** PUT of the bytes, by a client of its own that knows no key. */
export async function send(url: string, part: Uint8Array): Promise<number> {
  const answer = await fetch(url, {
    method: "PUT",
    headers: {
      "content-type": "application/octet-stream",
      "x-amz-checksum-sha256": createHash("sha256").update(part).digest("base64"),
    },
    body: part as Uint8Array<ArrayBuffer>,
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** Step 6 of `binaries create`: what isn't listed as valid, all at once. Returns the indexes that were sent. */
export async function uploadParts(
  client: Api,
  binary: string,
  content: Uint8Array,
  only: (index: number) => boolean = () => true,
): Promise<number[]> {
  const listed = await client("GET", `/binaries/${binary}/parts`);
  const parts: { index: number; state: string }[] = listed.body.binary_parts;
  const valid = new Set(parts.filter((part) => part.state === "valid").map((part) => part.index));
  const wanted = cut(content, partSize).map((part, at) => ({ part, index: at + 1 }));
  const toSend = wanted.filter(({ index }) => !valid.has(index) && only(index));
  await Promise.all(
    toSend.map(async ({ part, index }) => {
      const announced = await announce(client, binary, index, part, content.length);
      await send(announced.body.binary_part.presigned_upload_url, part);
    }),
  );
  return toSend.map(({ index }) => index);
}
