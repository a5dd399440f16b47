import { randomBytes } from "node:crypto";
import { once } from "node:events";
import https from "node:https";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type Api, announcePart, callApi, cut, makeBinary, sendPart, sha256, untilVerified } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { type Nginx, startNginx } from "./support/nginx.ts";
import { query } from "./support/query.ts";
import { filesOf, storedBinary } from "./support/stored.ts";
import { until } from "./support/until.ts";

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const authorization = `Bearer ${apiKey}`;

interface Site {
  server: TestServer;
  nginx: Nginx;
  api: Api;
}

/** A server, and nginx before it. */
async function startSite(downloads: "downloads.conf" | "downloads-cached.conf" = "downloads.conf"): Promise<Site> {
  const server = await startTestServer({ PERIDIO_TRUSTED_PROXIES: "127.0.0.1" });
  stops.push(() => server.stop());
  const nginx = await startNginx({ ports: [portOf(server)], downloads });
  stops.push(() => nginx.stop());
  const api: Api = async (method, path, body, headers = {}) => {
    const json = { "content-type": "application/json" };
    const options = { headers: { authorization, ...(body !== undefined && json), ...headers } };
    const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const answer = await nginx.ask(method, nginx.url + path, options, sent);
    const isJson = answer.headers["content-type"]?.startsWith("application/json") === true;
    return {
      status: answer.status,
      body: isJson ? JSON.parse(answer.body.toString()) : answer.body,
      headers: new Headers(answer.headers as Record<string, string>),
    };
  };
  return { server, nginx, api };
}

const portOf = (server: TestServer): number => Number(new URL(server.url).port);

/** Uploads past nginx; returns the binary. */
async function store({ server }: Site, bytes: Uint8Array): Promise<string> {
  const direct = callApi(server.url);
  const prn = await makeBinary(direct, bytes);
  const parts = cut(bytes);
  for (const [at, part] of parts.entries()) expect(await sendPart(direct, prn, at + 1, part)).toBe(200);
  await direct("PATCH", `/binaries/${prn}`, { state: "hashable" });
  expect((await untilVerified(direct, prn)).state).toBe("signable");
  return prn;
}

async function linkTo({ api }: Site, prn: string): Promise<string> {
  return (await api("GET", `/binaries/${prn}/download_url`)).body.download_url;
}

describe("the configuration", () => {
  it.each(["downloads.conf", "downloads-cached.conf"] as const)("with %s is taken without a warning", async (name) => {
    const { nginx } = await startSite(name);
    expect(nginx.verdict).toContain("test is successful");
    expect(nginx.verdict).not.toMatch(/\[(warn|error|emerg)\]/);
  });
});

