import { randomBytes } from "node:crypto";
import { invalid, organizationPrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { record } from "../../activity/record.ts";
import type { Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";

/** Milliseconds that a code lives: a week, as the official document says. */
const lifetime = 7 * 86_400_000;

/** Fits a common name, which has at most 64 characters (RFC 5280, appendix A.1). */
const codeBytes = 16;

/** Makes a code, and clears away those of the organization that have expired. */
export async function createVerificationCode({ db, clock }: Platform, principal: Principal): Promise<string> {
  const { organizationId } = principal;
  const now = clock.now();
  const code = randomBytes(codeBytes).toString("hex");
  const at = timestamp(now);
  const expires_at = timestamp(new Date(now.getTime() + lifetime));
  await changing(db, organizationId, async (transaction) => {
    await transaction
      .deleteFrom("verification_codes")
      .where("organization_id", "=", organizationId)
      .where("expires_at", "<=", at)
      .execute();
    await transaction
      .insertInto("verification_codes")
      .values({ organization_id: organizationId, code, expires_at, inserted_at: at })
      .execute();
    await record(transaction, {
      organizationId,
      by: principal,
      type: "ca_certificate",
      subtype: "verification_code_created",
      resource: organizationPrn(organizationId),
      after: { expires_at },
      at,
    });
  });
  return code;
}

/**
 * Uses a code up: to be called in the transaction of the registration, so that one that fails leaves it.
 * @param code the common name of a verification certificate; @throws ApiError 422 unless it is live, and one's own
 */
export async function useVerificationCode(
  transaction: Kysely<Tables>,
  { organizationId }: Principal,
  code: string | null,
  now: string,
): Promise<void> {
  const field = "verification_certificate";
  const what = "a verification code from POST /ca_certificates/verification_codes";
  if (code === null) throw invalid(field, `has no common name; it must be ${what}`);
  const used = await transaction
    .deleteFrom("verification_codes")
    .where("organization_id", "=", organizationId)
    .where("code", "=", code)
    .returning("expires_at")
    .executeTakeFirst();
  if (!used) throw invalid(field, `must have ${what} for its common name; got '${code.slice(0, 64)}'`);
  if (used.expires_at <= now) {
    throw invalid(field, `has a verification code for its common name that expired at ${used.expires_at}`);
  }
}
