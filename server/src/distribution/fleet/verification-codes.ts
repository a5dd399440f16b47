import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";

/** Milliseconds that a code is good for: a week. */
const lifetime = 7 * 86_400_000;

/** A word to put into a certificate's common name, which shows that the authority's private key is at hand. */
export async function createVerificationCode({ db, clock }: Platform, principal: Principal): Promise<string> {
  const code = randomBytes(20).toString("hex");
  const now = clock.now();
  await forgetExpired(db, principal.organizationId, timestamp(now));
  const row = {
    organization_id: principal.organizationId,
    code,
    expires_at: timestamp(new Date(now.getTime() + lifetime)),
    inserted_at: timestamp(now),
  };
  await db.insertInto("verification_codes").values(row).execute();
  return code;
}

async function forgetExpired(db: Kysely<Tables>, organizationId: string, now: string): Promise<void> {
  await db
    .deleteFrom("verification_codes")
    .where("organization_id", "=", organizationId)
    .where("expires_at", "<=", now)
    .execute();
}

/** Uses a code up. False when there is none that is good, or another request was faster. */
export async function useVerificationCode(
  transaction: Kysely<Tables>,
  organizationId: string,
  code: string,
  now: string,
): Promise<boolean> {
  const { numDeletedRows } = await transaction
    .deleteFrom("verification_codes")
    .where("organization_id", "=", organizationId)
    .where("code", "=", code)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
