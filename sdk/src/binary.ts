import type { components } from "./api.generated.ts";
import { bodyOf, type Client } from "./client.ts";

export type Binary = components["schemas"]["Binary"];

/** @throws ApiError 404 */
export async function getBinary(client: Client, prn: string): Promise<Binary> {
  const { binary } = await bodyOf(client.api.GET("/binaries/{prn}", { params: { path: { prn } } }));
  return binary;
}

/** @throws Error when the content isn't the declared one: better here than after the server has hashed it all. */
export function requireDeclared(record: Binary, hash: string): void {
  if (record.hash === null || record.hash === hash) return;
  throw new Error(
    `the file has the SHA-256 ${hash}, but the binary was declared with ${record.hash}; ` +
      "choose the right file, or declare the new one with `binaries update --hash ...`",
  );
}
