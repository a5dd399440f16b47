import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { codeOfNow } from "./support/authenticator.ts";
import { operate } from "./support/operator.ts";
import { addOrganization } from "./support/organization.ts";
import { type Browser, openBrowser } from "./support/person.ts";
import { change as changeRows, databaseText, query } from "./support/query.ts";
import { contradictions } from "./support/stored.ts";
import { until } from "./support/until.ts";

const adminEmail = "ada@example.com";
const adminPassword = "analytical engine no 1";

let server: TestServer;
let api: Api;
let organization: string;

beforeAll(async () => {
  server = await startTestServer({
    PERIDIO_BOOTSTRAP_ADMIN_EMAIL: adminEmail,
    PERIDIO_BOOTSTRAP_ADMIN_PASSWORD: adminPassword,
  });
  api = callApi(server.url);
  organization = (await api("GET", "/users/me")).body.data.organization_prn;
});
afterAll(async () => {
  expect(contradictions(server)).toEqual([]);
  await server.stop();
});

let count = 0;

/** Somebody new with this role, signed in. */
async function join(role: string): Promise<{ browser: Browser; email: string; password: string; prn: string }> {
  const email = `person${++count}@example.com`;
  const password = `correct horse ${count} battery`;
  const { token } = (await api("POST", "/invitations", { email, role })).body.invitation;
  const browser = openBrowser(server.url);
  const accepted = await browser.ask("POST", "/invitations/accept", { token, username: `person${count}`, password });
  expect(accepted.status).toBe(200);
  const { org_users } = (await api("GET", `/org_users?search=email%3A%27${email}%27`)).body;
  return { browser, email, password, prn: org_users[0].prn };
}

/** What would take days to happen by itself. */
const change = (sql: string, ...values: string[]) => changeRows(server, sql, ...values);

const me = (browser: Browser) => browser.ask("GET", "/users/me");
const audited = async (search: string) =>
  (await api("GET", `/audit_logs?${new URLSearchParams({ search, limit: "100" })}`)).body.audit_logs;

describe("the first start", () => {
  it("makes an admin with the password of the setting, or with one that is printed once", async () => {
    const browser = openBrowser(server.url);
    const answer = await browser.signIn(adminEmail, adminPassword);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ data: { email: adminEmail, username: "admin", organization_prn: organization } });
    expect(server.output()).not.toContain(adminPassword);

    const other = await startTestServer();
    const password = /password\s+(\S+)\n/;
    // It may answer before what it printed has come through the pipe.
    await until("the password is printed", () => password.test(other.output()));
    const printed = password.exec(other.output())![1]!;
    expect((await openBrowser(other.url).signIn("admin@localhost", printed)).status).toBe(200);
    await other.kill();
    const length = other.output().length;
    await other.start();
    expect(other.output().slice(length)).not.toContain("password");
    await other.stop();
  });
});

