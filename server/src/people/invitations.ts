import { randomBytes } from "node:crypto";
import {
  type AcceptInvitation,
  ApiError,
  type CreatedInvitation,
  type CreateInvitation,
  type Invitation,
  invalid,
  invalidFields,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  searchKeys,
  userPrn,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { hashKey } from "../accounts/key-hash.ts";
import { about, record } from "../activity/record.ts";
import { listOwn } from "../database/lists.ts";
import { findOwn } from "../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../database/search.ts";
import type { InvitationRow, Tables, UserRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import { type Author, originFrom, type Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { hashPassword, requireGoodPassword } from "./passwords.ts";
import { beginSession } from "./sessions.ts";
import { type Exchange, identify } from "./sign-in.ts";
import { beginAttempt } from "./throttle.ts";
import { addMember, addUser, describePerson, findUser, userById } from "./users.ts";

/** Milliseconds that an invitation can be accepted: seven days. */
const lifetime = 7 * 86_400_000;

/** @param address where people reach this server. @throws ApiError 409 for somebody who belongs to it already */
export async function createInvitation(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateInvitation,
  address: string,
): Promise<CreatedInvitation> {
  const token = randomBytes(32).toString("base64url");
  const now = clock.now();
  const row: InvitationRow = {
    organization_id: principal.organizationId,
    id: uuidv7(),
    email: body.email.toLowerCase(),
    role: body.role,
    token_hash: hashKey(token),
    invited_by_prn: principal.actor,
    expires_at: timestamp(new Date(now.getTime() + lifetime)),
    accepted_at: null,
    inserted_at: timestamp(now),
    updated_at: timestamp(now),
  };
  await changing(db, principal.organizationId, async (transaction) => {
    const member = await transaction
      .selectFrom("org_users as m")
      .innerJoin("users as u", "u.id", "m.user_id")
      .select("u.id")
      .where("m.organization_id", "=", row.organization_id)
      .where("u.email", "=", row.email)
      .executeTakeFirst();
    if (member) throw new ApiError("conflict", `'${row.email}' belongs to this organization already`);
    await transaction.insertInto("invitations").values(row).execute();
    const { email, role, expires_at } = row;
    await record(transaction, {
      ...about(principal, "invitation", row, "created"),
      after: { email, role, expires_at },
      at: row.inserted_at,
    });
  });
  // Behind the '#' it stands in no log and in no Referer.
  return { ...show(row), token, url: `${address}/invite#${token}` };
}

const columns: SearchColumns = {
  ...commonColumns("invitations", "invitation"),
  email: { column: "invitations.email" },
  role: { column: "invitations.role" },
};

export function listInvitations({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "invitations", keys: searchKeys.invitations, columns } as const;
  return listOwn(db, db.selectFrom("invitations").selectAll(), list, principal.organizationId, request, show);
}

/** @throws ApiError 404 */
export async function getInvitation({ db }: Platform, principal: Principal, prn: string): Promise<Invitation> {
  return show(await findOwn(db, principal, "invitations", prn));
}

/** @throws ApiError 404 */
export async function deleteInvitation({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "invitations", prn);
    await transaction
      .deleteFrom("invitations")
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .execute();
    const before = { email: row.email, role: row.role };
    await record(transaction, {
      ...about(principal, "invitation", row, "deleted"),
      before,
      at: timestamp(clock.now()),
    });
  });
}

/**
 * As the person who is signed in, or as a new one, who is signed in by it. Having the link shows that one reads the
 * e-mail that it was sent to. @throws ApiError 422 on `token`, `username`, `password`; 403 for somebody else's; 429
 */
export async function acceptInvitation(platform: Platform, exchange: Exchange, body: AcceptInvitation) {
  const { db, clock } = platform;
  const origin = originFrom(exchange.request);
  const attempt = await beginAttempt(db, clock.now(), { account: `invitation ${body.token}`, address: origin.address });
  const open = await openInvitation(db, timestamp(clock.now()), body.token);
  await attempt.succeeded();
  const existing = await findUser(db, { email: open.email });
  const user = existing ? await requireIsThem(platform, exchange, existing, body) : await newPerson(open, body);
  return changing(db, open.organization_id, async (transaction) => {
    const now = timestamp(clock.now());
    await take(transaction, open, now);
    const person = "id" in user ? user : await addUser(transaction, now, user);
    const by: Author = { actor: userPrn(person.id), name: person.username, origin };
    await addMember(transaction, now, by, { organizationId: open.organization_id, user: person, role: open.role });
    await record(transaction, { ...about(by, "invitation", open, "accepted"), after: { accepted_at: now }, at: now });
    await beginSession(platform, transaction, exchange, person, open.organization_id);
    return describePerson(person, open.organization_id);
  });
}

async function openInvitation(db: Kysely<Tables>, now: string, token: string): Promise<InvitationRow> {
  const row = await db
    .selectFrom("invitations")
    .selectAll()
    .where("token_hash", "=", hashKey(token))
    .executeTakeFirst();
  if (!row) throw invalid("token", "is not that of an invitation; ask for a new one");
  if (row.accepted_at !== null) throw invalid("token", `was used at ${row.accepted_at}`);
  if (row.expires_at <= now) throw invalid("token", `expired at ${row.expires_at}; ask for a new one`);
  return row;
}

/** Of two who accept at the same time one comes too late. */
async function take(transaction: Kysely<Tables>, row: InvitationRow, now: string): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable("invitations")
    .set({ accepted_at: now, updated_at: now })
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.id)
    .where("accepted_at", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw invalid("token", "was used just now");
}

