import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Api, callApi, makeBinary, makeVersion, sha256 } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { openOpenssl } from "./support/openssl.ts";
import { query, writtenOrder } from "./support/query.ts";
import { makeRandom } from "./support/random.ts";
import { type Received, type Receiver, startReceiver } from "./support/receiver.ts";
import { contradictions } from "./support/stored.ts";
import { until } from "./support/until.ts";

const settings = { PERIDIO_WEBHOOK_ALLOW_PRIVATE: "true" };

let server: TestServer;
let api: Api;
let receiver: Receiver;
const openssl = openOpenssl();

beforeAll(async () => {
  server = await startTestServer(settings);
  api = callApi(server.url);
});
afterAll(async () => {
  expect(contradictions(server)).toEqual([]);
  await server.stop();
  openssl.remove();
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());

const binaryEvents = ["binary.created", "binary.destroyed", "binary.deleted"];

async function create(enabled_events = binaryEvents, call = api) {
  const answer = await call("POST", "/webhooks", { url: receiver.url, enabled_events });
  expect(answer.status).toBe(201);
  return answer.body.webhook as { prn: string; secret: string; state: string; enabled_events: string[] };
}

/** As openssl computes it. */
function hmac(text: string, hexKey: string): string {
  openssl.write("text", text);
  openssl.run(`dgst -sha256 -mac HMAC -macopt hexkey:${hexKey} -out mac text`);
  return openssl.read("mac").toString().trim().split("= ")[1]!.toUpperCase();
}

function expectSigned({ headers, text }: Received, secrets: string[]): void {
  const signed = `${headers["peridio-published-at"]}${text}`;
  const expected: string[] = [];
  for (const secret of secrets) {
    expected.push(hmac(signed, secret));
    expected.push(hmac(secret, Buffer.from(signed).toString("hex")));
  }
  expect(headers["peridio-signature"]).toBe(expected.join(","));
}

describe("a webhook", () => {
  it("is tried before it is made, and shows its secret once", async () => {
    const webhook = await create(["binary.signed", "binary.hash-failed"]);
    expect(webhook).toMatchObject({ state: "enabled", enabled_events: ["binary.hash_failed", "binary.signed"] });
    expect(webhook.secret).toMatch(/^[0-9A-F]{32}$/);
    expect(receiver.received).toHaveLength(1);
    const [test] = receiver.received;
    expect(test!.body).toMatchObject({ version: 1, type: "webhook", data: { type: "test_fire" } });
    expect(test!.body.data.data).toEqual({ webhook_prn: webhook.prn });
    expectSigned(test!, [webhook.secret]);
    expect((await api("GET", `/webhooks/${webhook.prn}`)).body.webhook).not.toHaveProperty("secret");
    expect(JSON.stringify(query(server, "select * from webhooks"))).not.toContain(webhook.secret);
    expect(JSON.stringify(query(server, "select * from audit_logs"))).not.toContain(webhook.secret);
  });

  it("is refused when its URL doesn't answer with 200", async () => {
    receiver.answer = () => 204;
    const answer = await api("POST", "/webhooks", { url: receiver.url });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.url[0]).toBe("must answer a test event with 200; it failed: answered 204, not 200");
    expect(
      (await api("GET", "/webhooks?limit=100")).body.webhooks.map(({ url }: { url: string }) => url),
    ).not.toContain(receiver.url);
  });

  it("tells what it wants to be told, and nothing else", async () => {
    const { secret } = await create(["binary.created"]);
    const prn = await makeBinary(api, randomBytes(10));
    await api("DELETE", `/binaries/${prn}`);
    await until("the event", () => receiver.events().length > 0);
    await pause(500);
    expect(receiver.events()).toHaveLength(1);
    const [event] = receiver.events();
    expect(event!.body).toMatchObject({
      version: 1,
      type: "binary",
      data: { type: "created", data: { to: "uploadable" } },
    });
    expectSigned(event!, [secret]);
    const { events } = (await api("GET", `/events?resource_prn=${prn}`)).body;
    expect(events.map(({ prn }: { prn: string }) => prn)).toContain(event!.body.prn);
  });

  it("signs with both secrets while one is rolled, and only until then", async () => {
    const { prn, secret: old } = await create();
    const rolled = await api("POST", `/webhooks/${prn}/roll_secret`, { webhook_ttl: 8 });
    const { secret } = rolled.body.webhook;
    expect(secret).not.toBe(old);
    await makeBinary(api, randomBytes(10));
    await until("the event", () => receiver.events().length === 1);
    expectSigned(receiver.events()[0]!, [secret, old]);
    await until("the end", () => new Date().toISOString() > rolled.body.webhook.previous_secret_expires_at);
    await makeBinary(api, randomBytes(10));
    await until("the event", () => receiver.events().length === 2);
    expectSigned(receiver.events()[1]!, [secret]);
    // As the official CLI and SDK call it: without a body.
    expect((await api("POST", `/webhooks/${prn}/roll_secret`)).status).toBe(200);
  });

  it("is sent a test event on request, while it is enabled", async () => {
    const { prn } = await create([]);
    const fired = await api("POST", `/webhooks/${prn}/test_fire`);
    expect(fired.status).toBe(200);
    expect(fired.body.event).toMatchObject({
      version: 1,
      type: "webhook",
      data: { type: "test_fire", data: { webhook_prn: prn } },
    });
    await until("the test event", () => receiver.received.some(({ body }) => body.prn === fired.body.event.prn));
    await api("PATCH", `/webhooks/${prn}`, { state: "disabled" });
    const refused = await api("POST", `/webhooks/${prn}/test_fire`);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toHaveProperty("state");
  });

  it("is tried again when it is enabled, and when its URL changes", async () => {
    const { prn } = await create();
    await api("PATCH", `/webhooks/${prn}`, { state: "disabled" });
    receiver.answer = () => 500;
    expect((await api("PATCH", `/webhooks/${prn}`, { state: "enabled" })).status).toBe(422);
    expect((await api("GET", `/webhooks/${prn}`)).body.webhook.state).toBe("disabled");
    receiver.answer = () => 200;
    expect((await api("PATCH", `/webhooks/${prn}`, { state: "enabled" })).status).toBe(200);
    expect((await api("PATCH", `/webhooks/${prn}`, { url: "http://127.0.0.1:1/" })).status).toBe(422);
    expect((await api("GET", `/webhooks/${prn}`)).body.webhook.url).toBe(receiver.url);
  });

  it("keeps a log of every attempt, and delivers again on request", async () => {
    const { prn } = await create();
    receiver.answer = () => (receiver.events().length === 1 ? 503 : 200);
    await makeBinary(api, randomBytes(10));
    await until("the retry", () => receiver.events().length === 2);
    const search = new URLSearchParams({ search: `webhook_prn:'${prn}'` });
    const delivered = await until("the delivery", async () => {
      const { webhook_deliveries } = (await api("GET", `/webhook_deliveries?${search}`)).body;
      return webhook_deliveries.find(({ state }: { state: string }) => state === "delivered");
    });
    const { webhook_delivery } = (await api("GET", `/webhook_deliveries/${(delivered as { prn: string }).prn}`)).body;
    expect(webhook_delivery).toMatchObject({ attempts: 2, event_type: "binary.created", last_status: 200 });
    expect(webhook_delivery.log).toMatchObject([
      { status: 503, error: "answered 503, not 200", response: "thank you" },
      { status: 200, error: null },
    ]);
    const failures = (await api("GET", `/events?type=webhook&subtype=request_failed&resource_prn=${prn}`)).body.events;
    expect(failures[0].data.data).toEqual({ type: "response_status", data: { webhook: { prn }, status: 503 } });
    expect((await api("POST", `/webhook_deliveries/${webhook_delivery.prn}/redeliver`)).status).toBe(200);
    await until("once more", () => receiver.events().length === 3);
    expect(receiver.events()[2]!.text).toBe(receiver.events()[0]!.text);
  });

  it("is told of other resources while one that fails holds up its own events", async () => {
    await create();
    const stuck = await makeBinary(api, randomBytes(10));
    await until("the first", () => receiver.events().length === 1);
    const first = receiver.events()[0]!.body.prn;
    const about = (prn: string) => query<{ id: string }>(server, "select id from events where resource_prn = ?", prn);
    receiver.answer = ({ body }) => (about(stuck).some(({ id }) => body.prn.endsWith(id)) ? 500 : 200);
    await api("PATCH", `/binaries/${stuck}`, { state: "destroyed" });
    const others = await Promise.all(Array.from({ length: 5 }, () => makeBinary(api, randomBytes(10))));
    for (const prn of others) await api("DELETE", `/binaries/${prn}`);
    const deleted = () => receiver.events().filter(({ body }) => body.data.type === "deleted");
    await until("all of the others", () => deleted().length === 5);
    expect(receiver.events().filter(({ body }) => body.prn === first)).toHaveLength(1);
    const search = new URLSearchParams({ search: `resource_prn:'${stuck}' and state:'pending'` });
    expect((await api("GET", `/webhook_deliveries?${search}`)).body.webhook_deliveries.length).toBeGreaterThan(0);
  });

  it("that is disabled keeps what it wasn't told, and gets it when it is enabled", async () => {
    const { prn } = await create();
    receiver.answer = () => 500;
    await makeBinary(api, randomBytes(10));
    await until("the failure", () => receiver.events().length === 1);
    await api("PATCH", `/webhooks/${prn}`, { state: "disabled" });
    receiver.answer = () => 200;
    await makeBinary(api, randomBytes(10));
    await api("PATCH", `/webhooks/${prn}`, { state: "enabled" });
    await until("the delivery", () => receiver.events().length === 2);
    await pause(500);
    // What happened while it was disabled is not for it.
    expect(new Set(receiver.events().map(({ body }) => body.prn)).size).toBe(1);
  });

  it("takes with it what it wasn't told when it is deleted", async () => {
    const { prn } = await create();
    receiver.answer = () => 500;
    await makeBinary(api, randomBytes(10));
    await until("the failure", () => receiver.events().length === 1);
    expect((await api("DELETE", `/webhooks/${prn}`)).status).toBe(204);
    expect((await api("GET", `/webhooks/${prn}`)).status).toBe(404);
    expect(query(server, "select * from webhook_deliveries where webhook_id = ?", prn.split(":").at(-1)!)).toEqual([]);
  });
});

