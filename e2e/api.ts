import { createHash } from "node:crypto";
import { apiKey } from "./server.ts";

// biome-ignore lint/suspicious/noExplicitAny: the tests read bodies as a stranger would, field by field.
type Body = any;

export interface Answer {
  status: number;
  body: Body;
  headers: Headers;
}

export type Api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** Calls the API with plain `fetch`, to see exactly what is on the wire. */
export function callApi(url: string, key: string = apiKey): Api {
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...(key !== "" && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
    return {
      status: answer.status,
      body: text === "" ? null : isJson ? JSON.parse(text) : text,
      headers: answer.headers,
    };
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function sha256Base64(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}

let count = 0;

/** A fresh artifact with one version; returns the version's PRN. */
export async function makeVersion(api: Api): Promise<string> {
  const artifact = await api("POST", "/artifacts", { name: `firmware ${Date.now()} ${++count}` });
  const version = await api("POST", "/artifact_versions", {
    artifact_prn: artifact.body.artifact.prn,
    version: "1.0.0",
  });
  return version.body.artifact_version.prn;
}

/** A record in `uploadable` for these bytes; returns its PRN. */
export async function makeBinary(api: Api, bytes: Uint8Array, target = "aarch64-linux-gnu"): Promise<string> {
  const answer = await api("POST", "/binaries", {
    artifact_version_prn: await makeVersion(api),
    target,
    hash: sha256(bytes),
    size: bytes.length,
  });
  return answer.body.binary.prn;
}

/** The smallest regular part: 5 MiB. */
export const partSize = 5_242_880;

/** Announces a part and returns its upload link. */
export async function announcePart(api: Api, binary: string, index: number, part: Uint8Array): Promise<string> {
  const answer = await api("PUT", `/binaries/${binary}/parts/${index}`, { hash: sha256(part), size: part.length });
  if (answer.status !== 201) throw new Error(`part ${index}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body.binary_part.presigned_upload_url;
}

/** Announces a part and sends its bytes; returns the status of the second. */
export async function sendPart(api: Api, binary: string, index: number, part: Uint8Array): Promise<number> {
  const url = await announcePart(api, binary, index, part);
  const answer = await fetch(url, {
    method: "PUT",
    headers: { "x-amz-checksum-sha256": sha256Base64(part) },
    body: part as Uint8Array<ArrayBuffer>,
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** Bytes cut into parts of the given size. */
export function cut(bytes: Uint8Array, size: number = partSize): Uint8Array[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** Waits until the binary has left `hashable` and `hashing`; returns it. */
export async function untilVerified(api: Api, binary: string): Promise<Body> {
  for (let tries = 0; tries < 600; tries++) {
    const { body } = await api("GET", `/binaries/${binary}`);
    if (body.binary.state !== "hashable" && body.binary.state !== "hashing") return body.binary;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${binary} was not verified within 12 s`);
}