describe("a session", () => {
  it("is a cookie that scripts and other sites don't get, and works like a key", async () => {
    const browser = openBrowser(server.url);
    await browser.signIn(adminEmail, adminPassword);
    expect(browser.setCookies).toHaveLength(1);
    expect(browser.setCookies[0]).toMatch(
      /^peridio_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/,
    );
    expect((await me(browser)).body.data.email).toBe(adminEmail);
    expect((await browser.ask("GET", "/api_keys")).status).toBe(200);
    const created = await browser.ask("POST", "/artifacts", { name: "by a person" });
    expect(created.status).toBe(201);
    const [entry] = await audited(`resource_prn:'${created.body.artifact.prn}'`);
    expect(entry.actor_prn).toMatch(/^prn:1:user:/);
    expect(entry.actor_name).toBe("admin");
  });

  it("is stored as a hash, and so is the password", async () => {
    const browser = openBrowser(server.url);
    await browser.signIn(adminEmail, adminPassword);
    const all = JSON.stringify([query(server, "select * from user_sessions"), query(server, "select * from users")]);
    expect(all).not.toContain(browser.cookies.get("peridio_session"));
    expect(all).not.toContain(adminPassword);
    expect(all).toContain("scrypt$65536$8$2$");
  });

  it("is another one after each sign-in, and the one before is over", async () => {
    const browser = openBrowser(server.url);
    await browser.signIn(adminEmail, adminPassword);
    const first = browser.cookies.get("peridio_session")!;
    await browser.signIn(adminEmail, adminPassword);
    const second = browser.cookies.get("peridio_session")!;
    expect(second).not.toBe(first);
    browser.cookies.set("peridio_session", first);
    expect((await me(browser)).status).toBe(401);
  });

  it("ends with sign-out, and can be seen and ended from another one", async () => {
    const { browser, email, password } = await join("viewer");
    const other = openBrowser(server.url);
    await other.signIn(email, password);
    const { sessions } = (await browser.ask("GET", "/users/me/sessions")).body;
    expect(sessions).toHaveLength(2);
    expect(sessions.map(({ current }: { current: boolean }) => current).sort()).toEqual([false, true]);
    const { id } = sessions.find(({ current }: { current: boolean }) => !current);
    expect((await browser.ask("DELETE", `/users/me/sessions/${id}`)).status).toBe(204);
    expect((await me(other)).status).toBe(401);
    const stranger = openBrowser(server.url);
    await stranger.signIn(adminEmail, adminPassword);
    const mine = sessions.find(({ current }: { current: boolean }) => current).id;
    expect((await stranger.ask("DELETE", `/users/me/sessions/${mine}`)).status).toBe(404);
    const token = browser.cookies.get("peridio_session")!;
    expect((await browser.ask("POST", "/users/sign_out")).status).toBe(204);
    expect(browser.cookies.size).toBe(0);
    browser.cookies.set("peridio_session", token);
    expect((await me(browser)).status).toBe(401);
  });

  it.each([
    { what: "a day without use", column: "last_seen_at" },
    { what: "seven days", column: "expires_at" },
  ])("ends after $what, and isn't listed any more", async ({ column }) => {
    const { browser, email, password } = await join("viewer");
    const other = openBrowser(server.url);
    await other.signIn(email, password);
    const list = async () => (await browser.ask("GET", "/users/me/sessions")).body.sessions;
    const { id } = (await list()).find(({ current }: { current: boolean }) => !current);
    change(`update user_sessions set ${column} = '2020-01-01T00:00:00.000000Z' where id = ?`, id);
    expect((await me(other)).status).toBe(401);
    expect(await list()).toMatchObject([{ current: true }]);
  });

  it.each([
    { what: "another site", headers: { origin: "https://evil.example" } },
    { what: "another site, as browsers say", headers: { "sec-fetch-site": "cross-site" } },
    { what: "a neighbour", headers: { "sec-fetch-site": "same-site" } },
    { what: "nowhere", headers: { origin: "null" } },
  ])("is not taken for a change that comes from $what", async ({ headers }) => {
    const browser = openBrowser(server.url);
    await browser.signIn(adminEmail, adminPassword);
    const before = (await api("GET", "/artifacts?limit=1")).body;
    const answer = await browser.ask("POST", "/artifacts", { name: "forged" }, headers as Record<string, string>);
    expect(answer.status).toBe(403);
    expect((await api("GET", "/artifacts?limit=1")).body).toEqual(before);
  });

  it("is for persons: a key can't do what needs one", async () => {
    expect((await api("GET", "/users/me/sessions")).status).toBe(403);
  });
});

describe("signing in", () => {
  it("works by user name, and says the same of a wrong password and of nobody", async () => {
    const { browser, password } = await join("viewer");
    const { username, email } = (await me(browser)).body.data;
    expect((await openBrowser(server.url).ask("POST", "/users/auth", { username, password })).status).toBe(200);
    const wrong = await openBrowser(server.url).signIn(email, "not the password");
    const nobody = await openBrowser(server.url).signIn("nobody@example.com", "not the password");
    expect(wrong.status).toBe(401);
    expect(nobody.body).toEqual(wrong.body);
    expect((await openBrowser(server.url).ask("POST", "/users/auth", { password })).status).toBe(422);
  });

  it("stands in the trail, whether it worked or not", async () => {
    const { browser, email, password } = await join("viewer");
    await browser.signIn(email, "not the password");
    await browser.signIn(email, password);
    const entries = await audited(`type:'user' and actor_name:'${(await me(browser)).body.data.username}'`);
    expect(entries.map(({ subtype, result }: Record<string, string>) => `${subtype} ${result}`).slice(0, 2)).toEqual([
      "signed_in done",
      "sign_in_failed failed",
    ]);
    expect(entries[1].actor_prn).toBeNull();
    expect(JSON.stringify(entries)).not.toContain("not the password");
  });
});

describe("a password", () => {
  it("can be changed by who knows it, which ends all other sessions", async () => {
    const { browser, email, password } = await join("developer");
    const other = openBrowser(server.url);
    await other.signIn(email, password);
    const change = (current_password: string, new_password: string) =>
      browser.ask("POST", "/users/me/password", { current_password, new_password });
    expect((await change("wrong password", "another long one")).body.errors).toHaveProperty("current_password");
    expect((await change(password, password)).status).toBe(422);
    expect((await change(password, "short")).body.errors.new_password[0]).toContain("12");
    expect((await change(password, "aaaaaaaaaaaaaaa")).status).toBe(422);
    expect((await change(password, `${email}1`)).status).toBe(422);
    expect((await change(password, "Password123456")).status).toBe(422);
    expect((await change(password, "difference engine no 2")).status).toBe(204);
    expect((await me(other)).status).toBe(401);
    expect((await me(browser)).status).toBe(200);
    expect((await other.signIn(email, password)).status).toBe(401);
    expect((await other.signIn(email, "difference engine no 2")).status).toBe(200);
  });
});

