import { randomBytes } from "node:crypto";
import {
  type ApiKey,
  type CreateApiKey,
  invalid,
  type ListQuery,
  organizationPrn,
  type RotateApiKey,
  resourcePrn,
  type Scope,
  searchKeys,
  type UpdateApiKey,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { about, difference, record } from "../activity/record.ts";
import { listOwn } from "../database/lists.ts";
import { findOwn } from "../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../database/search.ts";
import type { ApiKeyRow, Tables } from "../database/tables.ts";
import { readTime, timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import type { Author, Principal } from "../http/principal.ts";
import type { Clock, Platform } from "../platform.ts";
import { hashKey } from "./key-hash.ts";

const prefixLength = 8;

/** Adds a key, in a transaction; without `value` a random one is made. The value is returned here and stored nowhere. */
export async function addApiKey(
  transaction: Kysely<Tables>,
  clock: Clock,
  organizationId: string,
  by: Author,
  key: { name: string; scopes: Scope[]; expiresAt: string | null; value?: string },
): Promise<{ row: ApiKeyRow; value: string }> {
  const value = key.value ?? newValue();
  const now = timestamp(clock.now());
  const row: ApiKeyRow = {
    organization_id: organizationId,
    id: uuidv7(),
    name: key.name,
    prefix: value.slice(0, prefixLength),
    value_hash: hashKey(value),
    scopes: JSON.stringify(key.scopes),
    expires_at: key.expiresAt,
    revoked_at: null,
    last_used_at: null,
    creator_prn: by.actor,
    previous_value_hash: null,
    previous_expires_at: null,
    inserted_at: now,
    updated_at: now,
  };
  await transaction.insertInto("api_keys").values(row).execute();
  const { name, prefix, scopes, expiresAt: expires_at } = { ...row, ...key };
  await record(transaction, {
    ...about(by, "api_key", row, "created"),
    data: { api_key_prn: prnOf(row), creator_prn: by.actor, name, prefix, scopes, expires_at },
    after: { name, prefix, scopes, expires_at },
    at: now,
  });
  return { row, value };
}

function newValue(): string {
  return `per_${randomBytes(32).toString("base64url")}`;
}

/** The caller as the official SDK wants it: three strings, also for a key that belongs to no person. */
export function describeCaller(principal: Principal): { email: string; username: string; organization_prn: string } {
  return {
    email: `api-key-${principal.keyId}@${principal.organizationId}.invalid`,
    username: principal.name,
    organization_prn: organizationPrn(principal.organizationId),
  };
}

export async function createApiKey(
  platform: Platform,
  principal: Principal,
  body: CreateApiKey,
): Promise<ApiKey & { value: string }> {
  const expiresAt = readExpiry(body.expires_at ?? null, timestamp(platform.clock.now()));
  const key = { name: body.name, scopes: body.scopes, expiresAt };
  const { row, value } = await changing(platform.db, principal.organizationId, (transaction) =>
    addApiKey(transaction, platform.clock, principal.organizationId, principal, key),
  );
  return { ...show(row), value };
}

/** Null is a key that never expires, so a time that isn't one must not become null. */
function readExpiry(text: string | null, now: string): string | null {
  if (text === null) return null;
  const time = readTime(text);
  if (time === null) throw invalid("expires_at", `must be a time that exists; got '${text}'`);
  if (time <= now) throw invalid("expires_at", `must be in the future; got '${text}'`);
  return time;
}

const columns: SearchColumns = {
  ...commonColumns("api_keys", "api_key"),
  name: { column: "api_keys.name" },
};

export function listApiKeys(platform: Platform, principal: Principal, request: ListQuery) {
  const rows = platform.db.selectFrom("api_keys").selectAll();
  const list = { table: "api_keys", keys: searchKeys.api_keys, columns } as const;
  return listOwn(platform.db, rows, list, principal.organizationId, request, show);
}

export async function getApiKey({ db }: Platform, principal: Principal, prn: string): Promise<ApiKey> {
  return show(await findOwn(db, principal, "api_keys", prn));
}

export async function updateApiKey(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateApiKey,
): Promise<ApiKey> {
  const now = timestamp(clock.now());
  return changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "api_keys", prn);
    const revokes = body.revoked === true && before.revoked_at === null;
    const after = await transaction
      .updateTable("api_keys")
      .set({
        ...(body.name !== undefined && { name: body.name }),
        ...(revokes && { revoked_at: now }),
        updated_at: now,
      })
      .where("organization_id", "=", before.organization_id)
      .where("id", "=", before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(transaction, {
      ...about(principal, "api_key", after, revokes ? "revoked" : "updated"),
      ...(revokes && { data: { name: after.name, prefix: after.prefix } }),
      ...difference(before, after),
      at: now,
    });
    return show(after);
  });
}

/**
 * Gives a key a new value; the old one goes on for a while, so that whoever uses it can change over without a gap. A
 * rotation within that time ends it: there are never more than two values.
 * @throws ApiError 404; 422 for a key that is revoked.
 */
export async function rotateApiKey(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  { overlap_seconds = 86_400 }: RotateApiKey,
): Promise<ApiKey & { value: string }> {
  const now = clock.now();
  const value = newValue();
  const end = timestamp(new Date(now.getTime() + overlap_seconds * 1000));
  return changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "api_keys", prn);
    if (before.revoked_at !== null) throw invalid("prn", `was revoked at ${before.revoked_at}; create a new key`);
    const after = await transaction
      .updateTable("api_keys")
      .set({
        prefix: value.slice(0, prefixLength),
        value_hash: hashKey(value),
        previous_value_hash: overlap_seconds > 0 ? before.value_hash : null,
        previous_expires_at: overlap_seconds > 0 ? end : null,
        updated_at: timestamp(now),
      })
      .where("organization_id", "=", before.organization_id)
      .where("id", "=", before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(transaction, {
      ...about(principal, "api_key", after, "rotated"),
      data: { name: after.name, prefix: after.prefix, previous_expires_at: after.previous_expires_at },
      before: { prefix: before.prefix },
      after: { prefix: after.prefix, previous_expires_at: after.previous_expires_at },
      at: after.updated_at,
    });
    return { ...show(after), value };
  });
}

export async function deleteApiKey({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "api_keys", prn);
    await transaction
      .deleteFrom("api_keys")
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .execute();
    const { name, prefix } = row;
    await record(transaction, {
      ...about(principal, "api_key", row, "deleted"),
      data: { name, prefix },
      before: { name, prefix, scopes: JSON.parse(row.scopes) },
      at: timestamp(clock.now()),
    });
  });
}

function prnOf(row: ApiKeyRow): string {
  return resourcePrn(row.organization_id, "api_key", row.id);
}

function show(row: ApiKeyRow): ApiKey {
  return {
    prn: resourcePrn(row.organization_id, "api_key", row.id),
    organization_prn: organizationPrn(row.organization_id),
    name: row.name,
    prefix: row.prefix,
    scopes: JSON.parse(row.scopes) as Scope[],
    expires_at: row.expires_at,
    revoked_at: row.revoked_at,
    last_used_at: row.last_used_at,
    created_by_prn: row.creator_prn,
    previous_expires_at: row.previous_expires_at,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
