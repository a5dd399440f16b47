import { invalid, invalidFields, notFound } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { findOwn } from "../database/own-row.ts";
import type { SigningKeyRow, Tables } from "../database/tables.ts";
import type { Principal } from "../http/principal.ts";
import { findSigningKeyByKeyid } from "./keys.ts";

/** How a request says which key made a signature: by one of the two, or by both. */
export interface KeyName {
  signing_key_prn?: string;
  signing_key_keyid?: string;
}

/**
 * The key that a signature is said to be by.
 * @throws ApiError 404; 422 when none is named, two are, or it is revoked
 */
export async function namedKey(
  db: Kysely<Tables>,
  principal: Principal,
  { signing_key_prn: prn, signing_key_keyid: keyid }: KeyName,
): Promise<SigningKeyRow> {
  if (prn === undefined && keyid === undefined) {
    throw invalidFields({ signing_key_prn: ["is required, or signing_key_keyid in its place"] });
  }
  const byPrn = prn === undefined ? undefined : await findOwn(db, principal, "signing_keys", prn);
  const byKeyid = keyid === undefined ? undefined : await findSigningKeyByKeyid(db, principal, keyid);
  if (keyid !== undefined && !byKeyid) throw notFound("signing key with the keyid", keyid);
  if (byPrn && byKeyid && byPrn.id !== byKeyid.id) {
    throw invalid("signing_key_keyid", `names another key than signing_key_prn, whose keyid is ${byPrn.keyid}`);
  }
  return requireLive((byPrn ?? byKeyid)!);
}

/** @throws ApiError 422 for a revoked key */
export function requireLive(key: SigningKeyRow): SigningKeyRow {
  if (key.revoked_at === null) return key;
  throw invalid("signing_key_prn", `was revoked at ${key.revoked_at} and signs nothing more; use another key`);
}
