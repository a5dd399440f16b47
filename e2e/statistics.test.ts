import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Api, callApi, makeBinary, sha256 } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { operate } from "./support/operator.ts";
import { addOrganization } from "./support/organization.ts";
import { change, closeTable, query } from "./support/query.ts";
import { contradictions } from "./support/stored.ts";
import { until } from "./support/until.ts";

/** Bytes that a source may fetch in a day without being looked at. */
const floor = 100_000;

let server: TestServer;
/** A fresh organization for each test. */
let organization: { prn: string; key: string };
let api: Api;

beforeAll(async () => {
  server = await startTestServer({ PERIDIO_UNUSUAL_DOWNLOAD_BYTES: String(floor) });
});
afterAll(async () => {
  expect(contradictions(server)).toEqual([]);
  await server.stop();
});
beforeEach(async () => {
  organization = await addOrganization(server, "Counted");
  api = callApi(server.url, organization.key);
});

/** A verified binary with these bytes. */
async function stored(bytes: Uint8Array, key = organization.key): Promise<string> {
  const prn = await makeBinary(callApi(server.url, key), bytes);
  const answer = await fetch(`${server.url}/binaries/${prn}/content`, {
    method: "PUT",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/octet-stream" },
    body: new Uint8Array(bytes),
  });
  expect(answer.status).toBe(200);
  return prn;
}

const linkTo = async (prn: string, from = api): Promise<string> =>
  (await from("GET", `/binaries/${prn}/download_url`)).body.download_url;

async function fetched(url: string, headers: Record<string, string> = {}, method = "GET") {
  const answer = await fetch(url, { method, headers: { "user-agent": "curl/8.5.0", ...headers } });
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()), headers: answer.headers };
}

const statistics = async (prn: string, search = "", from = api) =>
  (await from("GET", `/binaries/${prn}/statistics${search}`)).body.statistics;

/** The totals, once so many requests are counted: the last bytes arrive before the server knows that they have. */
async function totals(prn: string, requests: number) {
  return until("the requests are counted", async () => {
    const found = (await statistics(prn)).totals;
    return found.requests >= requests ? found : null;
  });
}

/** The trail's entries about access to a binary. */
const accesses = (prn: string) =>
  query<{ actor_prn: string; address: string; user_agent: string; request_id: string; result: string; after: string }>(
    server,
    "select * from audit_logs where resource_prn = ? and subtype = 'downloaded' order by sequence",
    prn,
  );

/** Asks for content on a connection of its own and leaves after the first bytes. */
async function leaveEarly(url: string): Promise<void> {
  const request = get(url, { headers: { "user-agent": "curl/8.5.0" }, agent: false });
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  await once(answer, "readable");
  request.destroy();
}

