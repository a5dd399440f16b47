import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { Provider } from "oidc-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi } from "./api.ts";
import { freePort } from "./free-port.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { operate } from "./support/operator.ts";
import { addOrganization } from "./support/organization.ts";
import { type Browser, openBrowser } from "./support/person.ts";

/** A real OpenID provider, in whose sign-in page one only says who one is. */
let provider: Server;
let server: TestServer;
let api: Api;

const people: Record<string, { email: string; email_verified: boolean }> = {
  ada: { email: "ada@example.com", email_verified: true },
  invited: { email: "Invited@example.com", email_verified: true },
  back: { email: "back@example.com", email_verified: true },
  squatted: { email: "squatted@example.com", email_verified: true },
  stranger: { email: "stranger@example.com", email_verified: true },
  unverified: { email: "ada@example.com", email_verified: false },
};

beforeAll(async () => {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  server = await startTestServer({
    PERIDIO_BOOTSTRAP_ADMIN_EMAIL: "ada@example.com",
    PERIDIO_OIDC_ISSUER: issuer,
    PERIDIO_OIDC_CLIENT_ID: "open-peridio",
    PERIDIO_OIDC_CLIENT_SECRET: "a secret among the two of them",
  });
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: "open-peridio",
        client_secret: "a secret among the two of them",
        redirect_uris: [`${server.url}/users/oidc/callback`],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    claims: { email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people[sub] }) }),
    cookies: { keys: ["only for this test"] },
  });
  provider = createServer(oidc.callback()).listen(port, "127.0.0.1");
  await once(provider, "listening");
  api = callApi(server.url);
});
afterAll(async () => {
  await server.stop();
  provider.closeAllConnections();
  provider.close();
});

/** Signs in at the provider as a browser would, and comes back with what the server says to that. */
async function signIn(who: string, browser: Browser, change: (callback: URL) => void = () => {}) {
  const atProvider = openBrowser(new URL((await start(browser)).headers.get("location")!).origin);
  return follow(atProvider, browser, await lastLocation, who, change);
}

let lastLocation: Promise<string>;
async function start(browser: Browser) {
  const begun = await browser.ask("GET", "/users/oidc/start");
  expect(begun.status).toBe(302);
  lastLocation = Promise.resolve(begun.headers.get("location")!);
  return begun;
}

/** Goes where the provider sends one, through its development pages, until it sends one back. */
async function follow(
  atProvider: Browser,
  browser: Browser,
  first: string,
  who: string,
  change: (callback: URL) => void,
) {
  let location = first;
  for (let step = 0; step < 12; step++) {
    const url = new URL(location, first);
    if (url.pathname === "/users/oidc/callback") {
      change(url);
      return browser.ask("GET", url.href);
    }
    const page = await atProvider.ask("GET", url.href);
    const to = page.headers.get("location");
    if (to !== null) {
      location = to;
      continue;
    }
    const action = /action="([^"]+)"/.exec(page.body)?.[1];
    if (!action) throw new Error(`the provider shows ${page.body}`);
    const prompt = /name="prompt" value="(\w+)"/.exec(page.body)![1]!;
    const form = new URLSearchParams(prompt === "login" ? { prompt, login: who, password: "any" } : { prompt });
    const answer = await fetch(new URL(action, first), {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        cookie: [...atProvider.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
      body: form,
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0]!.split("=") as [string, string];
      atProvider.cookies.set(name, value);
    }
    location = answer.headers.get("location")!;
  }
  throw new Error("the provider leads in circles");
}

