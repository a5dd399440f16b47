import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import type { LinkKey } from "../http/signed-links.ts";
import type { Clock } from "../platform.ts";
import { seal, unseal } from "./secrets.ts";

const context = (id: string): string => `link key ${id}`;

/** The keys that sign links, newest first; the first start makes one. */
export async function loadLinkKeys(db: Kysely<Tables>, secretKey: Buffer, clock: Clock): Promise<LinkKey[]> {
  const rows = await db
    .selectFrom("link_keys")
    .selectAll()
    .orderBy("inserted_at", "desc")
    .orderBy("id", "desc")
    .execute();
  if (rows.length === 0) return [await addLinkKey(db, secretKey, clock)];
  return rows.map((row) => ({ id: row.id, secret: unseal(secretKey, context(row.id), row.sealed_secret) }));
}

/** Adds a key that signs from the next start on; older ones go on verifying the links they signed. */
export async function addLinkKey(db: Kysely<Tables>, secretKey: Buffer, clock: Clock): Promise<LinkKey> {
  const key = { id: randomBytes(4).toString("hex"), secret: randomBytes(32) };
  const row = {
    id: key.id,
    sealed_secret: seal(secretKey, context(key.id), key.secret),
    inserted_at: timestamp(clock.now()),
  };
  await db.insertInto("link_keys").values(row).execute();
  return key;
}

/** Forgets all but the newest key, so links that older ones signed stop working. Returns how many were forgotten. */
export async function retireLinkKeys(db: Kysely<Tables>): Promise<number> {
  const newest = db.selectFrom("link_keys").select("id").orderBy("inserted_at", "desc").orderBy("id", "desc").limit(1);
  const { numDeletedRows } = await db.deleteFrom("link_keys").where("id", "not in", newest).executeTakeFirst();
  return Number(numDeletedRows);
}
