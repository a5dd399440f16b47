import {
  ApiError,
  type ListQuery,
  notFound,
  type OrgUser,
  organizationPrn,
  type Role,
  resourcePrn,
  searchKeys,
  userPrn,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { about, record } from "../activity/record.ts";
import { listOwn } from "../database/lists.ts";
import { commonColumns, type SearchColumns } from "../database/search.ts";
import type { OrgUserRow, Tables, UserRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import { ownId, type Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";

type Member = OrgUserRow & Pick<UserRow, "email" | "username" | "totp_confirmed_at">;

const members = (db: Kysely<Tables>) =>
  db
    .selectFrom("org_users")
    .innerJoin("users", "users.id", "org_users.user_id")
    .selectAll("org_users")
    .select(["users.email", "users.username", "users.totp_confirmed_at"]);

const columns: SearchColumns = {
  ...commonColumns("org_users", "org_user"),
  user_prn: { column: "org_users.user_id", holds: "user" },
  email: { column: "users.email" },
  username: { column: "users.username" },
  role: { column: "org_users.role" },
};

export function listMembers({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "org_users", keys: searchKeys.org_users, columns } as const;
  return listOwn(db, members(db), list, principal.organizationId, request, show);
}

/** @throws ApiError 404 */
export async function getMember({ db }: Platform, principal: Principal, prn: string): Promise<OrgUser> {
  return show(await findMember(db, principal, prn));
}

async function findMember(db: Kysely<Tables>, principal: Principal, prn: string): Promise<Member> {
  const row = await members(db)
    .where("org_users.organization_id", "=", principal.organizationId)
    .where("org_users.id", "=", ownId(principal, prn, "org_user"))
    .executeTakeFirst();
  if (!row) throw notFound("org user", prn);
  return row;
}

/** @throws ApiError 404; 409 for the last admin */
export async function changeRole(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  role: Role,
): Promise<OrgUser> {
  const at = timestamp(clock.now());
  return changing(db, principal.organizationId, async (transaction) => {
    const before = await findMember(transaction, principal, prn);
    await transaction
      .updateTable("org_users")
      .set({ role, updated_at: at })
      .where("organization_id", "=", before.organization_id)
      .where("id", "=", before.id)
      .execute();
    if (before.role === "admin") await requireAdmin(transaction, before.organization_id);
    await record(transaction, {
      ...about(principal, "org_user", before, "role_changed"),
      before: { role: before.role },
      after: { role },
      at,
    });
    return show({ ...before, role, updated_at: at });
  });
}

/**
 * Takes a person out of the organization, with the sessions there and the invitations that the person wrote and nobody
 * accepted yet: one of them may lead back in. API keys stay, since devices and builds may live on them. @throws ApiError 404;
 * 409 for the last admin
 */
export async function removeMember({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findMember(transaction, principal, prn);
    await transaction
      .deleteFrom("org_users")
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .execute();
    if (row.role === "admin") await requireAdmin(transaction, row.organization_id);
    await transaction
      .deleteFrom("user_sessions")
      .where("user_id", "=", row.user_id)
      .where("organization_id", "=", row.organization_id)
      .execute();
    const { numDeletedRows } = await transaction
      .deleteFrom("invitations")
      .where("organization_id", "=", row.organization_id)
      .where("invited_by_prn", "=", userPrn(row.user_id))
      .where("accepted_at", "is", null)
      .executeTakeFirst();
    const before = { email: row.email, role: row.role, open_invitations: Number(numDeletedRows) };
    await record(transaction, { ...about(principal, "org_user", row, "removed"), before, at: timestamp(clock.now()) });
  });
}

/** Looks after the change: the transaction is undone when nobody is left who could undo it. */
async function requireAdmin(transaction: Kysely<Tables>, organizationId: string): Promise<void> {
  const admin = await transaction
    .selectFrom("org_users")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("role", "=", "admin")
    .limit(1)
    .executeTakeFirst();
  if (!admin)
    throw new ApiError("conflict", "this is the last admin of the organization; make somebody else one first");
}

function show(row: Member): OrgUser {
  return {
    prn: resourcePrn(row.organization_id, "org_user", row.id),
    organization_prn: organizationPrn(row.organization_id),
    user_prn: userPrn(row.user_id),
    email: row.email,
    username: row.username,
    role: row.role,
    has_totp: row.totp_confirmed_at !== null,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