describe("sign-in at an OpenID provider", () => {
  it("asks for a code with PKCE, state and nonce", async () => {
    const { headers } = await start(openBrowser(server.url));
    const url = new URL(headers.get("location")!);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: "code",
      client_id: "open-peridio",
      redirect_uri: `${server.url}/users/oidc/callback`,
      code_challenge_method: "S256",
      scope: "openid email profile",
    });
    for (const name of ["state", "nonce", "code_challenge"])
      expect(url.searchParams.get(name)!.length).toBeGreaterThan(20);
  });

  it("lets in whose verified e-mail has an account, and knows them again", async () => {
    for (let time = 0; time < 2; time++) {
      const browser = openBrowser(server.url);
      const answer = await signIn("ada", browser);
      expect(answer.status).toBe(302);
      expect(answer.headers.get("location")).toBe("/");
      expect((await browser.ask("GET", "/users/me")).body.data.email).toBe("ada@example.com");
    }
    const { audit_logs } = (await api("GET", "/audit_logs?search=subtype%3A%27signed_in%27")).body;
    expect(audit_logs[0].after).toEqual({ means: "OpenID" });
  });

  it("lets in who was invited, with the role of the invitation", async () => {
    const other = await addOrganization(server, "Other");
    await callApi(server.url, other.key)("POST", "/invitations", { email: "invited@example.com", role: "signer" });
    const browser = openBrowser(server.url);
    expect((await signIn("invited", browser)).status).toBe(302);
    const { organizations } = (await browser.ask("GET", "/users/me/organizations")).body;
    expect(organizations).toMatchObject([{ organization_prn: other.prn, role: "signer", current: true }]);
    const password = await openBrowser(server.url).signIn("invited@example.com", "no password at all");
    expect(password.status).toBe(401);
  });

  it("lets in again who was removed and invited again", async () => {
    const other = callApi(server.url, (await addOrganization(server, "Third")).key);
    const invite = () => other("POST", "/invitations", { email: "back@example.com", role: "viewer" });
    await invite();
    expect((await signIn("back", openBrowser(server.url))).status).toBe(302);
    const { org_users } = (await other("GET", "/org_users")).body;
    await other("DELETE", `/org_users/${org_users[0].prn}`);
    expect((await signIn("back", openBrowser(server.url))).status).toBe(403);
    await invite();
    expect((await signIn("back", openBrowser(server.url))).status).toBe(302);
  });

  it("takes an account over from whoever made it with somebody else's e-mail", async () => {
    const email = "squatted@example.com";
    const chosen = "chosen by the squatter";
    // An admin sees the link of an invitation, whoever it is for.
    const theirs = callApi(server.url, (await addOrganization(server, "Theirs")).key);
    const { token } = (await theirs("POST", "/invitations", { email, role: "viewer" })).body.invitation;
    const squatter = openBrowser(server.url);
    const made = await squatter.ask("POST", "/invitations/accept", { token, username: "squatted", password: chosen });
    expect(made.status).toBe(200);

    const owner = openBrowser(server.url);
    expect((await signIn("squatted", owner)).status).toBe(302);
    const ours = callApi(server.url, (await addOrganization(server, "Ours")).key);
    const invited = (await ours("POST", "/invitations", { email, role: "admin" })).body.invitation;
    expect((await owner.ask("POST", "/invitations/accept", { token: invited.token })).status).toBe(200);

    expect((await squatter.ask("GET", "/users/me")).status).toBe(401);
    expect((await openBrowser(server.url).signIn(email, chosen)).status).toBe(401);
    const { audit_logs } = (await theirs("GET", "/audit_logs?search=subtype%3A%27openid_linked%27")).body;
    expect(audit_logs).toMatchObject([{ type: "user", after: { had_password: true, had_totp: false } }]);

    // Once: a password that the operator gives later stays.
    const { password } = JSON.parse(await operate(server, "users", "reset-password", email));
    expect((await signIn("squatted", openBrowser(server.url))).status).toBe(302);
    expect((await openBrowser(server.url).signIn(email, password)).status).toBe(200);
  });

  it.each([
    { who: "stranger", says: "has no account here" },
    { who: "unverified", says: "no verified e-mail" },
  ])("lets $who not in", async ({ who, says }) => {
    const browser = openBrowser(server.url);
    const answer = await signIn(who, browser);
    expect(answer.status).toBe(403);
    expect(answer.body.errors.detail).toContain(says);
    expect((await browser.ask("GET", "/users/me")).status).toBe(401);
  });

  it("refuses a state that isn't the browser's, and a code that was used", async () => {
    const browser = openBrowser(server.url);
    const forged = await signIn("ada", browser, (callback) => callback.searchParams.set("state", "forged"));
    expect(forged.status).toBe(403);
    // Somebody else's answer, sent into a browser that never asked.
    let stolen = "";
    await signIn("ada", openBrowser(server.url), (callback) => {
      stolen = callback.href;
    });
    const victim = openBrowser(server.url);
    expect((await victim.ask("GET", stolen)).status).toBe(403);
    await start(victim);
    expect((await victim.ask("GET", stolen)).status).toBe(403);
    expect((await victim.ask("GET", "/users/me")).status).toBe(401);
  });
});

it("without a provider there is none to sign in at", async () => {
  const plain = await startTestServer();
  expect((await callApi(plain.url, "")("GET", "/users/oidc/start")).status).toBe(404);
  await plain.stop();
});

it("a provider that can't be reached is said to be that", async () => {
  const lonely = await startTestServer({ PERIDIO_OIDC_ISSUER: "http://127.0.0.1:1", PERIDIO_OIDC_CLIENT_ID: "x" });
  const answer = await callApi(lonely.url, "")("GET", "/users/oidc/start");
  expect(answer.status).toBe(503);
  expect(answer.body.errors.detail).toContain("can't be reached");
  await lonely.stop();
});
