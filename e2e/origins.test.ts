import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, downloadToFile, nodeTransport } from "@open-peridio/sdk/node";
import { afterEach, describe, expect, it } from "vitest";
import { type Api, callApi, makeBinary, sha256, untilVerified } from "./api.ts";
import { freePort } from "./free-port.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { startNginx } from "./support/nginx.ts";
import { peridioOf } from "./support/peridio.ts";
import { query } from "./support/query.ts";
import { bucket, startS3 } from "./support/s3-server.ts";
import { storedBinary } from "./support/stored.ts";

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const secret = randomBytes(32).toString("hex");

/** A folder with the file of origins, and the secret beside it; returns the file's path. */
function declare(toml: string): string {
  const folder = mkdtempSync(join(tmpdir(), "e2e-origins-"));
  stops.push(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "secret"), secret);
  writeFileSync(join(folder, "origins.toml"), toml);
  return join(folder, "origins.toml");
}

async function start(toml: string, settings: Record<string, string> = {}): Promise<TestServer> {
  const server = await startTestServer({ PERIDIO_ORIGINS: declare(toml), ...settings }, { backend: "sqlite+files" });
  stops.push(() => server.stop());
  return server;
}

/** A verified binary with these bytes. */
async function store(api: Api, server: TestServer, bytes: Uint8Array): Promise<string> {
  const prn = await makeBinary(api, bytes);
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/octet-stream" };
  const body = bytes as Uint8Array<ArrayBuffer>;
  const answer = await fetch(`${server.url}/binaries/${prn}/content`, { method: "PUT", headers, body });
  expect(answer.status).toBe(200);
  expect((await untilVerified(api, prn)).state).toBe("signable");
  return prn;
}

interface Told {
  download_url: string;
  urls: { origin: string; url: string; expires_at: string }[];
}

async function linksTo(api: Api, prn: string, headers: Record<string, string> = {}): Promise<Told> {
  const answer = await api("GET", `/binaries/${prn}/download_url`, undefined, headers);
  expect(answer.status).toBe(200);
  return answer.body;
}

const nginxOrigin = (port: number, more = ""): string => `
  [[origin]]
  name = "nginx"
  kind = "hmac"
  dialect = "nginx"
  url = "https://127.0.0.1:${port}/direct"
  secret_file = "secret"
  ${more}
`;
const thisServer = '[[origin]]\nname = "server"\nkind = "server"\n';

/** A server, and an nginx that sends its content by links that it checks itself. */
async function startWithNginx({ more = "", rate = 0 } = {}) {
  const port = await freePort();
  const server = await start(nginxOrigin(port, more) + thisServer);
  const content = join(server.dataDirectory, "content");
  const nginx = await startNginx({
    ports: [Number(new URL(server.url).port)],
    port,
    content,
    direct: { secret, rate },
  });
  stops.push(() => nginx.stop());
  return { server, nginx, api: callApi(server.url) };
}

