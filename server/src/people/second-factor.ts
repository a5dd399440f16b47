import { randomBytes } from "node:crypto";
import { ApiError, invalid } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { hashKey } from "../accounts/key-hash.ts";
import { seal, unseal } from "../accounts/secrets.ts";
import type { Tables, UserRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { requireOwnPassword } from "./own-password.ts";
import { beginCode } from "./throttle.ts";
import { matchTotp, newTotpSecret, otpauthUrl, toBase32 } from "./totp.ts";
import { recordOfUser, userById } from "./users.ts";

const context = (id: string): string => `totp of ${id}`;
const recoveryCodes = 10;
/** So many that even who reads their hashes can't try them all: a plain SHA-256 doesn't slow anybody. */
const recoveryBytes = 10;

/**
 * Takes a code of the authenticator or a recovery code, each once; the database decides, so that of two at the same time
 * one is refused.
 */
export async function takeCode(platform: Platform, user: UserRow, code: string): Promise<boolean> {
  const secret = unseal(platform.secretKey, context(user.id), user.totp_sealed_secret!);
  const matched = matchTotp(secret, code, platform.clock.now(), user.totp_last_step);
  if (matched !== null) {
    const { numUpdatedRows } = await platform.db
      .updateTable("users")
      .set({ totp_last_step: matched })
      .where("id", "=", user.id)
      .where((eb) => eb.or([eb("totp_last_step", "is", null), eb("totp_last_step", "<", matched)]))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
  const before = user.recovery_hashes;
  const hashes = JSON.parse(before ?? "[]") as string[];
  const used = hashKey(code.toUpperCase().replaceAll(/[\s-]/g, ""));
  if (before === null || !hashes.includes(used)) return false;
  const { numUpdatedRows } = await platform.db
    .updateTable("users")
    .set({ recovery_hashes: JSON.stringify(hashes.filter((hash) => hash !== used)) })
    .where("id", "=", user.id)
    .where("recovery_hashes", "=", before)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @throws ApiError 422 on `password`; 409 while one is set up */
export async function enrolTotp(platform: Platform, principal: Principal, password: string) {
  const user = await requireOwnPassword(platform, principal, "password", password);
  if (user.totp_confirmed_at !== null) throw new ApiError("conflict", "a second factor is set up; disable it first");
  const secret = newTotpSecret();
  await platform.db
    .updateTable("users")
    .set({ totp_sealed_secret: seal(platform.secretKey, context(user.id), secret), totp_last_step: null })
    .where("id", "=", user.id)
    .where("totp_confirmed_at", "is", null)
    .execute();
  return { secret: toBase32(secret), otpauth_url: otpauthUrl(secret, user.email, "Open Peridio") };
}

/** From now on it counts. Returns the recovery codes. @throws ApiError 422 on `otp` */
export async function confirmTotp(platform: Platform, principal: Principal, code: string): Promise<string[]> {
  const { db, clock } = platform;
  const user = await userById(db, principal.userId!);
  if (user.totp_sealed_secret === null || user.totp_confirmed_at !== null) {
    throw new ApiError("conflict", "there is no second factor to confirm; begin with POST /users/me/totp");
  }
  const attempt = await beginCode(db, clock.now(), user.id);
  if (!(await takeCode(platform, { ...user, recovery_hashes: null }, code))) {
    throw invalid("otp", "is not the code of now; is the clock of the device right?");
  }
  await attempt.succeeded();
  const codes = Array.from({ length: recoveryCodes }, () => randomBytes(recoveryBytes).toString("hex").toUpperCase());
  const now = timestamp(clock.now());
  await inTransaction(db, async (transaction) => {
    await transaction
      .updateTable("users")
      .set({ totp_confirmed_at: now, recovery_hashes: JSON.stringify(codes.map(hashKey)), updated_at: now })
      .where("id", "=", user.id)
      .where("totp_sealed_secret", "=", user.totp_sealed_secret)
      .returning("id")
      .executeTakeFirstOrThrow(
        () => new ApiError("conflict", "the second factor was begun anew meanwhile; confirm that one"),
      );
    await recordOfUser(transaction, user, { by: principal, subtype: "totp_enabled", at: now });
  });
  return codes.map((text) => text.replaceAll(/(.{4})(?=.)/g, "$1-"));
}

/** @throws ApiError 422 on `password` */
export async function disableTotp(platform: Platform, principal: Principal, password: string): Promise<void> {
  const user = await requireOwnPassword(platform, principal, "password", password);
  const now = timestamp(platform.clock.now());
  await inTransaction(platform.db, async (transaction) => {
    await forgetTotp(transaction, user.id, now);
    await recordOfUser(transaction, user, { by: principal, subtype: "totp_disabled", at: now });
  });
}

export async function forgetTotp(transaction: Kysely<Tables>, userId: string, now: string): Promise<void> {
  const nothing = { totp_sealed_secret: null, totp_confirmed_at: null, totp_last_step: null, recovery_hashes: null };
  await transaction
    .updateTable("users")
    .set({ ...nothing, updated_at: now })
    .where("id", "=", userId)
    .execute();
}
