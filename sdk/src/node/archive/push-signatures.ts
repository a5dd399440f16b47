import { ApiError } from "../../api-error.ts";
import type { Binary } from "../../binary.ts";
import { bodyOf, type Client } from "../../client.ts";
import type { ArchivedSignature } from "./document.ts";

/** Those whose key hasn't signed yet. @throws ApiError; Error for a key that isn't registered there */
export async function attachBinarySignatures(
  client: Client,
  { prn }: Pick<Binary, "prn">,
  signatures: readonly ArchivedSignature[],
): Promise<void> {
  for (const { keyid, sig } of signatures) {
    const query = { search: searchBy(`binary_prn:'${prn}'`, keyid), limit: 1 };
    const { binary_signatures } = await bodyOf(client.api.GET("/binary_signatures", { params: { query } }));
    if (binary_signatures.length > 0) continue;
    const body = { binary_prn: prn, signature: sig, signing_key_keyid: keyid };
    await bodyOf(client.api.POST("/binary_signatures", { body })).catch((error) => {
      throw explained(error, keyid);
    });
  }
}

/**
 * The same for a bundle. A signature over another hash than the bundle has here is left out, as the official client does:
 * servers may hash bundles differently.
 */
export async function attachBundleSignatures(
  client: Client,
  prn: string,
  signatures: readonly ArchivedSignature[],
  onNote: (note: string) => void,
): Promise<void> {
  for (const { keyid, sig } of signatures) {
    const query = { search: searchBy(`bundle_prn:'${prn}'`, keyid), limit: 1 };
    const { bundle_signatures } = await bodyOf(client.api.GET("/bundle_signatures", { params: { query } }));
    if (bundle_signatures.length > 0) continue;
    const body = { bundle_prn: prn, signature: sig, signing_key_keyid: keyid };
    try {
      await bodyOf(client.api.POST("/bundle_signatures", { body }));
    } catch (error) {
      if (!isOverAnotherHash(error)) throw explained(error, keyid);
      onNote(`the bundle's signature by key ${keyid} is over another hash than the bundle has here, and was left out`);
    }
  }
}

/** As the official client searches; it escapes nothing, and a keyid is a word. */
function searchBy(clause: string, keyid: string): string {
  const value = keyid.replaceAll(/['\\]/g, (character) => `\\${character}`);
  return `${clause} and signature.signing_key.keyid:'${value}'`;
}

function isOverAnotherHash(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.message.includes("Invalid signature") && error.message.includes("sign the hash of the bundle");
}

function explained(error: unknown, keyid: string): unknown {
  if (!(error instanceof ApiError) || error.status !== 404) return error;
  return new Error(
    `the archive has a signature by the key with the keyid ${keyid}, which isn't registered here; ` +
      "register it with 'peridio signing-keys create' and push again",
  );
}