it("a sign-in that overlaps a change of the password leaves no session behind", async () => {
  const { browser, email, password } = await join("viewer");
  let old = password;
  for (let round = 0; round < 6; round++) {
    const next = `another one of many, ${round}`;
    const overlapping = Array.from({ length: 5 }, () => openBrowser(server.url));
    const [changed] = await Promise.all([
      browser.ask("POST", "/users/me/password", { current_password: old, new_password: next }),
      ...overlapping.map(async (other, place) => {
        // Spread, so that some are shown to be right just before the change and begin their session just after it.
        await setTimeout(place * 100 + round * 15);
        await other.signIn(email, old);
      }),
    ]);
    expect(changed.status).toBe(204);
    for (const other of overlapping) expect((await me(other)).status).toBe(401);
    old = next;
  }
});

describe("a second factor", () => {
  it("is asked for once it is confirmed, takes no code twice, and recovery codes once each", async () => {
    const { browser, email, password } = await join("developer");
    expect((await browser.ask("POST", "/users/me/totp", { password: "wrong password" })).status).toBe(422);
    const { secret, otpauth_url } = (await browser.ask("POST", "/users/me/totp", { password })).body.totp;
    expect(otpauth_url).toContain(`secret=${secret}`);
    expect(JSON.stringify(query(server, "select * from users"))).not.toContain(secret);
    expect((await openBrowser(server.url).signIn(email, password)).status).toBe(200);
    expect((await browser.ask("POST", "/users/me/totp/confirm", { otp: "000000" })).status).toBe(422);
    const used = codeOfNow(secret);
    const confirmed = await browser.ask("POST", "/users/me/totp/confirm", { otp: used });
    expect(confirmed.status).toBe(200);
    const codes = confirmed.body.recovery_codes as string[];
    expect(codes).toHaveLength(10);

    const without = await openBrowser(server.url).signIn(email, password);
    expect(without.status).toBe(401);
    expect(without.body.errors.code).toBe("otp_required");
    expect((await openBrowser(server.url).signIn(email, "wrong password", codeOfNow(secret, 1))).status).toBe(401);
    expect((await openBrowser(server.url).signIn(email, password, used)).status).toBe(401);
    expect((await openBrowser(server.url).signIn(email, password, codeOfNow(secret, 1))).status).toBe(200);
    expect((await openBrowser(server.url).signIn(email, password, codes[0])).status).toBe(200);
    expect((await openBrowser(server.url).signIn(email, password, codes[0])).status).toBe(401);
    // Twice at the same time counts once.
    const twice = await Promise.all([1, 2].map(() => openBrowser(server.url).signIn(email, password, codes[1])));
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await browser.ask("POST", "/users/me/totp/disable", { password })).status).toBe(204);
    expect((await openBrowser(server.url).signIn(email, password)).status).toBe(200);
  });
});

