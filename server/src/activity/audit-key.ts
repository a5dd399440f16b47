import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { seal, unseal } from "../accounts/secrets.ts";
import type { Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { inTransaction, takeTurn } from "../database/transaction.ts";
import type { Clock } from "../platform.ts";

export interface AuditKey {
  /** Ed25519. */
  privateKey: KeyObject;
  /** Base64 of the 32 bytes. */
  publicKey: string;
}

const context = (id: string): string => `audit key ${id}`;

/** The key that signs the heads of trails; the first start makes it. */
export async function loadAuditKey(db: Kysely<Tables>, secretKey: Buffer, clock: Clock): Promise<AuditKey> {
  return inTransaction(db, async (transaction) => {
    await takeTurn(transaction, "audit key");
    const row = await transaction
      .selectFrom("audit_keys")
      .selectAll()
      .orderBy("inserted_at", "desc")
      .executeTakeFirst();
    if (!row) return addAuditKey(transaction, secretKey, clock);
    const key = unseal(secretKey, context(row.id), row.sealed_secret);
    return { privateKey: createPrivateKey({ key, format: "der", type: "pkcs8" }), publicKey: row.public_key };
  });
}

async function addAuditKey(db: Kysely<Tables>, secretKey: Buffer, clock: Clock): Promise<AuditKey> {
  const pair = generateKeyPairSync("ed25519");
  const id = uuidv7();
  const secret = pair.privateKey.export({ format: "der", type: "pkcs8" });
  // RFC 8410 § 4: the key is the last 32 bytes.
  const publicKey = pair.publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
  const row = {
    id,
    public_key: publicKey,
    sealed_secret: seal(secretKey, context(id), secret),
    inserted_at: timestamp(clock.now()),
  };
  await db.insertInto("audit_keys").values(row).execute();
  return { privateKey: pair.privateKey, publicKey };
}
