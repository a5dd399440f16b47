import {
  ApiError,
  type CreateSigningKey,
  invalid,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  type SigningKey,
  searchKeys,
  type UpdateSigningKey,
} from "@open-peridio/contract";
import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { deleteOwn, insertOwn, updateOwn } from "../activity/own-changes.ts";
import { isTaken } from "../database/constraint.ts";
import { dialectOf } from "../database/dialect.ts";
import { listOwn } from "../database/lists.ts";
import { findOwn } from "../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../database/search.ts";
import type { SigningKeyRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { dropUnfitDeltas } from "./dropped-deltas.ts";
import { parsePublicKey } from "./public-key.ts";

/** @throws ApiError 422 on `value`, which never repeats it. */
export async function createSigningKey(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateSigningKey,
): Promise<SigningKey> {
  const now = timestamp(clock.now());
  const row: SigningKeyRow = {
    organization_id: principal.organizationId,
    id: uuidv7(),
    name: body.name,
    ...readValue(body.value),
    revoked_at: null,
    inserted_at: now,
    updated_at: now,
  };
  await changing(db, principal.organizationId, async (transaction) => {
    await insertOwn(transaction, principal, "signing_keys", row);
  }).catch((error) => {
    throw explainTaken(error, row.keyid);
  });
  return show(row);
}

function readValue(value: string): Pick<SigningKeyRow, "value" | "algorithm" | "keyid" | "keyid_aliases"> {
  const key = parsePublicKey(value);
  return { value, algorithm: key.algorithm, keyid: key.keyid, keyid_aliases: JSON.stringify(key.aliases) };
}

const columns: SearchColumns = {
  ...commonColumns("signing_keys", "signing_key"),
  name: { column: "signing_keys.name" },
  value: { column: "signing_keys.value" },
  keyid: { column: "signing_keys.keyid", holds: "keyid", aliases: "signing_keys.keyid_aliases" },
};

export function listSigningKeys({ db }: Platform, principal: Principal, request: ListQuery) {
  const rows = db.selectFrom("signing_keys").selectAll();
  const list = { table: "signing_keys", keys: searchKeys.signing_keys, columns } as const;
  return listOwn(db, rows, list, principal.organizationId, request, show);
}

export async function getSigningKey({ db }: Platform, principal: Principal, prn: string): Promise<SigningKey> {
  return show(await findOwn(db, principal, "signing_keys", prn));
}

/** The key that a keyid names, in any of its forms; undefined for none. */
export function findSigningKeyByKeyid(
  db: Kysely<Tables>,
  principal: Principal,
  keyid: string,
): Promise<SigningKeyRow | undefined> {
  const wanted = keyid.toLowerCase();
  return db
    .selectFrom("signing_keys")
    .selectAll()
    .where("organization_id", "=", principal.organizationId)
    .where(({ eb, or }) =>
      or([eb("keyid", "=", wanted), dialectOf(db).contains(sql.ref("keyid_aliases"), sql`${JSON.stringify(wanted)}`)]),
    )
    .orderBy("inserted_at")
    .executeTakeFirst();
}

/**
 * New name, new value while nothing is signed with it, or revocation: a revoked key signs nothing more, and what only
 * it signed is no longer distributed. There is no way back.
 */
export async function updateSigningKey(
  platform: Platform,
  principal: Principal,
  prn: string,
  body: UpdateSigningKey,
): Promise<SigningKey> {
  const { db, clock } = platform;
  const now = timestamp(clock.now());
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "signing_keys", prn);
    const value = body.value === undefined || body.value === before.value ? null : readValue(body.value);
    if (value && (await hasSigned(transaction, before))) {
      throw invalid("value", "can't change once the key has signed something; register the new key beside it");
    }
    const revokes = body.revoked === true && before.revoked_at === null;
    const fields = { ...value, name: body.name, ...(revokes && { revoked_at: now }) };
    const change = { by: principal, clock, subtype: revokes ? "revoked" : "updated" };
    const told = () => (revokes ? { data: { keyid: before.keyid, name: before.name } } : {});
    const after = await updateOwn(transaction, change, "signing_keys", before, fields, told);
    if (revokes) await dropUnfitDeltas(transaction, clock, before.organization_id);
    return after;
  }).catch((error) => {
    throw explainTaken(error);
  });
  if (row.revoked_at === now) platform.discarded.remove();
  return show(row);
}

/** @throws ApiError 409 once the key has signed something. */
export async function deleteSigningKey({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "signing_keys", prn);
    const signed = await hasSigned(transaction, row);
    if (signed) {
      throw new ApiError("conflict", `the key has signed '${signed}'; revoke it instead with PATCH {"revoked": true}`);
    }
    await deleteOwn(transaction, { by: principal, clock }, "signing_keys", row);
  });
}

/** The PRN of a binary or bundle that the key signed; undefined for none. */
async function hasSigned(db: Kysely<Tables>, row: SigningKeyRow): Promise<string | undefined> {
  const binary = await db
    .selectFrom("binary_signatures")
    .select("binary_id")
    .where("organization_id", "=", row.organization_id)
    .where("signing_key_id", "=", row.id)
    .limit(1)
    .executeTakeFirst();
  if (binary) return resourcePrn(row.organization_id, "binary", binary.binary_id);
  const bundle = await db
    .selectFrom("bundle_signatures")
    .select("bundle_id")
    .where("organization_id", "=", row.organization_id)
    .where("signing_key_id", "=", row.id)
    .limit(1)
    .executeTakeFirst();
  return bundle && resourcePrn(row.organization_id, "bundle", bundle.bundle_id);
}

function explainTaken(error: unknown, keyid?: string): unknown {
  if (!isTaken(error, "signing_keys.keyid")) return error;
  return invalid("value", `is registered already${keyid ? ` under the keyid ${keyid}` : ""}; a key counts only once`);
}

function show(row: SigningKeyRow): SigningKey {
  return {
    prn: resourcePrn(row.organization_id, "signing_key", row.id),
    organization_prn: organizationPrn(row.organization_id),
    name: row.name,
    value: row.value,
    keyid: row.keyid,
    algorithm: row.algorithm,
    revoked_at: row.revoked_at,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
