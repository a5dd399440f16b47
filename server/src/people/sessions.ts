import { randomBytes } from "node:crypto";
import { ApiError, invalid, organizationPrn, parsePrn, roles, type Session, userPrn } from "@open-peridio/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { hashKey } from "../accounts/key-hash.ts";
import { record } from "../activity/record.ts";
import { prepared } from "../database/prepared.ts";
import type { Tables, UserRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing, takeUser } from "../database/transaction.ts";
import { originFrom, type Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { readCookie, setCookie } from "./cookie.ts";
import { knownOrigins, requireSameOrigin } from "./csrf.ts";
import { userById } from "./users.ts";

const cookieName = "peridio_session";
/** Seconds that a session lasts at most, and without being used. */
const lifetime = 7 * 86_400;
const idle = 86_400;
/** Seconds to which exactly it is known when a session was used last. */
const exactness = 300;

const later = (now: Date, seconds: number): string => timestamp(new Date(now.getTime() + seconds * 1000));

const sessionByHash = prepared((db: Kysely<Tables>, hash: string) =>
  db
    .selectFrom("user_sessions as s")
    .innerJoin("users as u", "u.id", "s.user_id")
    .innerJoin("org_users as m", (join) =>
      join.onRef("m.user_id", "=", "s.user_id").onRef("m.organization_id", "=", "s.organization_id"),
    )
    .select(["s.id", "s.user_id", "s.organization_id", "s.last_seen_at", "s.expires_at", "u.username", "m.role"])
    .where("s.token_hash", "=", hash),
);

/**
 * Sets `request.principal` on every request that carries a live session and no key. What the person may do is asked for
 * each time, so a change of role and a revocation count at once.
 */
export function recognisePeople(app: FastifyInstance, platform: Platform): void {
  app.addHook("onRequest", (request, _reply, done) => {
    // Most requests are by key: they pass without waiting for anything.
    const { cookie, authorization } = request.headers;
    if (cookie === undefined || authorization !== undefined) return done();
    recognise(platform, request).then(() => done(), done);
  });
}

async function recognise(platform: Platform, request: FastifyRequest): Promise<void> {
  const { db, clock, config } = platform;
  const row = await findSession(platform, request);
  if (!row) return;
  requireSameOrigin(request, knownOrigins(config.publicUrl));
  request.principal = personOf(row, request);
  const now = clock.now();
  if (row.last_seen_at > later(now, -exactness)) return;
  await db
    .updateTable("user_sessions")
    .set({ last_seen_at: timestamp(now) })
    .where("id", "=", row.id)
    .execute();
}

/** Whose live session a request carries, asked anew; null for none. It doesn't count as using it. */
export async function findPerson(platform: Platform, request: FastifyRequest): Promise<Principal | null> {
  const row = await findSession(platform, request);
  return row && personOf(row, request);
}

/** The live session of a request. */
async function findSession({ db, clock }: Platform, request: FastifyRequest) {
  const token = readCookie(request, cookieName);
  if (token === null) return null;
  const now = clock.now();
  const [row] = await sessionByHash(db, hashKey(token));
  return !row || row.expires_at <= timestamp(now) || row.last_seen_at <= later(now, -idle) ? null : row;
}

type FoundSession = NonNullable<Awaited<ReturnType<typeof findSession>>>;

function personOf(row: FoundSession, request: FastifyRequest): Principal {
  return {
    organizationId: row.organization_id,
    actor: userPrn(row.user_id),
    name: row.username,
    scopes: roles[row.role],
    keyId: null,
    userId: row.user_id,
    sessionId: row.id,
    origin: originFrom(request),
  };
}

/**
 * Begins a session and gives its cookie to the browser; the one that the browser had ends.
 * @param user as read when it was shown who this is. @throws ApiError 401 when the password is another one since: its
 * change ended the sessions that there were, and must not miss this one
 */
export async function beginSession(
  { clock }: Platform,
  transaction: Kysely<Tables>,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  user: Pick<UserRow, "id" | "password_hash">,
  organizationId: string,
): Promise<void> {
  const now = clock.now();
  await takeUser(transaction, user.id);
  if ((await userById(transaction, user.id)).password_hash !== user.password_hash) {
    throw new ApiError("unauthenticated", "the password was changed meanwhile; sign in with the new one");
  }
  const token = randomBytes(32).toString("base64url");
  const { address, userAgent } = originFrom(request);
  const old = readCookie(request, cookieName);
  if (old !== null) await transaction.deleteFrom("user_sessions").where("token_hash", "=", hashKey(old)).execute();
  await transaction.deleteFrom("user_sessions").where("expires_at", "<=", timestamp(now)).execute();
  await transaction
    .insertInto("user_sessions")
    .values({
      id: uuidv7(),
      user_id: user.id,
      organization_id: organizationId,
      token_hash: hashKey(token),
      address,
      user_agent: userAgent?.slice(0, 512) ?? null,
      last_seen_at: timestamp(now),
      expires_at: later(now, lifetime),
      inserted_at: timestamp(now),
    })
    .execute();
  setCookie(request, reply, cookieName, token, lifetime);
}

/** Ends this session and takes the cookie away. */
export async function endSession(
  { db, clock }: Platform,
  principal: Principal,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<void> {
  const at = timestamp(clock.now());
  await changing(db, principal.organizationId, async (transaction) => {
    await transaction.deleteFrom("user_sessions").where("id", "=", principal.sessionId!).execute();
    await tell(transaction, principal, "signed_out", { session: principal.sessionId }, at);
  });
  setCookie(request, reply, cookieName, "", 0);
}

/** The live ones, newest first. */
export async function listSessions({ db, clock }: Platform, { userId, sessionId }: Principal): Promise<Session[]> {
  const now = clock.now();
  const rows = await db
    .selectFrom("user_sessions")
    .selectAll()
    .where("user_id", "=", userId!)
    .where("expires_at", ">", timestamp(now))
    .where("last_seen_at", ">", later(now, -idle))
    .orderBy("inserted_at", "desc")
    .execute();
  return rows.map(({ organization_id, user_id: _, token_hash: __, ...row }) => ({
    ...row,
    current: row.id === sessionId,
    organization_prn: organizationPrn(organization_id),
  }));
}

/** @throws ApiError 404 for any that isn't the caller's */
export async function revokeSession({ db, clock }: Platform, principal: Principal, id: string): Promise<void> {
  const at = timestamp(clock.now());
  await changing(db, principal.organizationId, async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom("user_sessions")
      .where("user_id", "=", principal.userId!)
      .where("id", "=", id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new ApiError("not_found", `you have no session '${id}'`);
    await tell(transaction, principal, "session_revoked", { session: id }, at);
  });
}

/** What somebody did with a session, in the trail of the organization that the person works in now. */
async function tell(
  transaction: Kysely<Tables>,
  by: Principal,
  subtype: string,
  after: Record<string, unknown>,
  at: string,
): Promise<void> {
  const { organizationId, actor: resource } = by;
  await record(transaction, { organizationId, by, type: "user", subtype, resource, after, at });
}

/** Ends all sessions of a person, or all but one. */
export async function endSessionsOf(transaction: Kysely<Tables>, userId: string, except?: string): Promise<void> {
  const own = transaction.deleteFrom("user_sessions").where("user_id", "=", userId);
  await (except === undefined ? own : own.where("id", "!=", except)).execute();
}

/** @throws ApiError 422 for an organization that the person doesn't belong to */
export async function switchOrganization({ db, clock }: Platform, principal: Principal, prn: string): Promise<string> {
  const parsed = parsePrn(prn);
  const id = parsed?.kind === "organization" ? parsed.organizationId : "";
  const at = timestamp(clock.now());
  await changing(db, id, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable("user_sessions")
      .set({ organization_id: id })
      .where("id", "=", principal.sessionId!)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom("org_users as m")
            .select("m.id")
            .where("m.organization_id", "=", id)
            .where("m.user_id", "=", principal.userId!),
        ),
      )
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw invalid("organization_prn", `must be an organization of yours; got '${prn}'`);
    await tell(
      transaction,
      { ...principal, organizationId: id },
      "organization_entered",
      { organization_prn: prn },
      at,
    );
  });
  return id;
}
