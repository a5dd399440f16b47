import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { openBrowser } from "./support/person.ts";
import { contradictions } from "./support/stored.ts";

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
});
afterAll(async () => {
  expect(contradictions(server)).toEqual([]);
  await server.stop();
});

const invite = async (email: string, role = "viewer") =>
  (await api("POST", "/invitations", { email, role })).body.invitation as { token: string; prn: string };
const memberPrn = async (username: string) =>
  (await api("GET", `/org_users?search=username%3A%27${username}%27`)).body.org_users[0].prn as string;
const accept = (body: object) => openBrowser(server.url).ask("POST", "/invitations/accept", body);

describe("somebody who was removed", () => {
  it("can be invited again, and comes back by the password of the account alone", async () => {
    const email = "again@example.com";
    const password = "there and back again";
    await accept({ token: (await invite(email)).token, username: "again", password });
    expect((await api("DELETE", `/org_users/${await memberPrn("again")}`)).status).toBe(204);
    expect((await openBrowser(server.url).signIn(email, password)).status).toBe(403);

    const { token } = await invite(email, "signer");
    expect((await accept({ token })).status).toBe(403);
    expect((await accept({ token, password: "not the password" })).status).toBe(401);
    expect((await accept({ token, username: "other", password })).status).toBe(403);
    expect((await accept({ token, password })).status).toBe(200);
    expect((await openBrowser(server.url).signIn(email, password)).status).toBe(200);
    const { org_users } = (await api("GET", "/org_users?search=username%3A%27again%27")).body;
    expect(org_users).toMatchObject([{ email, role: "signer" }]);
  });
});

describe("an admin who is removed", () => {
  it("leaves no invitation behind that leads back in", async () => {
    const email = "leaver@example.com";
    const password = "one more way back in";
    await accept({ token: (await invite(email, "admin")).token, username: "leaver", password });
    const browser = openBrowser(server.url);
    await browser.signIn(email, password);
    const body = { email: "second-self@example.com", role: "admin" };
    const { token } = (await browser.ask("POST", "/invitations", body)).body.invitation;
    const others = await invite("innocent@example.com");
    expect((await api("DELETE", `/org_users/${await memberPrn("leaver")}`)).status).toBe(204);
    expect((await accept({ token, username: "second-self", password })).status).toBe(422);
    expect((await accept({ token: others.token, username: "innocent", password })).status).toBe(200);
  });
});

describe("signing in", () => {
  it.each([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://evil.example" },
  ])("is not begun by a page of another site: %o", async (headers) => {
    const answer = await openBrowser(server.url).ask(
      "POST",
      "/users/auth",
      { email: "again@example.com", password: "there and back again" },
      headers as Record<string, string>,
    );
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it("works for a program that is no browser", async () => {
    const body = { email: "again@example.com", password: "there and back again" };
    expect((await callApi(server.url, "")("POST", "/users/auth", body)).status).toBe(200);
  });
});
