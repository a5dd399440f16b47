import { createSecretKey, randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { LinkKeyRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { inTransaction, takeTurn } from "../database/transaction.ts";
import type { LinkKey } from "../http/signed-links.ts";
import type { Clock } from "../platform.ts";
import { seal, unseal } from "./secrets.ts";

const context = (id: string): string => `link key ${id}`;

/** The keys that sign links; the first start makes one. */
export async function loadLinkKeys(db: Kysely<Tables>, secretKey: Buffer, clock: Clock): Promise<LinkKey[]> {
  return inTransaction(db, async (transaction) => {
    await takeTurn(transaction, "link keys");
    const known = await readLinkKeys(transaction, secretKey, clock);
    return known.length > 0 ? known : [await addLinkKey(transaction, secretKey, clock)];
  });
}

/** Milliseconds between two looks for keys that were added or retired: so long an old one goes on. */
const lookEvery = 10_000;
/** Milliseconds after which every replica has seen a new key. */
const seenByAll = 3 * lookEvery;

/** The one that signs comes first: the newest that every replica can check. */
async function readLinkKeys(db: Kysely<Tables>, secretKey: Buffer, clock: Clock): Promise<LinkKey[]> {
  const rows = await db
    .selectFrom("link_keys")
    .selectAll()
    .orderBy("inserted_at", "desc")
    .orderBy("id", "desc")
    .execute();
  const isFresh = ({ inserted_at }: LinkKeyRow) => inserted_at > timestamp(new Date(clock.now().getTime() - seenByAll));
  const ordered = [...rows.filter((row) => !isFresh(row)), ...rows.filter(isFresh)];
  return ordered.map(({ id, sealed_secret }) => ({
    id,
    secret: createSecretKey(unseal(secretKey, context(id), sealed_secret)),
  }));
}

/**
 * Keeps `keys` what the database has, so that one counts for every replica soon after it was added or retired. Returns how
 * to stop.
 */
export function followLinkKeys(
  { db, log, clock }: { db: Kysely<Tables>; log: Logger; clock: Clock },
  secretKey: Buffer,
  keys: LinkKey[],
): () => void {
  const timer = setInterval(() => {
    readLinkKeys(db, secretKey, clock)
      .then((read) => keys.splice(0, keys.length, ...read))
      .catch((err) => log.error({ err }, "the keys that sign links can't be read; the known ones go on"));
  }, lookEvery);
  timer.unref();
  return () => clearInterval(timer);
}

/** Adds a key that signs as soon as every replica has seen it; older ones go on verifying the links they signed. */
export async function addLinkKey(db: Kysely<Tables>, secretKey: Buffer, clock: Clock): Promise<LinkKey> {
  const id = randomBytes(4).toString("hex");
  const secret = randomBytes(32);
  const row = {
    id,
    sealed_secret: seal(secretKey, context(id), secret),
    inserted_at: timestamp(clock.now()),
  };
  await db.insertInto("link_keys").values(row).execute();
  return { id, secret: createSecretKey(secret) };
}

/** Forgets all but the newest key, so links that older ones signed stop working. Returns how many were forgotten. */
export async function retireLinkKeys(db: Kysely<Tables>): Promise<number> {
  const newest = db.selectFrom("link_keys").select("id").orderBy("inserted_at", "desc").orderBy("id", "desc").limit(1);
  const { numDeletedRows } = await db.deleteFrom("link_keys").where("id", "not in", newest).executeTakeFirst();
  return Number(numDeletedRows);
}
