import { resourcePrn, type Scope } from "@open-peridio/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Kysely } from "kysely";
import { prepared } from "../database/prepared.ts";
import type { ApiKeyRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { originFrom, type Principal, readApiKey } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { hashKey } from "./key-hash.ts";

type FoundKey = Pick<ApiKeyRow, "organization_id" | "id" | "name" | "scopes" | "expires_at" | "revoked_at">;

/**
 * Sets `request.principal` on every request that carries a live key. The key's row is asked for each time, so that a
 * revocation counts from the moment it is committed, whichever process did it.
 */
export function recogniseCallers(app: FastifyInstance, platform: Platform): void {
  app.addHook("onRequest", (request, _reply, done) => {
    const value = readApiKey(request.headers.authorization);
    if (value === null) return done();
    const now = timestamp(platform.clock.now());
    const recognise = (row: FoundKey) => {
      if (isLive(row, now)) {
        request.principal = { ...callerOf(row), origin: originFrom(request) };
        platform.keyUse.note(row.organization_id, row.id, now);
      }
      done();
    };
    const hash = hashKey(value);
    const rows = keyByHash(platform.db, hash);
    if (Array.isArray(rows) && rows[0]) return recognise(rows[0]);
    findKey(platform.db, hash, now)
      .then((row) => (row ? recognise(row) : done()))
      .catch(done);
  });
}

/** Whose live key a request carries, asked anew; null for none. */
export async function findCaller({ db, clock }: Platform, request: FastifyRequest): Promise<Caller | null> {
  const value = readApiKey(request.headers.authorization);
  if (value === null) return null;
  const now = timestamp(clock.now());
  const row = await findKey(db, hashKey(value), now);
  return row && isLive(row, now) ? callerOf(row) : null;
}

const keyByHash = prepared((db: Kysely<Tables>, hash: string) =>
  db
    .selectFrom("api_keys")
    .select(["organization_id", "id", "name", "scopes", "expires_at", "revoked_at"])
    .where("value_hash", "=", hash),
);

/** The key of this value: its own, or the one before its last rotation while that is good. */
async function findKey(db: Kysely<Tables>, hash: string, now: string): Promise<FoundKey | undefined> {
  const [current] = await keyByHash(db, hash);
  if (current) return current;
  const [previous] = await keyByPreviousHash(db, hash, now);
  return previous;
}

const keyByPreviousHash = prepared((db: Kysely<Tables>, hash: string, now: string) =>
  db
    .selectFrom("api_keys")
    .select(["organization_id", "id", "name", "scopes", "expires_at", "revoked_at"])
    .where("previous_value_hash", "=", hash)
    .where("previous_expires_at", ">", now),
);

function isLive(row: FoundKey, now: string): boolean {
  return row.revoked_at === null && (row.expires_at === null || row.expires_at > now);
}

type Caller = Omit<Principal, "origin">;

/** Rows are remembered between writes, and so is what was read from them. */
const callers = new WeakMap<FoundKey, Caller>();

function callerOf(row: FoundKey): Caller {
  const known = callers.get(row);
  if (known) return known;
  const caller: Caller = {
    organizationId: row.organization_id,
    actor: resourcePrn(row.organization_id, "api_key", row.id),
    name: row.name,
    scopes: JSON.parse(row.scopes) as Scope[],
    keyId: row.id,
    userId: null,
    sessionId: null,
  };
  callers.set(row, caller);
  return caller;
}
