import { ApiError, type ChangePassword, invalid, invalidFields, type SignIn, userPrn } from "@open-peridio/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { UserRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { inTransaction } from "../database/transaction.ts";
import { type Author, originFrom, type Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { requireOwnPassword } from "./own-password.ts";
import { hashPassword, isPassword, requireGoodPassword } from "./passwords.ts";
import { takeCode } from "./second-factor.ts";
import { beginSession, endSessionsOf } from "./sessions.ts";
import { beginAttempt, beginCode } from "./throttle.ts";
import { describePerson, findUser, membershipsOf, recordOfUser } from "./users.ts";

export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Signs a person in and begins a session. @throws ApiError as `identify` and `welcome` */
export async function signIn(platform: Platform, exchange: Exchange, body: SignIn) {
  const { user, by } = await identify(platform, exchange, body);
  return welcome(platform, exchange, user, by, "password");
}

/**
 * Whose password, and code where a second factor is set up, this is. What is wrong is never said more exactly than that
 * something is. @throws ApiError 401 (`otp_required` when only the second factor is missing), 429 after too many failures
 */
export async function identify(platform: Platform, exchange: Exchange, body: SignIn) {
  const { db, clock } = platform;
  const account = body.email ?? body.username;
  if (account === undefined) throw invalidFields({ email: ["is required, or username in its place"] });
  const origin = originFrom(exchange.request);
  const attempt = await beginAttempt(db, clock.now(), { account, address: origin.address });
  const user = await findUser(db, body);
  const right = await isPassword(body.password, user?.password_hash ?? null);
  if (!user) throw refused();
  const by: Author = { actor: userPrn(user.id), name: user.username, origin };
  if (!right) return failed(platform, user, by, "wrong password");
  if (user.totp_confirmed_at !== null) {
    if (body.otp === undefined) {
      throw new ApiError("otp_required", "send `otp` as well: the code of your authenticator, or a recovery code");
    }
    const code = await beginCode(db, clock.now(), user.id);
    if (!(await takeCode(platform, user, body.otp))) return failed(platform, user, by, "wrong code");
    await code.succeeded();
  }
  await attempt.succeeded();
  return { user, by };
}

/** Begins the session of somebody who is known by now. @throws ApiError 403 for who belongs nowhere any more */
export async function welcome(platform: Platform, exchange: Exchange, user: UserRow, by: Author, means: string) {
  const { db, clock } = platform;
  const at = timestamp(clock.now());
  const organizationId = await inTransaction(db, async (transaction) => {
    const [first] = await membershipsOf(transaction, user.id);
    if (!first) throw new ApiError("forbidden", "you belong to no organization any more; ask to be invited again");
    await beginSession(platform, transaction, exchange, user, first.organization_id);
    await recordOfUser(transaction, user, { by, subtype: "signed_in", after: { means }, at });
    return first.organization_id;
  });
  return describePerson(user, organizationId);
}

async function failed({ db, clock }: Platform, user: UserRow, by: Author, why: string): Promise<never> {
  // Whoever it was, it wasn't shown to be the person.
  const stranger = { ...by, actor: null };
  const at = timestamp(clock.now());
  await inTransaction(db, (transaction) =>
    recordOfUser(transaction, user, {
      by: stranger,
      subtype: "sign_in_failed",
      result: "failed",
      after: { why },
      at,
    }),
  );
  throw refused();
}

function refused(): ApiError {
  return new ApiError("unauthenticated", "the e-mail address or user name, the password or the code is wrong");
}

/** Ends all other sessions. @throws ApiError 422 on either field */
export async function changePassword(platform: Platform, principal: Principal, body: ChangePassword): Promise<void> {
  const { db, clock } = platform;
  const user = await requireOwnPassword(platform, principal, "current_password", body.current_password);
  requireGoodPassword("new_password", body.new_password, user);
  if (body.new_password === body.current_password) throw invalid("new_password", "must be another one");
  const password_hash = await hashPassword(body.new_password);
  const at = timestamp(clock.now());
  await inTransaction(db, async (transaction) => {
    await transaction.updateTable("users").set({ password_hash, updated_at: at }).where("id", "=", user.id).execute();
    await endSessionsOf(transaction, user.id, principal.sessionId!);
    await recordOfUser(transaction, user, { by: principal, subtype: "password_changed", at });
  });
}
