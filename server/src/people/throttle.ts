import { hash } from "node:crypto";
import { ApiError } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";
import { readTime, timestamp } from "../database/time.ts";

/**
 * After `free` failures each one more doubles the pause, from a second up to `longest` seconds; one failure is forgotten
 * every `leak` seconds. The pause of an account stays short, so that a stranger who guesses can't lock its owner out;
 * that of an address doesn't, but many people may sit behind one.
 */
const rules = {
  account: { free: 5, longest: 30, leak: 1_800 },
  address: { free: 50, longest: 900, leak: 60 },
};
type Kind = keyof typeof rules;

export interface Attempt {
  /** To be called when it was the right one after all. */
  succeeded(): Promise<void>;
}

/**
 * Counts an attempt before it is looked at, so that many at once are counted too. What it is about is only kept as a
 * hash. @throws ApiError 429 with `Retry-After` while there is a pause
 */
export async function beginAttempt(
  db: Kysely<Tables>,
  now: Date,
  { account, address }: { account: string; address: string },
): Promise<Attempt> {
  const keys = { account: keyOf("account", account.toLowerCase()), address: keyOf("address", address) };
  await db.transaction().execute(async (transaction) => {
    for (const kind of ["account", "address"] as const) await count(transaction, now, kind, keys[kind]);
  });
  return {
    async succeeded() {
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom("sign_in_attempts").where("key", "=", keys.account).execute();
        await transaction
          .updateTable("sign_in_attempts")
          .set((eb) => ({ failures: eb("failures", "-", 1), blocked_until: null }))
          .where("key", "=", keys.address)
          .execute();
      });
    },
  };
}

function keyOf(kind: Kind, what: string): string {
  return `${kind} ${hash("sha256", what)}`;
}

async function count(transaction: Kysely<Tables>, now: Date, kind: Kind, key: string): Promise<void> {
  const known = await transaction.selectFrom("sign_in_attempts").selectAll().where("key", "=", key).executeTakeFirst();
  const blockedUntil = known?.blocked_until ?? null;
  if (blockedUntil !== null && blockedUntil > timestamp(now)) {
    const seconds = Math.max(1, Math.ceil((Date.parse(blockedUntil) - now.getTime()) / 1000));
    const detail = `too_many_requests: too many attempts to sign in failed; try again in ${seconds} seconds`;
    throw new ApiError("too_many_requests", detail, { headers: { "retry-after": String(seconds) } });
  }
  const { free, longest, leak } = rules[kind];
  const seconds = known === undefined ? 0 : (now.getTime() - Date.parse(known.last_at)) / 1000;
  const failures = Math.max(0, (known?.failures ?? 0) - Math.floor(seconds / leak)) + 1;
  const pause = failures <= free ? 0 : Math.min(longest, 2 ** Math.min(20, failures - free - 1));
  const row = {
    key,
    failures,
    last_at: timestamp(now),
    blocked_until: pause === 0 ? null : readTime(new Date(now.getTime() + pause * 1000).toISOString()),
  };
  await transaction
    .insertInto("sign_in_attempts")
    .values(row)
    .onConflict((conflict) => conflict.column("key").doUpdateSet(row))
    .execute();
}
