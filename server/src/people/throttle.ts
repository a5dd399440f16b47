import { hash } from "node:crypto";
import { ApiError } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";
import { readTime, timestamp } from "../database/time.ts";
import { inTransaction } from "../database/transaction.ts";
import { networkOf } from "../http/network.ts";

/**
 * After `free` failures each one more doubles the pause, from a second up to `longest` seconds; one failure is forgotten
 * every `leak` seconds. An account has a count per network (`here`), so that a stranger who never stops guessing slows
 * down only who sits beside the stranger. The count of an account from everywhere is for guesses that are spread over
 * networks: its pauses stay short, and it doesn't ask where the password was known within the last days, so that the
 * owner isn't locked out. Many people may sit behind one address, so it may fail more often. Whoever tries codes has shown
 * the password before, so that is no stranger's way to lock anybody out, and a million codes are too few for short pauses.
 */
const rules = {
  here: { free: 5, longest: 300, leak: 1_800 },
  account: { free: 20, longest: 30, leak: 60 },
  code: { free: 5, longest: 3_600, leak: 3_600 },
  address: { free: 50, longest: 900, leak: 60 },
};
type Kind = keyof typeof rules;

export interface Attempt {
  /** To be called when it was the right one after all. */
  succeeded(): Promise<void>;
}

/**
 * Seconds after which a counter has leaked empty whatever it held, near enough, and its row is removed; and that a network
 * is remembered as one where a password was known.
 */
const forgetAfter = 7 * 86_400;

/**
 * Counts an attempt before it is looked at, so that many at once are counted too. What it is about is only kept as a
 * hash. @throws ApiError 429 with `Retry-After` while there is a pause
 */
export async function beginAttempt(
  db: Kysely<Tables>,
  now: Date,
  { account, address }: { account: string; address: string },
): Promise<Attempt> {
  const who = account.toLowerCase();
  const network = networkOf(address);
  const here = keyOf("here", `${network} ${who}`);
  const known = `known ${here}`;
  // Others count there as well, so a success must not forget what they did.
  const shared = await inTransaction(db, async (transaction) => {
    const old = timestamp(new Date(now.getTime() - forgetAfter * 1000));
    await transaction.deleteFrom("sign_in_attempts").where("last_at", "<", old).execute();
    await count(transaction, now, "here", here);
    const knownHere = await transaction
      .selectFrom("sign_in_attempts")
      .select("key")
      .where("key", "=", known)
      .executeTakeFirst();
    const kinds = [{ kind: "address", key: keyOf("address", network) }] as { kind: Kind; key: string }[];
    if (!knownHere) kinds.push({ kind: "account", key: keyOf("account", who) });
    const counted = [];
    for (const { kind, key } of kinds) counted.push({ key, ownPause: await count(transaction, now, kind, key) });
    return counted;
  });
  return {
    async succeeded() {
      await inTransaction(db, async (transaction) => {
        await transaction.deleteFrom("sign_in_attempts").where("key", "=", here).execute();
        await keep(transaction, { key: known, failures: 0, last_at: timestamp(now), blocked_until: null });
        for (const { key, ownPause } of shared) {
          const counter = transaction.updateTable("sign_in_attempts").where("key", "=", key);
          await counter.set((eb) => ({ failures: eb("failures", "-", 1) })).execute();
          // Only its own pause: one who knows a password must not end those that guesses made meanwhile.
          if (ownPause === null) continue;
          await counter.set({ blocked_until: null }).where("blocked_until", "=", ownPause).execute();
        }
      });
    },
  };
}

/** As `beginAttempt`, for the second factor of somebody who has shown the password. @throws ApiError 429 */
export async function beginCode(db: Kysely<Tables>, now: Date, userId: string): Promise<Attempt> {
  const key = keyOf("code", userId);
  await inTransaction(db, (transaction) => count(transaction, now, "code", key));
  return {
    async succeeded() {
      await db.deleteFrom("sign_in_attempts").where("key", "=", key).execute();
    },
  };
}

function keyOf(kind: Kind, what: string): string {
  return `${kind} ${hash("sha256", what)}`;
}

/** Returns until when the next one has to wait; null for not at all. */
async function count(transaction: Kysely<Tables>, now: Date, kind: Kind, key: string): Promise<string | null> {
  const known = await take(transaction, now, key);
  const blockedUntil = known.blocked_until;
  if (blockedUntil !== null && blockedUntil > timestamp(now)) {
    const seconds = Math.max(1, Math.ceil((Date.parse(blockedUntil) - now.getTime()) / 1000));
    const detail = `too_many_requests: too many attempts to sign in failed; try again in ${seconds} seconds`;
    throw new ApiError("too_many_requests", detail, { headers: { "retry-after": String(seconds) } });
  }
  const { free, longest, leak } = rules[kind];
  // One that began later may have been counted first.
  const seconds = Math.max(0, (now.getTime() - Date.parse(known.last_at)) / 1000);
  const failures = Math.max(0, known.failures - Math.floor(seconds / leak)) + 1;
  const pause = failures <= free ? 0 : Math.min(longest, 2 ** Math.min(20, failures - free - 1));
  const row = {
    key,
    failures,
    last_at: known.last_at > timestamp(now) ? known.last_at : timestamp(now),
    blocked_until: pause === 0 ? null : readTime(new Date(now.getTime() + pause * 1000).toISOString()),
  };
  await keep(transaction, row);
  return row.blocked_until;
}

/** A counter, which is this transaction's until it ends. */
function take(transaction: Kysely<Tables>, now: Date, key: string): Promise<Tables["sign_in_attempts"]> {
  return transaction
    .insertInto("sign_in_attempts")
    .values({ key, failures: 0, last_at: timestamp(now), blocked_until: null })
    .onConflict((conflict) => conflict.column("key").doUpdateSet((eb) => ({ key: eb.ref("excluded.key") })))
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function keep(transaction: Kysely<Tables>, row: Tables["sign_in_attempts"]): Promise<void> {
  await transaction
    .insertInto("sign_in_attempts")
    .values(row)
    .onConflict((conflict) => conflict.column("key").doUpdateSet(row))
    .execute();
}