describe("a webhook's URL", () => {
  it.each([
    "http://example.com/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://169.254.169.254/latest/meta-data",
    "https://localhost/",
    `https://example.com/${"x".repeat(1_028)}`,
  ])("is not %s, unless this is for development", async (url) => {
    const strict = await startTestServer();
    const answer = await callApi(strict.url)("POST", "/webhooks", { url });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.url[0]).toMatch(/must|at most/);
    await strict.stop();
  });
});

it("a webhook that only fails is disabled after a while, and an event tells it", async () => {
  const other = await startTestServer({ ...settings, PERIDIO_WEBHOOK_RETRY_TIME: "4" });
  const call = callApi(other.url);
  const { prn } = await create(binaryEvents, call);
  receiver.answer = () => 500;
  await makeBinary(call, randomBytes(10));
  const { webhook } = await until("disabled", async () => {
    const { body } = await call("GET", `/webhooks/${prn}`);
    return body.webhook.state === "disabled" ? body : null;
  });
  expect(webhook.disabled_reason).toMatch(/^nothing got through since .*; the last attempt: answered 500, not 200$/);
  const { events } = (await call("GET", "/events?type=webhook&subtype=disabled")).body;
  expect(events[0].resource_prn).toBe(prn);
  const count = receiver.received.length;
  await makeBinary(call, randomBytes(10));
  await pause(1_000);
  expect(receiver.received).toHaveLength(count);
  await other.stop();
});

