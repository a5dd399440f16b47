import { createHash } from "node:crypto";
import {
  type BundleSignature,
  type CreateBundleSignature,
  invalid,
  type ListQuery,
  notFound,
  organizationPrn,
  resourcePrn,
  type SignedMessage,
  searchKeys,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { record } from "../../activity/record.ts";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import type { BundleSignatureRow, SigningKeyRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import { ownId, type Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { decodeSignature } from "../../signing/decode-signature.ts";
import { namedKey, requireLive } from "../../signing/named-key.ts";
import { type PublicKey, parsePublicKey } from "../../signing/public-key.ts";
import { signatureColumns } from "../../signing/signature-columns.ts";
import { verifySignature } from "../../signing/verify.ts";

/** A signature with what its key says about it. */
type KeyedRow = BundleSignatureRow & Pick<SigningKeyRow, "keyid" | "algorithm">;

/**
 * Attaches a signature that verifies over the bundle's hash. The same one again is the same one; another one by the same
 * key is refused.
 * @throws ApiError 404; 422 on `signature` or the key
 */
export async function createBundleSignature(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateBundleSignature,
): Promise<BundleSignature> {
  const key = await namedKey(db, principal, body);
  const bundle = await findOwn(db, principal, "bundles", body.bundle_prn);
  const bytes = decodeSignature(body.signature);
  const message = await signedMessage(parsePublicKey(key.value), bytes, bundle.hash);
  if (message === null) {
    // `bundles push` of the official CLI looks for the first two sentences.
    const words = "Invalid signature. You must sign the hash of the bundle.";
    throw invalid("signature", `${words} The hash is ${bundle.hash}, the key's keyid is ${key.keyid}.`);
  }
  const now = timestamp(clock.now());
  const row: BundleSignatureRow = {
    organization_id: bundle.organization_id,
    id: uuidv7(),
    bundle_id: bundle.id,
    signing_key_id: key.id,
    signature: bytes.toString("hex").toUpperCase(),
    signed_message: message,
    inserted_at: now,
    updated_at: now,
  };
  const stored = await changing(db, principal.organizationId, async (transaction) => {
    await findOwn(transaction, principal, "bundles", body.bundle_prn);
    const keyPrn = resourcePrn(key.organization_id, "signing_key", key.id);
    requireLive(await findOwn(transaction, principal, "signing_keys", keyPrn));
    const existing = await keyed(transaction)
      .where("bundle_signatures.organization_id", "=", row.organization_id)
      .where("bundle_signatures.bundle_id", "=", row.bundle_id)
      .where("bundle_signatures.signing_key_id", "=", row.signing_key_id)
      .executeTakeFirst();
    if (existing) return same(existing, row);
    await transaction.insertInto("bundle_signatures").values(row).execute();
    await record(transaction, {
      organizationId: row.organization_id,
      by: principal,
      type: "bundle_signature",
      subtype: "created",
      resource: body.bundle_prn,
      after: { ...row },
      at: now,
    });
    return row;
  });
  return show({ ...stored, keyid: key.keyid, algorithm: key.algorithm });
}

/**
 * What of the hash was signed: its 64 characters, or its 32 bytes. RSA and ECDSA sign a digest: that of the characters, or
 * the hash itself, as the digest of the manifest. Null for none.
 */
async function signedMessage(key: PublicKey, signature: Buffer, hash: string): Promise<SignedMessage | null> {
  const text = Buffer.from(hash, "ascii");
  async function* openContent(): AsyncGenerator<Uint8Array> {
    yield text;
  }
  const message = await verifySignature({ key, signature, hash, openContent });
  if (message !== null || key.algorithm === "ed25519") return message;
  const textHash = createHash("sha256").update(text).digest("hex");
  return (await verifySignature({ key, signature, hash: textHash, openContent })) && "hash_hex";
}

function same(existing: KeyedRow, row: BundleSignatureRow): BundleSignatureRow {
  if (existing.signature === row.signature) return existing;
  throw invalid("signing_key_prn", `has signed this bundle already (${prnOf(existing)}); delete that signature first`);
}

const keyed = (db: Kysely<Tables>) =>
  db
    .selectFrom("bundle_signatures")
    .innerJoin("signing_keys", (join) =>
      join
        .onRef("signing_keys.organization_id", "=", "bundle_signatures.organization_id")
        .onRef("signing_keys.id", "=", "bundle_signatures.signing_key_id"),
    )
    .selectAll("bundle_signatures")
    .select(["signing_keys.keyid", "signing_keys.algorithm"]);

const columns = signatureColumns("bundle");

export function listBundleSignatures({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "bundle_signatures", keys: searchKeys.bundle_signatures, columns } as const;
  return listOwn(db, keyed(db), list, principal.organizationId, request, show);
}

/** All signatures of one bundle, oldest first. @throws ApiError 404 */
export async function signaturesOfBundle({ db }: Platform, principal: Principal, prn: string) {
  const bundle = await findOwn(db, principal, "bundles", prn);
  const rows = await keyed(db)
    .where("bundle_signatures.organization_id", "=", bundle.organization_id)
    .where("bundle_signatures.bundle_id", "=", bundle.id)
    .orderBy("bundle_signatures.inserted_at")
    .orderBy("bundle_signatures.id")
    .execute();
  return rows.map((row) => {
    const { signature, signing_key_prn, keyid } = show(row);
    return { signature, signing_key_prn, keyid };
  });
}

/** @throws ApiError 404 */
export async function getBundleSignature(
  { db }: Platform,
  principal: Principal,
  prn: string,
): Promise<BundleSignature> {
  return show(await findSignature(db, principal, prn));
}

/** @throws ApiError 404 */
export async function deleteBundleSignature({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const { keyid: _keyid, algorithm: _algorithm, ...row } = await findSignature(transaction, principal, prn);
    await transaction
      .deleteFrom("bundle_signatures")
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .execute();
    await record(transaction, {
      organizationId: row.organization_id,
      by: principal,
      type: "bundle_signature",
      subtype: "deleted",
      resource: resourcePrn(row.organization_id, "bundle", row.bundle_id),
      before: row,
      at: timestamp(clock.now()),
    });
  });
}

async function findSignature(db: Kysely<Tables>, principal: Principal, prn: string): Promise<KeyedRow> {
  const row = await keyed(db)
    .where("bundle_signatures.organization_id", "=", principal.organizationId)
    .where("bundle_signatures.id", "=", ownId(principal, prn, "bundle_signature"))
    .executeTakeFirst();
  if (!row) throw notFound("bundle signature", prn);
  return row;
}

function prnOf(row: BundleSignatureRow): string {
  return resourcePrn(row.organization_id, "bundle_signature", row.id);
}

function show(row: KeyedRow): BundleSignature {
  return {
    prn: prnOf(row),
    organization_prn: organizationPrn(row.organization_id),
    bundle_prn: resourcePrn(row.organization_id, "bundle", row.bundle_id),
    signature: row.signature,
    signing_key_prn: resourcePrn(row.organization_id, "signing_key", row.signing_key_id),
    keyid: row.keyid,
    algorithm: row.algorithm,
    signed_message: row.signed_message,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
