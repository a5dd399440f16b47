import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Api, callApi, makeBinary } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { type RunningBackend, startBackend } from "./support/backend.ts";
import { listen, type Stream } from "./support/event-stream.ts";
import { operate } from "./support/operator.ts";
import { addOrganization } from "./support/organization.ts";
import { openBrowser } from "./support/person.ts";
import { change } from "./support/query.ts";
import { until } from "./support/until.ts";

/* Who listens is told by one server what was done at another, where there are two. */

const byKey = (key: string) => ({ authorization: `Bearer ${key}` });

describe.each(["sqlite+files", "postgres+shared-files"] as const)("events as they happen, on %s,", (kind) => {
  let directory: string;
  let backend: RunningBackend;
  let servers: TestServer[];
  let api: Api;
  /** The one that is listened to. */
  let told: TestServer;
  let organization: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "event-stream-"));
    backend = await startBackend(kind, directory);
    const count = kind === "sqlite+files" ? 1 : 2;
    servers = await Promise.all(Array.from({ length: count }, () => startTestServer({}, { backend })));
    api = callApi(servers[0]!.url);
    told = servers.at(-1)!;
    organization = (await api("GET", "/users/me")).body.data.organization_prn;
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await backend.remove();
    await rm(directory, { recursive: true, force: true });
  });

  async function open(headers: Record<string, string> = byKey(apiKey), query = ""): Promise<Stream> {
    const stream = await listen(told.url, headers, query);
    onTestFinished(() => stream.close());
    return stream;
  }

  /** The first sign of life says from where on one is told. */
  async function opened(...words: Parameters<typeof open>): Promise<Stream> {
    const stream = await open(...words);
    await until("the beginning", () => stream.lastId !== "");
    return stream;
  }

  const create = () => makeBinary(api, randomBytes(10));
  const resources = (stream: Stream) => stream.told.map(({ data }) => data.resource_prn as string);

  it("come with id and name, as `GET /events` shows them, and in order", async () => {
    const stream = await opened();
    expect(stream.status).toBe(200);
    expect(stream.headers["content-type"]).toBe("text/event-stream");
    expect(stream.headers["cache-control"]).toBe("no-store");
    expect(stream.text).toMatch(/^retry: \d+\n/);
    const made = [await create(), await create(), await create()];
    await until("three", () => stream.told.length === 3);
    expect(resources(stream)).toEqual(made);
    const { events } = (await api("GET", "/events?limit=3&order=desc")).body;
    expect(stream.told.map(({ data }) => data)).toEqual(events.reverse());
    for (const { id, event, data } of stream.told) {
      expect(event).toBe("binary.created");
      expect(data.prn).toBe(`${organization}:event:${id}`);
    }
  });

  it("are only those of a name or a resource, where one asks for that", async () => {
    const first = await create();
    const [ofFirst, resets, others] = await Promise.all([
      opened(undefined, `?resource_prn=${first}`),
      opened(undefined, "?type=binary.reset"),
      opened(undefined, "?type=release."),
    ]);
    // Before it moves on with what is told.
    const { lastId } = ofFirst;
    const second = await create();
    for (const prn of [first, second]) {
      expect((await api("DELETE", `/binaries/${prn}`)).status).toBe(204);
    }
    const third = await opened(undefined, `?last_event_id=${lastId}`);
    await until("all", () => third.told.length === 3 && ofFirst.told.length === 1);
    expect(ofFirst.told.map(({ event }) => event)).toEqual(["binary.deleted"]);
    expect([resets.told, others.told]).toEqual([[], []]);
  });

  it("are told once each, without a gap, to who loses the connection again and again", async () => {
    const whole = await opened();
    const ids: string[] = [];
    let lastId = whole.lastId;
    let done = false;
    const making = (async () => {
      const made: string[] = [];
      for (let count = 0; count < 40; count++) made.push(await create());
      done = true;
      return made;
    })();
    while (!done || ids.length < 40) {
      const stream = await opened({ ...byKey(apiKey), "last-event-id": lastId });
      const wanted = 1 + Math.floor(Math.random() * 6);
      await until("some", () => stream.told.length >= Math.min(wanted, 40 - ids.length));
      stream.close();
      ids.push(...stream.told.map(({ id }) => id));
      lastId = stream.lastId;
    }
    await until("all", () => whole.told.length === 40);
    expect(resources(whole)).toEqual(await making);
    expect(ids).toEqual(whole.told.map(({ id }) => id));
  });

  it("are told from the first one on to who asks for it, and from where a forgotten one was", async () => {
    const all = await opened(undefined, "?last_event_id=00000000-0000-0000-0000-000000000000");
    await create();
    const { events } = (await api("GET", "/events?limit=100&order=asc")).body;
    await until("all", () => all.told.length === events.length);
    expect(all.told.map(({ data }) => data)).toEqual(events);
    const [forgotten, next] = all.told.slice(-2) as [Stream["told"][0], Stream["told"][0]];
    change(told, "delete from events where id = ?", forgotten.id);
    const back = await opened(undefined, `?last_event_id=${forgotten.id}`);
    await until("the next", () => back.told.length === 1);
    expect(back.told[0]!.id).toBe(next.id);
  });

  it("are never those of another organization", async () => {
    const { key, prn: stranger } = await addOrganization(servers[0]!, "Strangers");
    const ours = await opened();
    const theirs = await opened({ ...byKey(key), "last-event-id": ours.lastId });
    const fromTheStart = await opened(byKey(key), "?last_event_id=00000000-0000-0000-0000-000000000000");
    const prn = await create();
    const strange = await makeBinary(callApi(servers[0]!.url, key), randomBytes(10));
    await until(
      "both",
      () => ours.told.length === 1 && [theirs, fromTheStart].every((one) => resources(one).includes(strange)),
    );
    expect(resources(ours)).toEqual([prn]);
    for (const one of [theirs, fromTheStart]) {
      expect(resources(one).filter((resource) => !resource.startsWith(`${stranger}:`))).toEqual([]);
    }
    const without = (await api("POST", "/api_keys", { name: "blind", scopes: ["binaries:read"] })).body.api_key;
    expect((await open(byKey(without.value))).status).toBe(403);
  });

  it("end for a key that is revoked, and for a session that is over or in another organization", async () => {
    const { value, prn } = (await api("POST", "/api_keys", { name: "short", scopes: ["events:read"] })).body.api_key;
    const other = (await addOrganization(servers[0]!, "Elsewhere")).prn;
    const password = JSON.parse(
      await operate(servers[0]!, "users", "create", "ann@example.com", "viewer", organization),
    );
    await operate(servers[0]!, "users", "create", "ann@example.com", "viewer", other);
    const [leaving, moving, staying] = [openBrowser(told.url), openBrowser(told.url), openBrowser(told.url)];
    const streams = [await opened(byKey(value))];
    for (const browser of [leaving, moving, staying]) {
      expect((await browser.signIn("ann@example.com", password.password)).status).toBe(200);
      streams.push(await opened({ cookie: [...browser.cookies].map((pair) => pair.join("=")).join("; ") }));
    }
    expect((await api("PATCH", `/api_keys/${prn}`, { revoked: true })).status).toBe(200);
    expect((await leaving.ask("POST", "/users/sign_out")).status).toBe(204);
    expect((await moving.ask("POST", "/users/me/organization", { organization_prn: other })).status).toBe(200);
    const [key, left, moved, stays] = streams as [Stream, Stream, Stream, Stream];
    await until("the ends", () => key.over && left.over && moved.over);
    expect(stays.over).toBe(false);
    expect((await open(byKey(value))).status).toBe(401);
  });

  it("are cut off for who doesn't take them, who comes back to where that was", async () => {
    const slow = await opened();
    const before = slow.lastId;
    slow.pause();
    const [, owner] = organization.split(":").slice(1) as [string, string];
    const filler = "x".repeat(4_000);
    const ids: string[] = [];
    // More than the kernel holds for a connection.
    for (let batch = 0; batch < 40; batch++) {
      const some = Array.from({ length: 100 }, () => {
        ids.push(`ffffffff-0000-7000-8000-${String(ids.length).padStart(12, "0")}`);
        return `('${owner}', '${ids.at(-1)}', 'test', 'filled', '${organization}', '{"x":"${filler}"}', '2026-01-01T00:00:00.000000Z')`;
      });
      const columns = "organization_id, id, type, subtype, resource_prn, data, inserted_at";
      change(told, `insert into events (${columns}) values ${some.join(", ")}`);
    }
    await until("the cut", () => told.output().includes("takes events too slowly"));
    slow.resume();
    await until("what was on its way", () => slow.over);
    expect(slow.told.length).toBeLessThan(ids.length);
    const back = await opened({ ...byKey(apiKey), "last-event-id": slow.lastId || before });
    await until("the rest", () => slow.told.length + back.told.length === ids.length);
    expect([...slow.told, ...back.told].map(({ id }) => id)).toEqual(ids);
    change(told, "delete from events where type = 'test'");
  });

  it("wait for an older transaction that is still under way, and none is passed over", async () => {
    if (backend.databaseUrl === null) return;
    const stream = await opened();
    const before = stream.lastId;
    const late = new pg.Client({ connectionString: backend.databaseUrl });
    await late.connect();
    const [, owner] = organization.split(":").slice(1) as [string, string];
    await late.query("begin");
    await late.query(
      `insert into events (organization_id, id, type, subtype, resource_prn, data, inserted_at)
       values ($1, '00000000-0000-7000-8000-000000000001', 'test', 'late', $2, '{}', '2026-01-01T00:00:00.000000Z')`,
      [owner, organization],
    );
    const prn = await create();
    // This one is behind the same transaction, though it asks anew.
    const other = await opened();
    expect(other.lastId).toBe(before);
    expect(stream.told).toEqual([]);
    await late.query("commit");
    await late.end();
    const back = await opened({ ...byKey(apiKey), "last-event-id": before });
    for (const one of [stream, other, back]) {
      await until("both", () => one.told.length === 2);
      expect(resources(one)).toEqual([organization, prn]);
    }
  });

  it("are refused with an id that is none, and to a key that listens too often", async () => {
    expect((await open(undefined, "?last_event_id=yesterday")).status).toBe(400);
    const { value } = (await api("POST", "/api_keys", { name: "many", scopes: ["events:read"] })).body.api_key;
    const streams = await Promise.all(Array.from({ length: 20 }, () => opened(byKey(value))));
    expect((await open(byKey(value))).status).toBe(429);
    streams[0]!.close();
    await until("room", async () => (await open(byKey(value))).status === 200);
    expect((await opened()).status).toBe(200);
  });

  it("end with the server, which says when to come back", async () => {
    const stream = await opened();
    const child = told.process();
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(stream.over).toBe(true);
    expect(stream.text).toMatch(/retry: \d+\n\n$/);
  });
});
