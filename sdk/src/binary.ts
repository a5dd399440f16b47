import type { components, paths } from "./api.generated.ts";
import { bodyOf, type Client } from "./client.ts";
import { ownSignal } from "./own-signal.ts";

export type Binary = components["schemas"]["Binary"];
export type BinaryChange = paths["/binaries/{prn}"]["patch"]["requestBody"]["content"]["application/json"];

/** @throws ApiError 404 */
export async function getBinary(client: Client, prn: string, signal = new AbortController().signal): Promise<Binary> {
  const params = { path: { prn } };
  const get = (own: AbortSignal) => bodyOf(client.api.GET("/binaries/{prn}", { params, signal: own }));
  return (await ownSignal(signal, get)).binary;
}

/** Changes fields or state. @throws ApiError 422 that names the field */
export async function patchBinary(
  client: Client,
  prn: string,
  body: BinaryChange,
  signal: AbortSignal,
): Promise<Binary> {
  const params = { path: { prn } };
  const patch = (own: AbortSignal) => bodyOf(client.api.PATCH("/binaries/{prn}", { params, body, signal: own }));
  return (await ownSignal(signal, patch)).binary;
}

/** @throws Error when the content isn't the declared one: better here than after the server has hashed it all. */
export function requireDeclared(record: Binary, hash: string): void {
  if (record.hash === null || record.hash === hash) return;
  throw new Error(
    `the file has the SHA-256 ${hash}, but the binary was declared with ${record.hash}; ` +
      "choose the right file, or declare the new one with `binaries update --hash ...`",
  );
}