describe("nginx with secure_link", () => {
  it("sends content by a direct link, whole and in ranges, and the server sees nothing of it", async () => {
    const { server, nginx, api } = await startWithNginx();
    expect(nginx.verdict).not.toMatch(/\[(warn|error|emerg)\]/);
    const bytes = randomBytes(3_000_000);
    const prn = await store(api, server, bytes);
    const { download_url, urls } = await linksTo(api, prn);
    expect(urls.map(({ origin }) => origin)).toEqual(["nginx", "server"]);
    expect(download_url).toBe(urls[0]!.url);
    expect(download_url.startsWith(`${nginx.url}/direct/`)).toBe(true);

    const whole = await nginx.ask("GET", download_url);
    expect([whole.status, whole.body.equals(bytes)]).toEqual([200, true]);
    expect(whole.headers).toMatchObject({
      "content-length": "3000000",
      "content-type": "application/octet-stream",
      "accept-ranges": "bytes",
      "x-content-type-options": "nosniff",
    });
    const rest = await nginx.ask("GET", download_url, { headers: { range: "bytes=2000000-" } });
    expect([rest.status, rest.body.equals(bytes.subarray(2_000_000))]).toEqual([206, true]);
    expect((await nginx.ask("HEAD", download_url)).status).toBe(200);
    expect(server.output()).not.toContain("/cdn/binaries/");
    expect(server.output()).not.toContain("/direct/");
  });

  it("gives nothing to a link that was changed, moved to other content, or expired", async () => {
    const { server, nginx, api } = await startWithNginx({ more: "expiry = 1" });
    const [one, other] = [randomBytes(1000), randomBytes(1000)];
    const prn = await store(api, server, one);
    const link = new URL((await linksTo(api, prn)).download_url);
    const row = storedBinary(server, await store(api, server, other));
    const status = async (url: URL, method = "GET") => (await nginx.ask(method, url.href)).status;
    const { pathname, search, searchParams } = link;
    const expires = Number(searchParams.get("expires"));
    const later = new URL(link.href.replace(`expires=${expires}`, `expires=${expires + 60}`));
    expect(await status(later)).toBe(403);
    const elsewhere = `/direct/${row.organization_id}/${row.id}/${row.revision}/${row.content_file}`;
    expect(await status(new URL(elsewhere + search, nginx.url))).toBe(403);
    expect(await status(new URL(pathname, nginx.url))).toBe(403);
    while (Date.now() <= expires * 1000 + 1000) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await status(link)).toBe(403);
    // It was good but for that.
    const fresh = new URL((await linksTo(api, prn)).download_url);
    expect(fresh.pathname).toBe(link.pathname);
    expect(await status(fresh, "POST")).toBe(403);
  });

  it("is not told of content that is not verified, or is destroyed", async () => {
    const { server, api } = await startWithNginx();
    const prn = await makeBinary(api, randomBytes(10));
    const early = await api("GET", `/binaries/${prn}/download_url`);
    expect([early.status, early.body.errors.detail]).toEqual([
      409,
      "the binary is 'uploadable'; only verified content (signable, signed) can be downloaded",
    ]);
    const stored = await store(api, server, randomBytes(10));
    await api("POST", `/binaries/${stored}/destroy`);
    expect((await api("GET", `/binaries/${stored}/download_url`)).status).toBe(409);
  });

  it("dies in the middle of a download, which goes on at the server where it was", async () => {
    const { server, nginx, api } = await startWithNginx({ rate: 2_000_000 });
    const bytes = randomBytes(12_000_000);
    const prn = await store(api, server, bytes);
    const path = join(server.dataDirectory, "copy.bin");
    const transport = nodeTransport({ ca: nginx.certificate.toString() });
    const client = createClient({ baseUrl: server.url, apiKey, transport });
    const told: number[] = [];
    let stopped: Promise<void> | null = null;
    await downloadToFile(client, path, {
      binaryPrn: prn,
      onProgress: (received) => {
        told.push(received);
        if (received < 1_000_000 || stopped) return;
        stopped = nginx.stop();
        stops.pop();
      },
    });
    await stopped;
    expect(sha256(readFileSync(path))).toBe(sha256(bytes));
    expect(told.every((received, at) => at === 0 || received > told[at - 1]!)).toBe(true);
    // The server was asked once for links, and once for a rest.
    const lines = server.output().split("\n");
    expect(lines.filter((line) => line.includes("/download_url")).length).toBe(1);
    const sent = lines.filter((line) => line.includes("/cdn/binaries/"));
    expect(sent.map((line) => JSON.parse(line).status)).toEqual([206]);
  });
});