describe("statistics", () => {
  it("count whole bodies, ranges and several ranges to the byte; HEAD, 304, 412 and 416 not at all", async () => {
    const bytes = randomBytes(100_000);
    const prn = await stored(bytes);
    const link = await linkTo(prn);
    expect((await fetched(link)).bytes).toEqual(new Uint8Array(bytes));
    expect((await fetched(link, { range: "bytes=10-19" })).bytes).toHaveLength(10);
    const several = await fetched(link, { range: "bytes=0-9,50-99" });
    expect(several.status).toBe(206);
    const etag = `"${sha256(bytes)}"`;
    expect((await fetched(link, {}, "HEAD")).status).toBe(200);
    expect((await fetched(link, { "if-none-match": etag })).status).toBe(304);
    expect((await fetched(link, { "if-match": '"other"' })).status).toBe(412);
    expect((await fetched(link, { range: "bytes=100000-" })).status).toBe(416);
    const sum = 100_000 + 10 + several.bytes.length;
    expect(await totals(prn, 3)).toEqual({ requests: 3, completed: 3, aborted: 0, bytes: sum });
    expect((await api("GET", "/usage")).body.usage.download_bytes).toMatchObject({ used: sum, allowed: null });
  });

  it("count empty content as a request without bytes", async () => {
    const prn = await stored(Buffer.alloc(0));
    expect((await fetched(await linkTo(prn))).status).toBe(200);
    expect(await totals(prn, 1)).toEqual({ requests: 1, completed: 1, aborted: 0, bytes: 0 });
    expect(accesses(prn)).toHaveLength(1);
  });

  it("tell who broke off, and count what was sent until then", async () => {
    const size = 64 * 2 ** 20;
    const prn = await stored(randomBytes(size));
    await leaveEarly(await linkTo(prn));
    const found = await totals(prn, 1);
    expect(found).toMatchObject({ requests: 1, completed: 0, aborted: 1 });
    expect(found.bytes).toBeGreaterThan(0);
    expect(found.bytes).toBeLessThan(size);
  });

  it("are told apart by user agent, maker and country", async () => {
    const prn = await stored(randomBytes(10));
    const { prn: other, value } = (await api("POST", "/api_keys", { name: "other", scopes: ["binaries:read"] })).body
      .api_key;
    await fetched(await linkTo(prn));
    await fetched(await linkTo(prn), { "user-agent": "peridio-agent/1.2 (linux)" });
    await fetched(await linkTo(prn, callApi(server.url, value)), { "cf-ipcountry": "DE" });
    await totals(prn, 3);
    const groups = async (by: string) =>
      (await statistics(prn, `?group_by=${by}`)).series.map((entry: { group: string; requests: number }) => [
        entry.group,
        entry.requests,
      ]);
    expect(await groups("user_agent")).toEqual([
      ["curl", 2],
      ["peridio-agent", 1],
    ]);
    expect(await groups("country")).toEqual([["unknown", 3]]);
    expect(Object.fromEntries(await groups("maker"))).toMatchObject({ [other]: 1 });
    const hours = await statistics(prn, "?interval=hour");
    expect(hours.series.reduce((sum: number, { bytes }: { bytes: number }) => sum + bytes, 0)).toBe(30);
    expect(Date.parse(hours.series[0].start) % 3_600_000).toBe(0);
  });

  it("survive SIGTERM and a restart", async () => {
    const prn = await stored(randomBytes(1000));
    const link = await linkTo(prn);
    await fetched(link);
    await fetched(link, { range: "bytes=0-9" });
    const stopped = once(server.process(), "exit");
    server.process().kill("SIGTERM");
    await stopped;
    await server.start();
    expect((await statistics(prn)).totals).toEqual({ requests: 2, completed: 2, aborted: 0, bytes: 1010 });
    expect((await api("GET", "/usage")).body.usage.download_bytes.used).toBe(1010);
  });

  it("go to the row of the hour, however many ranges are asked for", async () => {
    const prn = await stored(randomBytes(1000));
    const link = await linkTo(prn);
    for (let at = 0; at < 100; at++) await fetched(link, { range: `bytes=${at}-${at}` });
    expect(await totals(prn, 100)).toMatchObject({ requests: 100, bytes: 100 });
    const id = prn.slice(prn.lastIndexOf(":") + 1);
    const rows = query(server, "select * from download_statistics where binary_id = ?", id);
    expect(rows.length).toBeLessThanOrEqual(2);
    expect(accesses(prn).length).toBeLessThanOrEqual(2);
  });

  it.each([
    ["?interval=week", /interval must be one of hour, day; got 'week'/],
    ["?group_by=binary", /group_by must be one of country, user_agent, maker; got 'binary'/],
    ["?from=yesterday", /from must be an RFC 3339 time .*got 'yesterday'/],
    ["?from=2026-02-30T00:00:00Z", /from must be a time that exists; got '2026-02-30T00:00:00Z'/],
    ["?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", /from must be before to, 2026-01-01.*got '2026-01-02/],
    ["?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", /at most 366 days with interval=day.*got 2192 days/],
    ["?interval=hour&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z", /older hours are kept by the day/],
  ])("refuse %s and say why", async (search, why) => {
    const prn = await stored(randomBytes(10));
    const { status, body } = await api("GET", `/binaries/${prn}/statistics${search}`);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject({ code: "invalid_parameter", detail: expect.stringMatching(why) });
  });

  it("are shown by the CLI", async () => {
    const prn = await stored(randomBytes(10));
    await fetched(await linkTo(prn));
    await totals(prn, 1);
    const cli = async (...words: string[]) => {
      const env = { PATH: process.env.PATH, PERIDIO_API_KEY: organization.key, PERIDIO_BASE_URL: server.url };
      const program = join(import.meta.dirname, "../cli/bin/peridio.js");
      const run = promisify(execFile);
      return (await run(process.execPath, [program, "binaries", "statistics", "--prn", prn, ...words], { env })).stdout;
    };
    expect(JSON.parse(await cli("--interval", "hour")).statistics).toMatchObject({
      interval: "hour",
      totals: { bytes: 10 },
    });
    const table = await cli("--group-by", "user_agent", "--output", "table");
    expect(table).toMatch(/start\s+group\s+requests\s+completed\s+aborted\s+bytes/);
    expect(table).toMatch(/curl\s+1\s+1\s+0\s+10/);
    expect(table).toMatch(/total\s+-\s+1\s+1\s+0\s+10/);
  });
});

describe("the monthly quota", () => {
  const limit = (bytes: number | string) =>
    operate(server, "organizations", "limit", organization.prn, `monthly-download-bytes=${bytes}`);

  it("is never exceeded by 50 downloads at once", async () => {
    const prn = await stored(randomBytes(100_000));
    const link = await linkTo(prn);
    await limit(1_050_000);
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetched(link)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 200);
    for (const { status, bytes, headers } of refused) {
      expect(status).toBe(507);
      const { errors } = JSON.parse(Buffer.from(bytes).toString());
      expect(errors).toMatchObject({ code: "quota_exceeded", allowed: 1_050_000, needed: 100_000 });
      expect(errors.used).toBeGreaterThan(950_000);
      expect(errors.used).toBeLessThanOrEqual(1_050_000);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(await totals(prn, 10)).toMatchObject({ requests: 10, bytes: 1_000_000 });
    const used = (await api("GET", "/usage")).body.usage.download_bytes;
    expect(used).toMatchObject({ used: 1_000_000, allowed: 1_050_000 });
    // What still fits is still sent; what costs nothing is answered.
    expect((await fetched(link, { range: "bytes=0-49999" })).status).toBe(206);
    expect((await fetched(link, { range: "bytes=0-0" })).status).toBe(507);
    expect((await fetched(link, {}, "HEAD")).status).toBe(200);
    expect(accesses(prn).filter(({ result }) => result === "denied")).toHaveLength(1);
    await limit("none");
    expect((await fetched(link)).status).toBe(200);
  });

  it("gives back what a broken download did not send, and holds after a restart", async () => {
    const size = 64 * 2 ** 20;
    const prn = await stored(randomBytes(size));
    const link = await linkTo(prn);
    await limit(size + size / 2);
    await leaveEarly(link);
    const { bytes } = await totals(prn, 1);
    expect(bytes).toBeLessThan(size / 2);
    expect((await fetched(link)).status).toBe(200);
    await totals(prn, 2);
    expect((await fetched(link)).status).toBe(507);
    await server.kill();
    await server.start();
    expect((await fetched(link)).status).toBe(507);
  });
});

describe("an access to content", () => {
  it("stands in the trail before its first byte is sent, also when the server is killed right after", async () => {
    const prn = await stored(randomBytes(64 * 2 ** 20));
    const url = new URL(await linkTo(prn));
    const socket = connect(Number(url.port), url.hostname);
    socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: x\r\nuser-agent: reader/1\r\n\r\n`);
    const [head] = (await once(socket, "data")) as [Buffer];
    await server.kill();
    socket.destroy();
    const [entry, ...more] = accesses(prn);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ user_agent: "reader/1", result: "done", address: "127.0.0.1" });
    expect(entry!.actor_prn).toMatch(new RegExp(`^${organization.prn}:api_key:`));
    expect(head.toString("latin1").toLowerCase()).toContain(`peridio-request-id: ${entry!.request_id}`.toLowerCase());
    await server.start();
  });

  it("gets not a byte where the trail can't be written, and all of it once it can", async () => {
    const bytes = randomBytes(1000);
    const prn = await stored(bytes);
    const link = await linkTo(prn);
    const open = closeTable(server, "audit_logs", `new.resource_prn = '${prn}'`);
    const refused = await fetched(link);
    open();
    expect(refused.status).toBe(500);
    expect(Buffer.from(refused.bytes).includes(bytes.subarray(0, 16))).toBe(false);
    expect((await fetched(link)).bytes).toEqual(new Uint8Array(bytes));
    expect(accesses(prn)).toHaveLength(1);
    expect(await totals(prn, 1)).toMatchObject({ requests: 1, bytes: 1000 });
  });

  it("is one entry an hour for each user agent, and the making of a link is one, too", async () => {
    const prn = await stored(randomBytes(10));
    const link = await linkTo(prn);
    await Promise.all(Array.from({ length: 20 }, () => fetched(link)));
    await fetched(link, { "user-agent": "other/1" });
    const agents = accesses(prn).map(({ user_agent }) => user_agent);
    expect(new Set(agents)).toEqual(new Set(["curl/8.5.0", "other/1"]));
    // The hour may end between them.
    expect(agents.length).toBeLessThanOrEqual(4);
    const made = query(
      server,
      "select * from audit_logs where resource_prn = ? and subtype = 'download_url_created'",
      prn,
    );
    expect(made).toMatchObject([{ result: "done", type: "binary" }]);
  });

  it("that is refused because the content is gone is in the trail as denied", async () => {
    const prn = await stored(randomBytes(10));
    const link = await linkTo(prn);
    await api("PATCH", `/binaries/${prn}`, { state: "uploadable" });
    for (let at = 0; at < 3; at++) expect((await fetched(link)).status).toBe(409);
    const [entry] = accesses(prn);
    expect(entry).toMatchObject({ result: "denied" });
    expect(JSON.parse(entry!.after)).toMatchObject({ code: "conflict" });
    expect(accesses(prn).length).toBeLessThanOrEqual(2);
    expect((await fetched(`${link}x`)).status).toBe(403);
    expect(accesses(prn).length).toBeLessThanOrEqual(2);
  });
});

describe("a source that fetches far more than before", () => {
  /** Has the organization's key fetch so many bytes yesterday, as the tables tell. */
  function fetchedYesterday(maker: string, bytes: number): void {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const id = organization.prn.slice("prn:1:".length);
    change(server, "insert into download_sources values (?, 'maker', ?, ?, ?, 0)", id, maker, yesterday, bytes);
  }

  const makerOf = (link: string): string => new URL(link).pathname.split("/")[3]!;
  const events = async () => (await api("GET", "/events?type=binary&subtype=unusual_download")).body.events;

  it("is one event, which names it, however often it goes on", async () => {
    const prn = await stored(randomBytes(150_000));
    const link = await linkTo(prn);
    fetchedYesterday(makerOf(link), 5_000);
    for (let times = 1; times <= 3; times++) {
      await fetched(link);
      await totals(prn, times);
    }
    const [event, ...more] = await events();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ resource_prn: prn, actor_prn: null });
    expect(event.data.data).toMatchObject({
      source: `${organization.prn}:api_key:${makerOf(link).slice(2)}`,
      bytes: 150_000,
      usual_bytes: 5_000,
    });
  });

  it("is compared with the organization's others while it is new", async () => {
    const prn = await stored(randomBytes(150_000));
    const link = await linkTo(prn);
    fetchedYesterday("k_another", 5_000);
    await fetched(link);
    await totals(prn, 1);
    expect(await events()).toHaveLength(1);
  });

  it("is no event below the floor, below ten times the usual, or where nothing is known", async () => {
    const small = await stored(randomBytes(90_000));
    const link = await linkTo(small);
    await fetched(link);
    await fetched(link);
    await totals(small, 2);
    expect(await events()).toEqual([]);
    fetchedYesterday(makerOf(link), 30_000);
    await fetched(link);
    await totals(small, 3);
    expect(await events()).toEqual([]);
  });
});
