import {
  ApiError,
  type BinarySignature,
  type CreateBinarySignature,
  invalid,
  type ListQuery,
  notFound,
  organizationPrn,
  resourcePrn,
  type SignedMessage,
  searchKeys,
  verifiedStates,
} from "@open-peridio/contract";
import type { Kysely, Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { record } from "../activity/record.ts";
import { readKept } from "../content/kept.ts";
import { listOwn } from "../database/lists.ts";
import { findOwn } from "../database/own-row.ts";
import type { BinaryRow, BinarySignatureRow, SigningKeyRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { ownId, type Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { decodeSignature } from "../signing/decode-signature.ts";
import { dropUnfitDeltas } from "../signing/dropped-deltas.ts";
import { namedKey, requireLive } from "../signing/named-key.ts";
import { parsePublicKey } from "../signing/public-key.ts";
import { signatureColumns } from "../signing/signature-columns.ts";
import { deviceAgentAccepts, verifySignature } from "../signing/verify.ts";
import { requireReadable } from "./availability.ts";
import { bundleUsing } from "./bundle-using.ts";
import { requireOtherSigner } from "./contributors.ts";
import { deciding } from "./deciding.ts";
import { findBinary } from "./record.ts";
import { keptOf } from "./shared-content.ts";
import { move } from "./transitions.ts";

/** A signature with what its key says about it. */
type KeyedRow = BinarySignatureRow & Pick<SigningKeyRow, "keyid" | "algorithm">;

/**
 * Attaches a signature that verifies against the stored content; with as many as
 * the organization asks for, mostly one, the binary is `signed`.
 * The same one again is the same one; another one by the same key is refused.
 * @throws ApiError 404; 422 on `signature`, the key, or a binary whose content isn't verified.
 */
export async function createSignature(
  platform: Platform,
  principal: Principal,
  body: CreateBinarySignature,
): Promise<BinarySignature> {
  const { db, clock } = platform;
  const key = await namedKey(db, principal, body);
  const binary = await findBinary(db, principal, body.binary_prn);
  requireVerified(binary);
  requireReadable(binary);
  const content = await platform.stores.of(binary);
  const bytes = decodeSignature(body.signature);
  const message = await verifySignature({
    key: parsePublicKey(key.value),
    signature: bytes,
    hash: binary.hash!,
    openContent: () => readKept(content, keptOf(binary), 0, binary.size! - 1),
  }).catch(async (error) => {
    // Content that was there a moment ago is gone: then the record has moved on, and says why.
    requireVerified(await findBinary(db, principal, body.binary_prn));
    throw error;
  });
  if (message === null) {
    throw invalid(
      "signature",
      `does not verify with key ${key.keyid} over the binary's content or hash ${binary.hash}`,
    );
  }
  const signature = bytes.toString("hex").toUpperCase();
  const row = await deciding(db, principal.organizationId, async (transaction) => {
    const found = await findBinary(transaction, principal, body.binary_prn);
    if (found.revision !== binary.revision) throw invalid("binary_prn", "was reset while its signature was verified");
    requireVerified(found);
    requireLive(
      await findOwn(transaction, principal, "signing_keys", resourcePrn(key.organization_id, "signing_key", key.id)),
    );
    const existing = await signatureBy(transaction, found, key);
    if (existing) return same(existing, signature);
    const { separate_signer, required_signatures } = await signingRules(transaction, found);
    if (separate_signer) await requireOtherSigner(transaction, found, principal);
    const row = await insert(transaction, found, key, signature, message, timestamp(clock.now()));
    const cause = { by: principal, reason: `signed with key ${key.keyid}` };
    if (found.state === "signable" && (await liveSignatures(transaction, found)) >= required_signatures) {
      await move(transaction, clock, found, "signed", cause, { required_signatures });
    }
    await record(transaction, {
      organizationId: found.organization_id,
      by: principal,
      type: "binary_signature",
      subtype: "created",
      resource: body.binary_prn,
      data: { keyid: key.keyid, signed_message: message, signature_prn: prnOf(row) },
      after: { ...row },
      at: row.inserted_at,
    });
    return row;
  });
  return show({ ...row, keyid: key.keyid, algorithm: key.algorithm });
}

function requireVerified(binary: BinaryRow): void {
  if (binary.quarantine !== null) {
    throw invalid("binary_prn", "is quarantined: what is stored is not what was verified; it can't be signed");
  }
  if (verifiedStates.includes(binary.state)) return;
  throw invalid("binary_prn", `must be 'signable' or 'signed' to take a signature; the binary is '${binary.state}'`);
}

function signatureBy(
  db: Kysely<Tables>,
  binary: BinaryRow,
  key: SigningKeyRow,
): Promise<BinarySignatureRow | undefined> {
  return db
    .selectFrom("binary_signatures")
    .selectAll()
    .where("organization_id", "=", binary.organization_id)
    .where("binary_id", "=", binary.id)
    .where("signing_key_id", "=", key.id)
    .executeTakeFirst();
}

function same(existing: BinarySignatureRow, signature: string): BinarySignatureRow {
  if (existing.signature === signature) return existing;
  throw invalid("signing_key_prn", `has signed this binary already (${prnOf(existing)}); delete that signature first`);
}

/** What the organization asks of signatures, now. */
function signingRules(transaction: Transaction<Tables>, binary: BinaryRow) {
  return transaction
    .selectFrom("organizations")
    .select(["separate_signer", "required_signatures"])
    .where("id", "=", binary.organization_id)
    .executeTakeFirstOrThrow();
}

/** How many keys that aren't revoked have signed the binary. */
async function liveSignatures(transaction: Transaction<Tables>, binary: BinaryRow): Promise<number> {
  const { count } = await keyed(transaction)
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("binary_signatures.organization_id", "=", binary.organization_id)
    .where("binary_signatures.binary_id", "=", binary.id)
    .where("signing_keys.revoked_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function insert(
  transaction: Transaction<Tables>,
  binary: BinaryRow,
  key: SigningKeyRow,
  signature: string,
  message: SignedMessage,
  now: string,
): Promise<BinarySignatureRow> {
  const row: BinarySignatureRow = {
    organization_id: binary.organization_id,
    id: uuidv7(),
    binary_id: binary.id,
    signing_key_id: key.id,
    signature,
    signed_message: message,
    inserted_at: now,
    updated_at: now,
  };
  await transaction.insertInto("binary_signatures").values(row).execute();
  return row;
}

const keyed = (db: Kysely<Tables>) =>
  db
    .selectFrom("binary_signatures")
    .innerJoin("signing_keys", (join) =>
      join
        .onRef("signing_keys.organization_id", "=", "binary_signatures.organization_id")
        .onRef("signing_keys.id", "=", "binary_signatures.signing_key_id"),
    )
    .selectAll("binary_signatures")
    .select(["signing_keys.keyid", "signing_keys.algorithm"]);

const columns = signatureColumns("binary");

export function listSignatures({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "binary_signatures", keys: searchKeys.binary_signatures, columns } as const;
  return listOwn(db, keyed(db), list, principal.organizationId, request, show);
}

/** @throws ApiError 404 */
export async function getSignature({ db }: Platform, principal: Principal, prn: string): Promise<BinarySignature> {
  return show(await findSignature(db, principal, prn));
}

async function findSignature(db: Kysely<Tables>, principal: Principal, prn: string): Promise<KeyedRow> {
  const row = await keyed(db)
    .where("binary_signatures.organization_id", "=", principal.organizationId)
    .where("binary_signatures.id", "=", ownId(principal, prn, "binary_signature"))
    .executeTakeFirst();
  if (!row) throw notFound("binary signature", prn);
  return row;
}

/**
 * Deletes a signature; with fewer than it needs a binary is `signable` again.
 * @throws ApiError 404; 409 for one that it needs while a bundle holds it: bundles hold only what is signed
 */
export async function deleteSignature(platform: Platform, principal: Principal, prn: string): Promise<void> {
  const { db, clock } = platform;
  await deciding(db, principal.organizationId, async (transaction) => {
    const row = await findSignature(transaction, principal, prn);
    const binaryPrn = resourcePrn(row.organization_id, "binary", row.binary_id);
    const binary = await findBinary(transaction, principal, binaryPrn);
    if (binary.state === "destroyed") {
      throw invalid("binary_prn", "is 'destroyed'; its signatures are kept as the proof of what it was");
    }
    await transaction
      .deleteFrom("binary_signatures")
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .execute();
    await record(transaction, {
      organizationId: row.organization_id,
      by: principal,
      type: "binary_signature",
      subtype: "deleted",
      resource: binaryPrn,
      data: { keyid: row.keyid, signature_prn: prn },
      before: { ...row },
      at: timestamp(clock.now()),
    });
    await dropUnfitDeltas(transaction, clock, row.organization_id);
    const left = await transaction
      .selectFrom("binary_signatures")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("organization_id", "=", row.organization_id)
      .where("binary_id", "=", row.binary_id)
      .executeTakeFirstOrThrow();
    if (binary.state !== "signed" || Number(left.count) >= (binary.required_signatures ?? 1)) return;
    const bundle = await bundleUsing(transaction, binary);
    if (bundle) {
      throw new ApiError(
        "conflict",
        `'${bundle}' holds this binary, which would have too few signatures without this one`,
      );
    }
    const reason = left.count ? "too few signatures are left" : "the last signature was deleted";
    await move(transaction, clock, binary, "signable", { by: principal, reason }, { required_signatures: null });
  });
  platform.discarded.remove();
}

function prnOf(row: BinarySignatureRow): string {
  return resourcePrn(row.organization_id, "binary_signature", row.id);
}

function show(row: KeyedRow): BinarySignature {
  return {
    prn: prnOf(row),
    organization_prn: organizationPrn(row.organization_id),
    binary_prn: resourcePrn(row.organization_id, "binary", row.binary_id),
    signature: row.signature,
    signing_key_prn: resourcePrn(row.organization_id, "signing_key", row.signing_key_id),
    keyid: row.keyid,
    algorithm: row.algorithm,
    signed_message: row.signed_message,
    device_agent_accepts: deviceAgentAccepts(row.algorithm, row.signed_message),
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
