import { invalid, organizationPrn, type Role, userPrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { record } from "../activity/record.ts";
import { isTaken } from "../database/constraint.ts";
import type { Tables, UserRow } from "../database/tables.ts";
import type { Author } from "../http/principal.ts";

/** Makes an account, in a transaction. @throws ApiError 422 on `email` or `username` when it is taken */
export async function addUser(
  transaction: Kysely<Tables>,
  now: string,
  user: { email: string; username: string; passwordHash: string | null },
): Promise<UserRow> {
  const row: UserRow = {
    id: uuidv7(),
    email: user.email.toLowerCase(),
    username: user.username,
    username_key: user.username.toLowerCase(),
    password_hash: user.passwordHash,
    totp_sealed_secret: null,
    totp_confirmed_at: null,
    totp_last_step: null,
    recovery_hashes: null,
    inserted_at: now,
    updated_at: now,
  };
  await transaction
    .insertInto("users")
    .values(row)
    .execute()
    .catch((error) => {
      if (isTaken(error, "users.username_key")) throw invalid("username", `is taken; got '${user.username}'`);
      if (isTaken(error, "users.email")) throw invalid("email", `has an account already; got '${user.email}'`);
      throw error;
    });
  return row;
}

/** Lets a person into an organization, in a transaction; one who is in keeps the role. */
export async function addMember(
  transaction: Kysely<Tables>,
  now: string,
  by: Author,
  { organizationId, user, role }: { organizationId: string; user: Pick<UserRow, "id" | "email">; role: Role },
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto("org_users")
    .values({
      organization_id: organizationId,
      id: uuidv7(),
      user_id: user.id,
      role,
      inserted_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.columns(["organization_id", "user_id"]).doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows) return;
  await record(transaction, {
    organizationId,
    by,
    type: "org_user",
    subtype: "added",
    resource: userPrn(user.id),
    after: { email: user.email, role },
    at: now,
  });
}

/** The account of an e-mail address or a user name; undefined for none. */
export function findUser(
  db: Kysely<Tables>,
  name: { email?: string; username?: string },
): Promise<UserRow | undefined> {
  const users = db.selectFrom("users").selectAll();
  if (name.email !== undefined) return users.where("email", "=", name.email.toLowerCase()).executeTakeFirst();
  return users.where("username_key", "=", (name.username ?? "").toLowerCase()).executeTakeFirst();
}

export function userById(db: Kysely<Tables>, id: string): Promise<UserRow> {
  return db.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
}

/** Where a person belongs, in the order of joining. */
export function membershipsOf(db: Kysely<Tables>, userId: string) {
  return db
    .selectFrom("org_users as m")
    .innerJoin("organizations as o", "o.id", "m.organization_id")
    .select(["m.organization_id", "m.role", "o.name"])
    .where("m.user_id", "=", userId)
    .orderBy("m.inserted_at")
    .orderBy("m.id")
    .execute();
}

/** Tells the trail of every organization that a person belongs to what the person did, or somebody in the name of one. */
export async function recordOfUser(
  transaction: Kysely<Tables>,
  user: Pick<UserRow, "id" | "username">,
  what: { by: Author; subtype: string; result?: "done" | "failed"; after?: Record<string, unknown>; at: string },
): Promise<void> {
  const organizations = (await membershipsOf(transaction, user.id)).map((membership) => membership.organization_id);
  // In one order for all, so that two never wait for each other.
  for (const organizationId of organizations.sort()) {
    await record(transaction, { ...what, organizationId, type: "user", resource: userPrn(user.id) });
  }
}

/** As the official SDK wants it. */
export function describePerson(user: Pick<UserRow, "email" | "username">, organizationId: string) {
  return { email: user.email, username: user.username, organization_prn: organizationPrn(organizationId) };
}