/**
 * The invited person has an account: only by it. Either that is who is signed in, or its password is given; who belongs
 * to no organization any more can't sign in first.
 */
async function requireIsThem(
  platform: Platform,
  exchange: Exchange,
  invited: UserRow,
  { username, password, otp }: AcceptInvitation,
): Promise<UserRow> {
  if (exchange.request.principal?.userId === invited.id) return userById(platform.db, invited.id);
  if (password !== undefined && username === undefined) {
    const shown = { email: invited.email, password, ...(otp !== undefined && { otp }) };
    return (await identify(platform, exchange, shown)).user;
  }
  const detail = `the invitation is for '${invited.email}', who has an account; sign in with it, or send its password alone`;
  throw new ApiError("forbidden", detail);
}

async function newPerson({ email }: InvitationRow, { username, password }: AcceptInvitation) {
  if (username === undefined || password === undefined) {
    const missing = ["is required to make your account"];
    throw invalidFields({ ...(!username && { username: missing }), ...(!password && { password: missing }) });
  }
  requireGoodPassword("password", password, { email, username });
  return { email, username, passwordHash: await hashPassword(password) };
}

/**
 * Lets a person in whom an OpenID provider has shown to be the invited one, by a new account or the known one.
 * Undefined when there is no invitation.
 */
export async function acceptByEmail(
  transaction: Kysely<Tables>,
  now: string,
  email: string,
  origin: Author["origin"],
  known?: UserRow,
): Promise<UserRow | undefined> {
  const invitations = await transaction
    .selectFrom("invitations")
    .selectAll()
    .where("email", "=", email)
    .where("accepted_at", "is", null)
    .where("expires_at", ">", now)
    .orderBy("inserted_at")
    .execute();
  if (invitations.length === 0) return undefined;
  const person = known ?? (await addUser(transaction, now, { email, username: email, passwordHash: null }));
  const by: Author = { actor: userPrn(person.id), name: person.username, origin };
  for (const row of invitations) {
    await take(transaction, row, now);
    await addMember(transaction, now, by, { organizationId: row.organization_id, user: person, role: row.role });
    await record(transaction, { ...about(by, "invitation", row, "accepted"), after: { accepted_at: now }, at: now });
  }
  return person;
}

function show(row: InvitationRow): Invitation {
  return {
    prn: resourcePrn(row.organization_id, "invitation", row.id),
    organization_prn: organizationPrn(row.organization_id),
    email: row.email,
    role: row.role,
    invited_by_prn: row.invited_by_prn,
    expires_at: row.expires_at,
    accepted_at: row.accepted_at,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
