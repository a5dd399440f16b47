import { toHex } from "./hex.ts";
import type { Transport } from "./transport.ts";

/** SHA-256 of bytes in memory, 64 lowercase hex characters; off the main thread where the platform can. */
export async function sha256Of(bytes: Uint8Array, transport: Transport): Promise<string> {
  // Browsers have `subtle` only on https pages and on localhost.
  if (globalThis.crypto?.subtle) {
    return toHex(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
  }
  const hash = await transport.sha256();
  await hash.update(bytes);
  return hash.digest();
}
