import { userPrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { Tables, UserRow } from "../database/tables.ts";
import type { Author } from "../http/principal.ts";
import { forgetTotp } from "./second-factor.ts";
import { endSessionsOf } from "./sessions.ts";
import { recordOfUser, userById } from "./users.ts";

/**
 * Gives an account to whom an OpenID provider has shown to read its e-mail, in a transaction: nothing that somebody else
 * may have set up opens it any more, neither a password nor a second factor nor a session. Whoever writes an invitation
 * sees its link, so an account may have been made by an admin of one organization with the e-mail of somebody who later
 * belongs to another. Returns the account as it is then.
 */
export async function takeOver(
  transaction: Kysely<Tables>,
  at: string,
  user: UserRow,
  { issuer, origin }: { issuer: string; origin: Author["origin"] },
): Promise<UserRow> {
  await transaction.updateTable("users").set({ password_hash: null }).where("id", "=", user.id).execute();
  await forgetTotp(transaction, user.id, at);
  await endSessionsOf(transaction, user.id);
  const after = { issuer, had_password: user.password_hash !== null, had_totp: user.totp_confirmed_at !== null };
  const by: Author = { actor: userPrn(user.id), name: user.username, origin };
  await recordOfUser(transaction, user, { by, subtype: "openid_linked", after, at });
  return userById(transaction, user.id);
}
