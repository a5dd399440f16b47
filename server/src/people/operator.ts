import { organizationPrn, parsePrn, type Role, roleNames } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing, inTransaction } from "../database/transaction.ts";
import { type Author, theServer } from "../http/principal.ts";
import type { Clock } from "../platform.ts";
import { newPassword } from "./first-admin.ts";
import { hashPassword } from "./passwords.ts";
import { forgetTotp } from "./second-factor.ts";
import { endSessionsOf } from "./sessions.ts";
import { addMember, addUser, findUser, membershipsOf, recordOfUser } from "./users.ts";

/* What whoever runs the server may do with accounts, beside the API. */

const operator: Author = { ...theServer, name: "operator" };

/**
 * Makes a person, or lets one who has an account into one more organization. The password is shown this once; null for
 * who had one. @throws Error that says which word is wrong
 */
export async function createUser(
  db: Kysely<Tables>,
  clock: Clock,
  { email, role, prn }: { email: string; role: string; prn: string },
): Promise<{ email: string; password: string | null }> {
  const parsed = parsePrn(prn);
  if (parsed?.kind !== "organization") throw new Error(`'${prn}' is not an organization; it must look like prn:1:UUID`);
  if (!(roleNames as string[]).includes(role))
    throw new Error(`the role must be one of ${roleNames.join(", ")}; got '${role}'`);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Error(`'${email}' is not an e-mail address`);
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  const now = timestamp(clock.now());
  const { organizationId } = parsed;
  return changing(db, organizationId, async (transaction) => {
    const organization = await transaction
      .selectFrom("organizations")
      .select("id")
      .where("id", "=", organizationId)
      .executeTakeFirst();
    if (!organization) throw new Error(`there is no organization '${prn}' on this server`);
    const existing = await findUser(transaction, { email });
    const user = existing ?? (await addUser(transaction, now, { email, username: email, passwordHash }));
    const belongs = (await membershipsOf(transaction, user.id)).some(
      (known) => known.organization_id === organizationId,
    );
    if (belongs)
      throw new Error(`'${email}' belongs to that organization already; change the role with 'org-users update'`);
    await addMember(transaction, now, operator, { organizationId, user, role: role as Role });
    return { email: user.email, password: existing ? null : password };
  });
}

/** Gives a person a new password, without the second factor and without any session. @throws Error for an unknown one */
export async function resetPassword(db: Kysely<Tables>, clock: Clock, email: string): Promise<{ password: string }> {
  const password = newPassword();
  const password_hash = await hashPassword(password);
  const now = timestamp(clock.now());
  await inTransaction(db, async (transaction) => {
    const user = await findUser(transaction, { email });
    if (!user) throw new Error(`'${email}' has no account on this server`);
    await transaction.updateTable("users").set({ password_hash, updated_at: now }).where("id", "=", user.id).execute();
    await forgetTotp(transaction, user.id, now);
    await endSessionsOf(transaction, user.id);
    await recordOfUser(transaction, user, { by: operator, subtype: "password_reset", at: now });
  });
  return { password };
}

/** Everybody, and where they belong. */
export async function listUsers(db: Kysely<Tables>) {
  const rows = await db
    .selectFrom("users as u")
    .leftJoin("org_users as m", "m.user_id", "u.id")
    .select(["u.email", "u.username", "m.organization_id", "m.role"])
    .orderBy("u.email")
    .execute();
  return rows.map(({ organization_id, ...row }) => ({
    ...row,
    organization_prn: organization_id === null ? null : organizationPrn(organization_id),
  }));
}

export async function listOrganizations(db: Kysely<Tables>) {
  const rows = await db.selectFrom("organizations").select(["id", "name"]).orderBy("inserted_at").execute();
  return rows.map(({ id, name }) => ({ organization_prn: organizationPrn(id), name }));
}
