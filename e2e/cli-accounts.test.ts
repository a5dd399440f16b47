import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, makeBinary } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { peridioOf } from "./support/peridio.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";
import { until } from "./support/until.ts";

let server: TestServer;
let receiver: Receiver;
let api: Api;
let peridio: ReturnType<typeof peridioOf>;

beforeAll(async () => {
  server = await startTestServer({ PERIDIO_WEBHOOK_ALLOW_PRIVATE: "true" });
  receiver = await startReceiver();
  api = callApi(server.url);
  peridio = peridioOf(server);
});
afterAll(async () => {
  await server.stop();
  await receiver.stop();
});

/** What a command prints, as JSON. */
async function json(...words: string[]) {
  const { code, stdout, stderr } = await peridio(...words);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return stdout === "" ? null : JSON.parse(stdout);
}

describe("peridio", () => {
  it("usage shows what is used and allowed, as JSON and as a table", async () => {
    await makeBinary(api, randomBytes(10));
    expect((await json("usage")).usage.binaries).toEqual({ used: 1, allowed: null });
    const table = await peridio("usage", "--output", "table");
    expect(table.stdout).toMatch(/binaries\s+\{"used":1,"allowed":null\}/);
  });

  it("organizations update sets the rules of signing", async () => {
    const { organization_prn } = (await api("GET", "/users/me")).body.data;
    const rules = ["--separate-signer", "true", "--required-signatures", "2"];
    const { organization } = await json("organizations", "update", "--prn", organization_prn, ...rules);
    expect(organization).toMatchObject({ separate_signer: true, required_signatures: 2 });
    await json(
      "organizations",
      "update",
      "--prn",
      organization_prn,
      "--separate-signer",
      "false",
      "--required-signatures",
      "1",
    );
    const wrong = await peridio("organizations", "update", "--prn", organization_prn, "--required-signatures", "11");
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("API Error (422): required_signatures must be at most 10; got 11");
  });

  it("api-keys rotate prints the new value", async () => {
    const { api_key } = await json("api-keys", "create", "--name", "ci", "--scopes", "binaries:read");
    const rotated = await json("api-keys", "rotate", "--prn", api_key.prn, "--overlap-seconds", "0");
    expect(rotated.api_key.value).not.toBe(api_key.value);
    expect((await callApi(server.url, rotated.api_key.value)("GET", "/users/me")).status).toBe(200);
    expect((await callApi(server.url, api_key.value)("GET", "/users/me")).status).toBe(401);
  });

  it("invitations and org-users manage people", async () => {
    const { invitation } = await json("invitations", "create", "--email", "ada@example.com", "--role", "developer");
    expect(invitation.url).toContain(`${server.url}/invite#`);
    expect((await json("invitations", "list")).invitations).toHaveLength(1);
    const accepted = { token: invitation.token, username: "ada", password: "four words for this test" };
    expect((await callApi(server.url, "")("POST", "/invitations/accept", accepted)).status).toBe(200);
    const [ada] = (await json("org-users", "list", "--email", "ada@example.com")).org_users;
    const { org_user } = await json("org-users", "update", "--prn", ada.prn, "--role", "signer");
    expect(org_user.role).toBe("signer");
    expect((await peridio("org-users", "list", "--output", "table")).stdout).toMatch(/ada@example\.com\s+ada\s+signer/);
    const king = await peridio("org-users", "update", "--prn", ada.prn, "--role", "king");
    expect([king.code, king.stderr.includes("Allowed choices are admin, developer, signer, viewer")]).toEqual([
      2,
      true,
    ]);
    expect(await json("org-users", "delete", "--prn", ada.prn)).toBeNull();
    expect(await json("invitations", "delete", "--prn", invitation.prn)).toBeNull();
  });

  it("webhooks, webhook-deliveries and events tell what happened", async () => {
    const events = ["--enabled-events", "binary.created,binary.hash-failed"];
    const { webhook } = await json("webhooks", "create", "--url", receiver.url, "--description", "for CI", ...events);
    expect(webhook).toMatchObject({ state: "enabled", enabled_events: ["binary.created", "binary.hash_failed"] });
    expect((await json("webhooks", "test-fire", "--prn", webhook.prn)).event.data.type).toBe("test_fire");
    const binary = await makeBinary(api, randomBytes(10));
    const [delivery] = await until("the delivery", async () => {
      const words = ["--webhook-prn", webhook.prn, "--state", "delivered", "--event-type", "binary.created"];
      const { webhook_deliveries } = await json("webhook-deliveries", "list", ...words);
      return webhook_deliveries.length > 0 && webhook_deliveries;
    });
    expect((await json("webhook-deliveries", "get", "--prn", delivery.prn)).webhook_delivery.log).toHaveLength(1);
    expect((await json("webhook-deliveries", "redeliver", "--prn", delivery.prn)).webhook_delivery.state).toBe(
      "pending",
    );
    const listed = await json("events", "list", "--type", "binary", "--subtype", "created", "--resource-prn", binary);
    expect(listed.events).toHaveLength(1);
    expect((await peridio("events", "list", "--output", "table")).stdout).toMatch(/^prn\s+.*type\s+event_subtype/);
    const rolled = await json("webhooks", "roll-secret", "--prn", webhook.prn, "--webhook-ttl", "60");
    expect(rolled.webhook.secret).not.toBe(webhook.secret);
    expect((await json("webhooks", "update", "--prn", webhook.prn, "--state", "disabled")).webhook.state).toBe(
      "disabled",
    );
    expect((await json("webhooks", "list", "--search", "state:'disabled'")).webhooks).toHaveLength(1);
    expect(await json("webhooks", "delete", "--prn", webhook.prn)).toBeNull();
    const gone = await peridio("webhooks", "get", "--prn", webhook.prn);
    expect([gone.code, gone.stderr]).toEqual([
      1,
      `API Error (404): there is no webhook '${webhook.prn}' in this organization\n`,
    ]);
  });

  it.each([
    "usage",
    "audit verify",
    "webhooks create",
    "webhook-deliveries redeliver",
    "events list",
    "org-users update",
  ])("%s --help has an example", async (command) => {
    const { code, stdout } = await peridio(...command.split(" "), "--help");
    expect(code).toBe(0);
    expect(stdout).toContain(`Example:\n  peridio ${command}`);
  });
});