describe("an invitation", () => {
  it("is a link that works once, for the one who was invited", async () => {
    const created = (await api("POST", "/invitations", { email: "Eve@Example.com", role: "signer" })).body.invitation;
    expect(created.url).toBe(`${server.url}/invite#${created.token}`);
    expect((await (await fetch(created.url)).text()).includes("Accept your invitation")).toBe(true);
    expect(JSON.stringify(query(server, "select * from invitations"))).not.toContain(created.token);
    expect((await api("GET", `/invitations/${created.prn}`)).body.invitation).not.toHaveProperty("token");
    const accept = () =>
      openBrowser(server.url).ask("POST", "/invitations/accept", {
        token: created.token,
        username: "eve",
        password: "nobody knows this one",
      });
    const answers = await Promise.all([accept(), accept(), accept()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
    expect((await openBrowser(server.url).signIn("eve@example.com", "nobody knows this one")).status).toBe(200);
    const { org_users } = (await api("GET", "/org_users?search=username%3A%27eve%27")).body;
    expect(org_users).toMatchObject([{ email: "eve@example.com", role: "signer", has_totp: false }]);
    expect((await api("POST", "/invitations", { email: "eve@example.com", role: "viewer" })).status).toBe(409);
  });

  it("for somebody with an account is accepted by that account alone", async () => {
    const { browser, email } = await join("viewer");
    const other = await addOrganization(server, "Other");
    const theirs = callApi(server.url, other.key);
    const { token } = (await theirs("POST", "/invitations", { email, role: "admin" })).body.invitation;
    const stranger = await openBrowser(server.url).ask("POST", "/invitations/accept", {
      token,
      username: "thief",
      password: "a password for a thief",
    });
    expect(stranger.status).toBe(403);
    expect((await browser.ask("POST", "/invitations/accept", { token })).status).toBe(200);
    expect((await me(browser)).body.data.organization_prn).toBe(other.prn);
    const { organizations } = (await browser.ask("GET", "/users/me/organizations")).body;
    expect(organizations.map(({ role }: { role: string }) => role)).toEqual(["viewer", "admin"]);
    expect((await browser.ask("GET", "/api_keys")).status).toBe(200);
    const back = await browser.ask("POST", "/users/me/organization", { organization_prn: organization });
    expect(back.body.data.organization_prn).toBe(organization);
    expect((await browser.ask("GET", "/api_keys")).status).toBe(403);
    const third = await addOrganization(server, "Third");
    const refused = await browser.ask("POST", "/users/me/organization", { organization_prn: third.prn });
    expect(refused.status).toBe(422);
  });

  it("can be taken back, and expires", async () => {
    const body = { username: "late", password: "much too late for this" };
    const taken = (await api("POST", "/invitations", { email: "late@example.com", role: "viewer" })).body.invitation;
    expect((await api("DELETE", `/invitations/${taken.prn}`)).status).toBe(204);
    const accept = (token: string) => openBrowser(server.url).ask("POST", "/invitations/accept", { ...body, token });
    expect((await accept(taken.token)).body.errors.token[0]).toContain("is not that of an invitation");
    const { token, expires_at, inserted_at } = (
      await api("POST", "/invitations", { email: "late@example.com", role: "viewer" })
    ).body.invitation;
    expect(Date.parse(expires_at) - Date.parse(inserted_at)).toBe(7 * 86_400_000);
    change("update invitations set expires_at = '2020-01-01T00:00:00.000000Z' where email = 'late@example.com'");
    expect((await accept(token)).body.errors.token[0]).toContain("expired at");
  });
});

describe("a member", () => {
  it("has another role at once when it is changed, and none when removed", async () => {
    const { browser, prn } = await join("viewer");
    expect((await browser.ask("POST", "/artifacts", { name: "viewer's" })).status).toBe(403);
    expect((await api("PATCH", `/org_users/${prn}`, { role: "developer" })).body.org_user.role).toBe("developer");
    expect((await browser.ask("POST", "/artifacts", { name: "developer's" })).status).toBe(201);
    expect((await api("DELETE", `/org_users/${prn}`)).status).toBe(204);
    expect((await me(browser)).status).toBe(401);
  });

  it("who is the last admin stays one, even when two admins demote each other at once", async () => {
    const other = await startTestServer();
    const call = callApi(other.url);
    const { org_users } = (await call("GET", "/org_users")).body;
    const first = org_users[0].prn;
    expect((await call("PATCH", `/org_users/${first}`, { role: "viewer" })).status).toBe(409);
    expect((await call("DELETE", `/org_users/${first}`)).status).toBe(409);
    const { organization_prn } = (await call("GET", "/users/me")).body.data;
    await operate(other, "users", "create", "second@example.com", "admin", organization_prn);
    const second = (await call("GET", "/org_users?search=email%3A%27second%40example.com%27")).body.org_users[0].prn;
    const answers = await Promise.all(
      [first, second].map((prn) => call("PATCH", `/org_users/${prn}`, { role: "viewer" })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await other.stop();
  });
});

describe("whoever runs the server", () => {
  it("makes people, lists them, and gives new passwords", async () => {
    const made = JSON.parse(await operate(server, "users", "create", "op@example.com", "signer", organization));
    const browser = openBrowser(server.url);
    expect((await browser.signIn("op@example.com", made.password)).status).toBe(200);
    expect(await operate(server, "users", "list")).toContain('"email":"op@example.com"');
    expect(await operate(server, "organizations", "list")).toContain(organization);
    const { password } = JSON.parse(await operate(server, "users", "reset-password", "op@example.com"));
    expect((await me(browser)).status).toBe(401);
    expect((await browser.signIn("op@example.com", made.password)).status).toBe(401);
    expect((await browser.signIn("op@example.com", password)).status).toBe(200);
    await expect(operate(server, "users", "create", "x", "signer", organization)).rejects.toThrow("is not an e-mail");
    await expect(operate(server, "users", "create", "x@y.z", "king", organization)).rejects.toThrow("must be one of");
  });
});

it("no password and no session stands in the log or on the disk", () => {
  for (const text of [server.output(), databaseText(server)]) {
    expect(text).not.toContain(adminPassword);
    expect(text).not.toContain("correct horse 1 battery");
    expect(text).not.toMatch(/peridio_session=/);
  }
});