describe("kill -9", () => {
  it("loses no event and reorders none of a resource", async () => {
    const random = makeRandom();
    console.log(`E2E_SEED=${random.seed}`);
    const victim = await startTestServer(settings);
    const call = callApi(victim.url);
    await create(binaryEvents, call);
    const version = await makeVersion(call);
    // A receiver that is slow now and then, and fails now and then.
    receiver.answer = async () => {
      await pause(random.between(0, 30));
      return random.between(0, 9) === 0 ? 500 : 200;
    };
    let up = Promise.resolve();
    const crash = async () => {
      await victim.kill();
      await victim.start();
    };
    /** Again until the server says yes, or that it was done before. */
    const insist = async (method: string, path: string, body: object | undefined, done: number[]) => {
      for (;;) {
        await up;
        const answer = await call(method, path, body).catch(() => null);
        if (answer && done.includes(answer.status)) return answer;
        await pause(20);
      }
    };
    const { organization_prn } = (await call("GET", "/users/me")).body.data;
    const ids = Array.from({ length: 40 }, () => randomUUID());
    const bringUpAndDown = async (id: string, number: number) => {
      const prn = `${organization_prn}:binary:${id}`;
      const body = {
        id,
        artifact_version_prn: version,
        target: `device-${number}`,
        hash: sha256(Buffer.from("x")),
        size: 1,
      };
      await insist("POST", "/binaries", body, [201, 422]);
      await pause(random.between(0, 300));
      await insist("DELETE", `/binaries/${prn}`, undefined, [204, 404]);
    };
    const work = Promise.all(ids.map(bringUpAndDown));
    for (let crashes = 0; crashes < 5; crashes++) {
      await pause(random.between(100, 400));
      up = crash();
      await up;
    }
    await work;

    const expected = query<{ id: string }>(
      victim,
      `select id from events where type = 'binary' order by ${writtenOrder(server)}`,
    );
    expect(expected).toHaveLength(2 * ids.length);
    await until(
      "every event",
      () => new Set(receiver.events().map(({ body }) => body.prn)).size === expected.length,
      120,
    );
    // By resource, the first arrivals are in the order of the events.
    const order = new Map(expected.map(({ id }, at) => [id, at]));
    const resources = new Map(
      query<{ id: string; resource_prn: string }>(victim, "select id, resource_prn from events").map((row) => [
        row.id,
        row.resource_prn,
      ]),
    );
    const last = new Map<string, number>();
    for (const { body } of receiver.events()) {
      const id = (body.prn as string).split(":").at(-1)!;
      const resource = resources.get(id)!;
      const position = order.get(id)!;
      expect(position, `an event of ${resource} after a later one`).toBeGreaterThanOrEqual(last.get(resource) ?? -1);
      last.set(resource, position);
    }
    expect(last.size).toBe(ids.length);
    expect(contradictions(victim)).toEqual([]);
    await victim.stop();
  });
});