describe("the order of links", () => {
  const toml = ["eu", "us", "last"]
    .map((name) => `[[origin]]\nname = "${name}"\nkind = "server"\nurl = "https://${name}.example.com"\n`)
    .join("")
    .replace('eu.example.com"', 'eu.example.com"\nregions = ["DE", "FR"]')
    .replace('us.example.com"', 'us.example.com"\nregions = ["US"]');

  it("follows the region's header, what the client says, and the declaration", async () => {
    const server = await start(toml, { PERIDIO_REGION_HEADER: "CloudFront-Viewer-Country" });
    const api = callApi(server.url);
    const prn = await store(api, server, randomBytes(10));
    const order = async (headers: Record<string, string> = {}) => {
      const { download_url, urls } = await linksTo(api, prn, headers);
      expect(download_url).toBe(urls[0]!.url);
      return urls.map(({ origin, url }) => {
        expect(url.startsWith(`https://${origin}.example.com/cdn/binaries/k_`)).toBe(true);
        return origin;
      });
    };
    expect(await order()).toEqual(["eu", "us", "last"]);
    expect(await order({ "cloudfront-viewer-country": "US" })).toEqual(["us", "eu", "last"]);
    expect(await order({ "cloudfront-viewer-country": "JP", "peridio-region": "us" })).toEqual(["us", "eu", "last"]);
    expect(await order({ "cloudfront-viewer-country": "DE", "peridio-region": "us" })).toEqual(["eu", "us", "last"]);
    expect(await order({ "peridio-origins": "last, nobody ,us" })).toEqual(["last", "us", "eu"]);
    const words = ["binaries", "download-url", "--prn", prn, "--region", "nowhere", "--origins", "last,us"];
    const { stdout } = await peridioOf(server)(...words);
    expect(JSON.parse(stdout).urls.map(({ origin }: { origin: string }) => origin)).toEqual(["last", "us", "eu"]);
    const [entry] = query<{ after: string }>(
      server,
      "select after from audit_logs where subtype = 'download_url_created'",
    );
    expect(JSON.parse(entry!.after)).toEqual({ lives_seconds: 86_400, origins: ["eu", "us", "last"] });
  });

  it("is one link to this server where nothing is declared", async () => {
    const server = await startTestServer({}, { backend: "sqlite+files" });
    stops.push(() => server.stop());
    const api = callApi(server.url);
    const prn = await store(api, server, randomBytes(10));
    const before = Math.floor(Date.now() / 1000) * 1000;
    const { download_url, urls } = await linksTo(api, prn);
    expect(urls).toEqual([{ origin: "server", url: download_url, expires_at: expect.any(String) }]);
    expect(Date.parse(urls[0]!.expires_at)).toBeGreaterThanOrEqual(before + 86_400_000);
    expect((await fetch(download_url)).status).toBe(200);
  });
});

it("the store sends content by its own link, without a redirect", async () => {
  const s3 = await startS3();
  stops.push(() => s3.stop());
  const server = await start('[[origin]]\nname = "bucket"\nkind = "store"\nexpiry = 604800\n', {
    ...s3.environment,
    PERIDIO_CONTENT_URL: `s3://${bucket}/some/prefix?endpoint=${s3.endpoint}`,
  });
  const api = callApi(server.url);
  const bytes = randomBytes(100_000);
  const prn = await store(api, server, bytes);
  const { download_url, urls } = await linksTo(api, prn);
  expect(download_url.startsWith(`${s3.endpoint}/${bucket}/some/prefix/`)).toBe(true);
  expect(Date.parse(urls[0]!.expires_at)).toBeGreaterThan(Date.now() + 604_700_000);
  const answer = await fetch(download_url, { redirect: "error" });
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
});

it("an expiry beyond what the store allows keeps the server from starting", async () => {
  const s3 = await startS3();
  stops.push(() => s3.stop());
  const file = declare('[[origin]]\nname = "bucket"\nkind = "store"\nexpiry = 604801\n');
  const settings = {
    ...s3.environment,
    PERIDIO_CONTENT_URL: `s3://${bucket}?endpoint=${s3.endpoint}`,
    PERIDIO_ORIGINS: file,
  };
  await expect(startTestServer(settings, { backend: "sqlite+files" })).rejects.toThrow(
    `PERIDIO_ORIGINS ${file}: origin 'bucket' has expiry = 604801, which must be a whole number of seconds from 1 to 604800, as Signature Version 4 allows`,
  );
});

it("wrong origins keep the server from starting, and it says why", async () => {
  const file = declare('[[origin]]\nname = "bucket"\nkind = "store"\n');
  await expect(startTestServer({ PERIDIO_ORIGINS: file }, { backend: "sqlite+files" })).rejects.toThrow(
    `PERIDIO_ORIGINS ${file}: origin 'bucket' has kind = "store", which needs an object store in PERIDIO_CONTENT_URL: files have no links of their own`,
  );
});
