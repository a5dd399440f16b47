import { resourcePrn, type Scope } from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import type { Kysely } from "kysely";
import { prepared } from "../database/prepared.ts";
import type { Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { type Principal, readApiKey } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { hashKey } from "./key-hash.ts";

/** Milliseconds that a found key is remembered. Changes in this process are seen at once, others after this. */
const remembered = 1_000;
const maxRemembered = 10_000;

interface KnownKey {
  principal: Principal;
  expiresAt: string | null;
  until: number;
}

interface KnownKeys {
  keys: Map<string, KnownKey>;
  /** Grows with every change, so that what was looked up before one isn't remembered after it. */
  generation: number;
}

const known = new WeakMap<Kysely<Tables>, KnownKeys>();

function knownOf(db: Kysely<Tables>): KnownKeys {
  let found = known.get(db);
  if (!found) {
    found = { keys: new Map(), generation: 0 };
    known.set(db, found);
  }
  return found;
}

/** To be called after every change of keys. */
export function forgetKeys(db: Kysely<Tables>): void {
  const found = knownOf(db);
  found.keys.clear();
  found.generation++;
}

/** Sets `request.principal` on every request that carries a live key. */
export function recogniseCallers(app: FastifyInstance, platform: Platform): void {
  app.addHook("onRequest", (request, _reply, done) => {
    const value = readApiKey(request.headers.authorization);
    if (value === null) return done();
    const valueHash = hashKey(value);
    const key = knownOf(platform.db).keys.get(valueHash);
    const now = platform.clock.now();
    if (key && key.until > now.getTime()) {
      request.principal = live(key, now);
      return done();
    }
    lookUp(platform, valueHash, now)
      .then((found) => {
        request.principal = found && live(found, now);
        done();
      })
      .catch(done);
  });
}

function live(key: KnownKey, now: Date): Principal | null {
  return key.expiresAt === null || key.expiresAt > timestamp(now) ? key.principal : null;
}

const keyByHash = prepared((db: Kysely<Tables>, hash: string) =>
  db
    .selectFrom("api_keys")
    .select(["organization_id", "id", "name", "scopes", "expires_at", "revoked_at"])
    .where("value_hash", "=", hash),
);

async function lookUp({ db }: Platform, valueHash: string, now: Date): Promise<KnownKey | null> {
  const memory = knownOf(db);
  const { generation } = memory;
  const [row] = await keyByHash(db, valueHash);
  if (!row || row.revoked_at !== null) return null;
  const principal = {
    organizationId: row.organization_id,
    keyId: row.id,
    name: row.name,
    actor: resourcePrn(row.organization_id, "api_key", row.id),
    scopes: JSON.parse(row.scopes) as Scope[],
  };
  const key = { principal, expiresAt: row.expires_at, until: now.getTime() + remembered };
  if (memory.keys.size >= maxRemembered) memory.keys.clear();
  if (memory.generation === generation) memory.keys.set(valueHash, key);
  return key;
}
