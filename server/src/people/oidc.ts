import { ApiError, userPrn } from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import type { Kysely } from "kysely";
import * as openid from "openid-client";
import { seal, unseal } from "../accounts/secrets.ts";
import type { Config } from "../config.ts";
import type { Tables, UserRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { inTransaction, takeTurn } from "../database/transaction.ts";
import { originOf } from "../http/origin.ts";
import { type Author, originFrom } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { readCookie, setCookie } from "./cookie.ts";
import { acceptByEmail } from "./invitations.ts";
import { type Exchange, welcome } from "./sign-in.ts";
import { takeOver } from "./take-over.ts";
import { findUser, membershipsOf, userById } from "./users.ts";

const cookieName = "peridio_oidc";
/** Seconds that a person has to sign in at the provider. */
const patience = 600;
const callbackPath = "/users/oidc/callback";

/** What the browser keeps, sealed, while it is at the provider. */
interface Pending {
  state: string;
  nonce: string;
  verifier: string;
  expires: number;
}

/** Sign-in at an OpenID provider: authorization code with PKCE, state and nonce. OpenID Connect Core § 3.1. */
export function oidcRoutes(app: FastifyInstance, platform: Platform): void {
  const { config, secretKey } = platform;
  let found: Promise<openid.Configuration> | null = null;

  /** The provider's own description, asked for at the first sign-in and again after a failure. */
  function provider(): Promise<openid.Configuration> {
    if (config.oidcIssuer === "") throw new ApiError("not_found", "no OpenID provider is set up on this server");
    found ??= discover(config).catch((error) => {
      found = null;
      throw error;
    });
    return found;
  }

  const address = (exchange: Exchange): string => config.publicUrl || (originOf(exchange.request) ?? "");

  app.get("/users/oidc/start", async (request, reply) => {
    const about = await reach(provider);
    const pending: Pending = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
      expires: platform.clock.now().getTime() + patience * 1000,
    };
    const sealed = seal(secretKey, cookieName, Buffer.from(JSON.stringify(pending)));
    setCookie(request, reply, cookieName, encodeURIComponent(sealed), patience);
    const url = openid.buildAuthorizationUrl(about, {
      redirect_uri: address({ request, reply }) + callbackPath,
      scope: "openid email profile",
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: "S256",
    });
    return reply.header("cache-control", "no-store").redirect(url.href);
  });

  app.get(callbackPath, async (request, reply) => {
    const about = await reach(provider);
    const pending = readPending(readCookie(request, cookieName));
    if (!pending) throw refused("it was not begun in this browser, or too long ago");
    const current = new URL(address({ request, reply }) + request.url);
    const checks = { pkceCodeVerifier: pending.verifier, expectedState: pending.state, expectedNonce: pending.nonce };
    const tokens = await openid.authorizationCodeGrant(about, current, checks).catch((error: Error) => {
      request.log.warn({ err: error }, "an OpenID sign-in failed");
      throw refused("the provider did not confirm it");
    });
    const claims = tokens.claims();
    if (!claims) throw refused("the provider did not say who you are");
    const user = await knownPerson(platform, claims, originFrom(request));
    const by: Author = { actor: userPrn(user.id), name: user.username, origin: originFrom(request) };
    await welcome(platform, { request, reply }, user, by, "OpenID");
    setCookie(request, reply, cookieName, "", 0);
    return reply.header("cache-control", "no-store").redirect("/");
  });

  function readPending(cookie: string | null): Pending | null {
    if (cookie === null) return null;
    try {
      const pending = JSON.parse(String(unseal(secretKey, cookieName, decodeURIComponent(cookie)))) as Pending;
      return pending.expires > platform.clock.now().getTime() ? pending : null;
    } catch {
      // Changed, or sealed with another key: as good as none.
      return null;
    }
  }
}

function discover(config: Config): Promise<openid.Configuration> {
  const issuer = new URL(config.oidcIssuer);
  const authentication =
    config.oidcClientSecret === "" ? openid.None() : openid.ClientSecretPost(config.oidcClientSecret);
  const insecure = issuer.protocol === "http:" ? { execute: [openid.allowInsecureRequests] } : {};
  return openid.discovery(issuer, config.oidcClientId, undefined, authentication, insecure);
}

async function reach(provider: () => Promise<openid.Configuration>): Promise<openid.Configuration> {
  try {
    return await provider();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError("unavailable", "the OpenID provider can't be reached; try again, or sign in with a password");
  }
}

/**
 * The person whom the provider names: known from before, or by an e-mail address that the provider has verified and
 * that has an account or an invitation here. Nobody else gets in.
 */
async function knownPerson(
  { db, clock }: Platform,
  claims: openid.IDToken,
  origin: Author["origin"],
): Promise<UserRow> {
  const { iss: issuer, sub: subject, email, email_verified } = claims;
  const now = timestamp(clock.now());
  return inTransaction(db, async (transaction) => {
    await takeTurn(transaction, `identity ${issuer} ${subject}`);
    const identity = await transaction
      .selectFrom("user_identities")
      .select("user_id")
      .where("issuer", "=", issuer)
      .where("subject", "=", subject)
      .executeTakeFirst();
    const verified = typeof email === "string" && email_verified === true ? email.toLowerCase() : null;
    if (identity) {
      const known = await userById(transaction, identity.user_id);
      if (known.email === verified) await comeBack(transaction, now, known, origin);
      return known;
    }
    if (verified === null) throw refused("the provider has no verified e-mail of you");
    const user = await accountOf(transaction, now, verified, { issuer, origin });
    if (!user) throw refused(`'${email}' has no account here; ask for an invitation`);
    const row = { issuer, subject, user_id: user.id, inserted_at: now };
    await transaction.insertInto("user_identities").values(row).execute();
    return user;
  });
}

async function accountOf(
  transaction: Kysely<Tables>,
  now: string,
  email: string,
  { issuer, origin }: { issuer: string; origin: Author["origin"] },
): Promise<UserRow | undefined> {
  const known = await findUser(transaction, { email });
  if (!known) return acceptByEmail(transaction, now, email, origin);
  await comeBack(transaction, now, known, origin);
  return takeOver(transaction, now, known, { issuer, origin });
}

/** Who belongs nowhere any more and is invited again is let in as anybody new is; others accept by the link. */
async function comeBack(
  transaction: Kysely<Tables>,
  now: string,
  known: UserRow,
  origin: Author["origin"],
): Promise<void> {
  if ((await membershipsOf(transaction, known.id)).length > 0) return;
  await acceptByEmail(transaction, now, known.email, origin, known);
}

function refused(why: string): ApiError {
  return new ApiError("forbidden", `you could not be signed in: ${why}`);
}