describe("through nginx", () => {
  it("a part of 20 MB reaches the server while it is still being sent, and never nginx's disk", async () => {
    const { server, nginx, api } = await startSite();
    const bytes = randomBytes(20_000_000);
    const prn = await makeBinary(api, bytes);
    const link = await announcePart(api, prn, 1, bytes);
    expect(link.startsWith(nginx.url)).toBe(true);
    const headers = { "content-length": bytes.length };
    const request = https.request(link, { method: "PUT", ca: nginx.certificate, agent: false, headers });
    const answered = once(request, "response");
    request.write(bytes.subarray(0, 10_000_000));
    const arrived = () => [...filesOf(server, storedBinary(server, prn)).values()].reduce((sum, size) => sum + size, 0);
    await until("half of it", () => arrived() > 9_000_000, 10);
    expect(nginx.buffered()).toEqual([]);
    request.end(bytes.subarray(10_000_000));
    const [answer] = await answered;
    expect(answer.statusCode).toBe(200);
    answer.resume();
    expect((await api("PATCH", `/binaries/${prn}`, { state: "hashable" })).status).toBe(200);
    expect(await untilVerified(api, prn)).toMatchObject({ state: "signable", hash: sha256(bytes) });
  });

  it("a download that nobody takes waits in the server, not on nginx's disk", async () => {
    const site = await startSite();
    const { nginx } = site;
    const link = await linkTo(site, await store(site, randomBytes(40_000_000)));
    const request = https.get(link, { ca: nginx.certificate, agent: false });
    const [answer] = await once(request, "response");
    expect(answer.statusCode).toBe(200);
    await setTimeout(1000);
    expect(nginx.buffered()).toEqual([]);
    answer.destroy();
  });

  it("a download that broke off goes on where it was", async () => {
    const site = await startSite();
    const { nginx } = site;
    const bytes = randomBytes(20_000_000);
    const link = await linkTo(site, await store(site, bytes));
    const start = await new Promise<{ bytes: Buffer; etag: string }>((resolve, reject) => {
      const request = https.get(link, { ca: nginx.certificate, agent: false }, async (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        for await (const chunk of answer) {
          chunks.push(chunk);
          size += chunk.length;
          if (size > 3_000_000) break;
        }
        resolve({ bytes: Buffer.concat(chunks), etag: answer.headers.etag! });
      });
      request.on("error", reject);
    });
    expect(start.etag).toBe(`"${sha256(bytes)}"`);
    const headers = { range: `bytes=${start.bytes.length}-`, "if-range": start.etag };
    const rest = await nginx.ask("GET", link, { headers });
    expect(rest.status).toBe(206);
    expect(Buffer.concat([start.bytes, rest.body]).equals(bytes)).toBe(true);
  });

  it("the server sees who asks, and only what nginx says of it", async () => {
    const { server, nginx } = await startSite();
    const forged = {
      "x-forwarded-for": "203.0.113.7",
      "x-forwarded-host": "evil.example.com",
      "x-forwarded-proto": "http",
      forwarded: "for=203.0.113.7;host=evil.example.com",
      "x-real-ip": "203.0.113.7",
    };
    const headers = { authorization, "content-type": "application/json", ...forged };
    // Another address of this machine than nginx's own.
    const options = { headers, localAddress: "127.0.0.2" };
    const body = Buffer.from(JSON.stringify({ name: "seen" }));
    const made = await nginx.ask("POST", `${nginx.url}/artifacts`, options, body);
    expect(made.status).toBe(201);
    expect(query(server, "select address from audit_logs where type = 'artifact'")).toEqual([{ address: "127.0.0.2" }]);
    const bytes = randomBytes(10);
    const prn = await makeBinary(callApi(server.url), bytes);
    const part = Buffer.from(JSON.stringify({ size: 10, hash: sha256(bytes) }));
    const announced = await nginx.ask("PUT", `${nginx.url}/binaries/${prn}/parts/1`, options, part);
    const link = new URL(JSON.parse(announced.body.toString()).binary_part.presigned_upload_url);
    expect(link.origin).toBe(nginx.url);
  });

  it("refusals arrive as the server wrote them", async () => {
    const { nginx, api, server } = await startSite();
    const missing = await api("GET", "/binaries/nothing");
    expect(missing.status).toBe((await callApi(server.url)("GET", "/binaries/nothing")).status);
    expect(missing.body.errors.detail).toContain("nothing");
    const stranger = await nginx.ask("GET", `${nginx.url}/artifacts`);
    expect([stranger.status, JSON.parse(stranger.body.toString()).errors.code]).toEqual([401, "unauthenticated"]);
    expect((await nginx.ask("GET", `${nginx.url}/metrics`)).status).toBe(404);
    // Redirects keep to nginx's address.
    expect((await nginx.ask("GET", nginx.url)).headers.location).toBe("/console/");
  });

  it("no link's token gets into the access log", async () => {
    const site = await startSite();
    const link = new URL(await linkTo(site, await store(site, randomBytes(1000))));
    expect((await site.nginx.ask("GET", link.href)).status).toBe(200);
    const log = await until("the line", () => site.nginx.accessLog().includes(link.pathname) && site.nginx.accessLog());
    expect(log).not.toContain(link.searchParams.get("token"));
  });
});

it("several servers share the requests, and the others go on when one is gone", async () => {
  const servers = [await startTestServer(), await startTestServer()];
  stops.push(...servers.map((server) => () => server.stop()));
  const nginx = await startNginx({ ports: servers.map(portOf) });
  stops.push(() => nginx.stop());
  const ask = () => nginx.ask("GET", `${nginx.url}/users/me`, { headers: { authorization } });
  for (let count = 0; count < 20; count++) expect((await ask()).status).toBe(200);
  for (const server of servers) {
    expect(nginx.accessLog().split(`127.0.0.1:${portOf(server)}`).length).toBeGreaterThan(5);
  }
  await servers[0]!.kill();
  for (let count = 0; count < 20; count++) expect((await ask()).status).toBe(200);
});