describe("GET /events", () => {
  it("filters by time, actor, resource, type and subtype, and pages", async () => {
    const before = new Date().toISOString();
    const prn = await makeBinary(api, randomBytes(10));
    await api("DELETE", `/binaries/${prn}`);
    const ask = async (filters: Record<string, string>) =>
      (await api("GET", `/events?${new URLSearchParams(filters)}`)).body;
    const all = await ask({ resource_prn: prn });
    expect(all.events.map(({ event_subtype }: { event_subtype: string }) => event_subtype)).toEqual([
      "deleted",
      "created",
    ]);
    const [deleted, created] = all.events;
    expect((await ask({ resource_prn: prn, subtype: "created" })).events).toEqual([created]);
    expect((await ask({ resource_prn: prn, type: "device" })).events).toEqual([]);
    expect((await ask({ resource_prn: prn, actor_prn: created.actor_prn })).events).toHaveLength(2);
    expect((await ask({ resource_prn: prn, actor_prn: prn })).events).toEqual([]);
    expect((await ask({ resource_prn: prn, inserted_at_gte: before })).events).toHaveLength(2);
    expect((await ask({ resource_prn: prn, inserted_at_lt: before })).events).toEqual([]);
    expect((await ask({ resource_prn: prn, inserted_at_lt: deleted.inserted_at })).events).toEqual([created]);
    const first = await ask({ resource_prn: prn, limit: "1", order: "asc" });
    expect(first.events).toEqual([created]);
    expect((await ask({ resource_prn: prn, limit: "1", page: first.next_page })).events).toEqual([deleted]);
  });

  it("refuses a time that isn't one", async () => {
    expect((await api("GET", "/events?inserted_at_gte=yesterday")).status).toBe(400);
    expect((await api("GET", "/events?inserted_at_gte=2026-02-30T00:00:00Z")).status).toBe(422);
  });
});
