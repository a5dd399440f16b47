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
import { deleteOwn, insertOwn } from "../../activity/own-changes.ts";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import type { SearchColumns } from "../../database/search.ts";
import type { BundleSignatureRow, SigningKeyRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import { ownId, type Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { decodeSignature } from "../../signing/decode-signature.ts";
import { namedSigningKey } from "../../signing/named-key.ts";
import { parsePublicKey } from "../../signing/public-key.ts";
import { signatureColumns } from "../../signing/signature-columns.ts";
import { verifySignature } from "../../signing/verify.ts";

type KeyedRow = BundleSignatureRow & Pick<SigningKeyRow, "keyid" | "algorithm">;

/**
 * Attaches a signature over the bundle's hash; the same one again is the same one.
 * @throws ApiError 404; 422 on `signature` or the key
 */
export async function createBundleSignature(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateBundleSignature,
): Promise<BundleSignature> {
  const key = await namedSigningKey(db, principal, body);
  const { hash } = await findOwn(db, principal, "bundles", body.bundle_prn);
  const bytes = decodeSignature(body.signature);
  const message = await signedMessage(key, bytes, hash);
  if (message === null) {
    // The official CLI looks for these words, and goes on without the signature then.
    const problem = `Invalid signature: it does not verify with key ${key.keyid}. You must sign the hash of the bundle, ${hash}`;
    throw invalid("signature", problem);
  }
  const signature = bytes.toString("hex").toUpperCase();
  const now = timestamp(clock.now());
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const bundle = await findOwn(transaction, principal, "bundles", body.bundle_prn);
    await namedSigningKey(transaction, principal, body);
    const existing = await signatureBy(transaction, bundle.id, key);
    if (existing?.signature === signature) return existing;
    if (existing) {
      const problem = `has signed this bundle already (${prnOf(existing)}); delete that signature first`;
      throw invalid("signing_key_prn", problem);
    }
    const row: BundleSignatureRow = {
      organization_id: principal.organizationId,
      id: uuidv7(),
      bundle_id: bundle.id,
      signing_key_id: key.id,
      signature,
      signed_message: message,
      inserted_at: now,
      updated_at: now,
    };
    await insertOwn(transaction, principal, "bundle_signatures", row);
    return row;
  });
  return show({ ...row, keyid: key.keyid, algorithm: key.algorithm });
}

/** Over the hash as the digest that it is; or, by keys that sign digests, over its 64 characters as a file. */
async function signedMessage(key: SigningKeyRow, signature: Buffer, hash: string): Promise<SignedMessage | null> {
  const claim = { key: parsePublicKey(key.value), signature, openContent: null };
  const overHash = await verifySignature({ ...claim, hash });
  if (overHash !== null || key.algorithm === "ed25519") return overHash;
  const ofText = createHash("sha256").update(hash).digest("hex");
  return (await verifySignature({ ...claim, hash: ofText })) === null ? null : "hash_hex";
}

function signatureBy(
  db: Kysely<Tables>,
  bundleId: string,
  key: SigningKeyRow,
): Promise<BundleSignatureRow | undefined> {
  return db
    .selectFrom("bundle_signatures")
    .selectAll()
    .where("organization_id", "=", key.organization_id)
    .where("bundle_id", "=", bundleId)
    .where("signing_key_id", "=", key.id)
    .executeTakeFirst();
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

const columns: SearchColumns = {
  ...signatureColumns("bundle_signatures", "bundle_signature"),
  bundle_prn: { column: "bundle_signatures.bundle_id", holds: "id", of: "bundle" },
};

export function listBundleSignatures({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "bundle_signatures", keys: searchKeys.bundle_signatures, columns } as const;
  return listOwn(db, keyed(db), list, principal.organizationId, request, show);
}

/** All signatures of one bundle, oldest first. @throws ApiError 404 */
export async function listSignaturesOf({ db }: Platform, principal: Principal, prn: string) {
  const bundle = await findOwn(db, principal, "bundles", prn);
  const rows = await keyed(db)
    .where("bundle_signatures.organization_id", "=", bundle.organization_id)
    .where("bundle_signatures.bundle_id", "=", bundle.id)
    .orderBy("bundle_signatures.inserted_at")
    .execute();
  return rows.map(show).map(({ signature, signing_key_prn, keyid }) => ({ signature, signing_key_prn, keyid }));
}

/** @throws ApiError 404 */
export async function getBundleSignature(
  { db }: Platform,
  principal: Principal,
  prn: string,
): Promise<BundleSignature> {
  return show(await findSignature(db, principal, prn));
}

async function findSignature(db: Kysely<Tables>, principal: Principal, prn: string): Promise<KeyedRow> {
  const row = await keyed(db)
    .where("bundle_signatures.organization_id", "=", principal.organizationId)
    .where("bundle_signatures.id", "=", ownId(principal, prn, "bundle_signature"))
    .executeTakeFirst();
  if (!row) throw notFound("bundle signature", prn);
  return row;
}

/** @throws ApiError 404 */
export async function deleteBundleSignature({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const { keyid: _, algorithm: __, ...row } = await findSignature(transaction, principal, prn);
    await deleteOwn(transaction, { by: principal, clock }, "bundle_signatures", row);
  });
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