describe("X-Accel-Redirect", () => {
  it("has nginx send the file, whole or in ranges, as the server would, and to nobody else", async () => {
    const server = await startTestServer({ PERIDIO_TRUSTED_PROXIES: "127.0.0.1", PERIDIO_ACCEL_PATH: "/content" });
    stops.push(() => server.stop());
    const nginx = await startNginx({ ports: [portOf(server)], content: join(server.dataDirectory, "content") });
    stops.push(() => nginx.stop());
    const bytes = randomBytes(6_000_000);
    const api = callApi(server.url);
    const site = { server, nginx, api };
    const prn = await store(site, bytes);
    const row = storedBinary(server, prn);
    const etag = `"${row.hash}"`;
    const link = (await linkTo(site, prn)).replace(server.url, nginx.url);
    const ask = (headers: Record<string, string> = {}) => nginx.ask("GET", link, { headers });

    // Of the server itself no byte comes.
    const decided = await fetch(link.replace(nginx.url, server.url));
    expect([decided.status, (await decided.arrayBuffer()).byteLength]).toEqual([200, 0]);
    const whole = await ask();
    expect(whole.status).toBe(200);
    expect(whole.body.equals(bytes)).toBe(true);
    expect(whole.headers).toMatchObject({
      etag,
      "content-length": "6000000",
      "content-type": "application/octet-stream",
    });
    expect(whole.headers["cache-control"]).toContain("immutable");
    expect(whole.headers["content-disposition"]).toContain("attachment");
    const rest = await ask({ range: "bytes=5000000-", "if-range": etag });
    expect([rest.status, rest.body.equals(bytes.subarray(5_000_000))]).toEqual([206, true]);
    expect((await ask({ range: "bytes=5000000-", "if-range": '"another"' })).status).toBe(200);
    const several = await ask({ range: "bytes=0-9,100-109" });
    expect([several.status, several.headers["content-type"]]).toEqual([206, expect.stringContaining("multipart")]);
    // nginx would refuse this one, so the server sends it.
    const matched = await ask({ "if-match": etag });
    expect([matched.status, matched.body.equals(bytes)]).toEqual([200, true]);
    expect((await ask({ "if-none-match": etag })).status).toBe(304);
    expect((await ask({ range: "bytes=6000000-" })).status).toBe(416);
    expect((await nginx.ask("GET", `${link}x`)).status).toBe(403);
    const path = `/content/${row.organization_id}/${row.id}/${row.revision}/${row.content_file}`;
    expect((await nginx.ask("GET", nginx.url + path)).status).toBe(404);
    await api("DELETE", `/binaries/${prn}`);
    expect((await ask()).status).toBe(410);
  });
});

describe("the cache", () => {
  it("fetches content once for all links to it, whole or in ranges", async () => {
    const site = await startSite("downloads-cached.conf");
    const { nginx, server } = site;
    const bytes = randomBytes(20_000_000);
    const prn = await store(site, bytes);
    const first = await nginx.ask("GET", await linkTo(site, prn));
    expect([first.status, first.body.equals(bytes), first.headers["x-cache"]]).toEqual([200, true, "MISS"]);
    expect(first.headers["content-length"]).toBe("20000000");
    expect(first.headers.etag).toBe(`"${sha256(bytes)}"`);
    const sent = () => {
      const lines = server.output().split("\n");
      return lines.filter((line) => line.includes('"method":"GET"') && line.includes("/cdn/binaries/")).length;
    };
    const slices = await until("the log", () => sent() >= 3 && sent());
    expect(slices).toBe(3);
    // A link that another key made.
    const key = await site.api("POST", "/api_keys", { name: "other", scopes: ["binaries:read"] });
    const made = await callApi(server.url, key.body.api_key.value)("GET", `/binaries/${prn}/download_url`);
    const link = made.body.download_url.replace(server.url, nginx.url);
    const again = await nginx.ask("GET", link);
    expect([again.status, again.body.equals(bytes), again.headers["x-cache"]]).toEqual([200, true, "HIT"]);
    const headers = { range: "bytes=15000000-", "if-range": `"${sha256(bytes)}"` };
    const rest = await nginx.ask("GET", link, { headers });
    expect([rest.status, rest.body.equals(bytes.subarray(15_000_000))]).toEqual([206, true]);
    expect(sent()).toBe(slices);
    expect(again.headers["peridio-request-id"]).not.toBe(first.headers["peridio-request-id"]);
    const known = await nginx.ask("GET", link, { headers: { "if-none-match": `"${sha256(bytes)}"` } });
    expect([known.status, known.body.length]).toEqual([304, 0]);
  });

  it("gives nothing to a bad link, nor to a good one once its binary is gone", async () => {
    const site = await startSite("downloads-cached.conf");
    const { nginx, api } = site;
    const prn = await store(site, randomBytes(6_000_000));
    const link = await linkTo(site, prn);
    expect((await nginx.ask("GET", link)).status).toBe(200);
    const code = ({ body }: { body: Buffer }) => JSON.parse(body.toString()).errors.code;
    const forged = await nginx.ask("GET", `${link}x`);
    expect(forged.status).toBe(403);
    expect(code(forged)).toContain("link");
    expect((await api("DELETE", `/binaries/${prn}`)).status).toBe(204);
    const gone = await nginx.ask("GET", link);
    expect([gone.status, code(gone)]).toEqual([410, "gone"]);
  });
});
