import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import fc from "fast-check";
import { chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callApi, makeBinary, sha256 } from "./api.ts";
import { pathOf } from "./needs.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { type Openssl, openOpenssl } from "./support/openssl.ts";
import { openBrowser } from "./support/person.ts";
import { query } from "./support/query.ts";
import { until } from "./support/until.ts";

let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const times = <T>(count: number, ask: (number: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, number) => ask(number)));

describe("rate limits", () => {
  it("count by key, wherever it is used from, and tell what is left", async () => {
    server = await startTestServer({ PERIDIO_RATE_LIMIT: "30" });
    const api = callApi(server.url);
    const { value } = (await api("POST", "/api_keys", { name: "other", scopes: ["binaries:read"] })).body.api_key;
    const first = await api("GET", "/users/me");
    expect(first.headers.get("ratelimit-policy")).toBe('"caller";q=30;w=60');
    expect(first.headers.get("ratelimit")).toMatch(/^"caller";r=28;t=\d+$/);
    const answers = await times(50, () => api("GET", "/users/me"));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(20);
    expect(refused[0]!.body.errors).toMatchObject({ code: "too_many_requests" });
    expect(refused[0]!.body.errors.detail).toContain("too_many_requests");
    expect(Number(refused[0]!.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    // Another key has requests of its own.
    expect((await callApi(server.url, value)("GET", "/users/me")).status).toBe(200);
  });

  it("count by address for who has no valid key, so that keys can't be guessed quickly", async () => {
    server = await startTestServer({ PERIDIO_RATE_LIMIT_ADDRESS: "10" });
    const answers = await times(30, (number) => callApi(server!.url, `per_guess_${number}`)("GET", "/users/me"));
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(11);
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(19);
    expect((await callApi(server.url)("GET", "/users/me")).status).toBe(200);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it("count a whole IPv6 network as one address: it is one subscriber's", async () => {
    server = await startTestServer({ PERIDIO_RATE_LIMIT_ADDRESS: "10", PERIDIO_TRUSTED_PROXIES: "loopback" });
    const guess = (address: string) =>
      callApi(server!.url, "per_guess")("GET", "/users/me", undefined, { "x-forwarded-for": address });
    const answers = await times(30, (number) => guess(`2001:db8:0:1::${number.toString(16)}`));
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(11);
    expect((await guess("2001:db8:0:2::1")).status).toBe(401);
  });

  it("don't touch links: devices resume as often as they must", async () => {
    server = await startTestServer({ PERIDIO_RATE_LIMIT: "20", PERIDIO_RATE_LIMIT_ADDRESS: "5" });
    const api = callApi(server.url);
    const bytes = randomBytes(100);
    const prn = await makeBinary(api, bytes);
    const announced = await api("PUT", `/binaries/${prn}/parts/1`, { size: 100, hash: sha256(bytes) });
    const upload = () =>
      fetch(announced.body.binary_part.presigned_upload_url, { method: "PUT", body: new Uint8Array(bytes) });
    for (let count = 0; count < 10; count++) expect((await upload()).status).toBe(200);
    await api("PATCH", `/binaries/${prn}`, { state: "hashable" });
    const link = await until("the link", async () => {
      const { body } = await api("GET", `/binaries/${prn}/download_url`);
      return body.download_url;
    });
    const ranges = await times(30, () => fetch(String(link), { headers: { range: "bytes=0-9" } }));
    expect(new Set(ranges.map(({ status }) => status))).toEqual(new Set([206]));
    expect(ranges[0]!.headers.has("ratelimit")).toBe(false);
  });

  it("can be switched off", async () => {
    server = await startTestServer({ PERIDIO_RATE_LIMIT: "0", PERIDIO_RATE_LIMIT_ADDRESS: "0" });
    const answer = await callApi(server.url)("GET", "/users/me");
    expect(answer.headers.has("ratelimit")).toBe(false);
  });
});

describe("every answer", () => {
  it("forbids to sniff, frame, load and refer; that of the API to be cached", async () => {
    server = await startTestServer();
    const paths = ["/users/me", "/healthz", "/openapi.json", "/nowhere", "/cdn/binaries/a/b/c/d/e/f", "/metrics"];
    for (const path of paths) {
      const { headers } = await fetch(server.url + path, { headers: { authorization: `Bearer ${apiKey}` } });
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("content-security-policy"), path).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get("referrer-policy"), path).toBe("no-referrer");
      expect(headers.get("cross-origin-resource-policy"), path).toBe("same-origin");
      expect(headers.has("strict-transport-security"), path).toBe(false);
      expect(headers.has("access-control-allow-origin"), path).toBe(false);
      expect(headers.has("x-powered-by"), path).toBe(false);
    }
    const api = await callApi(server.url)("GET", "/users/me");
    expect(api.headers.get("cache-control")).toBe("no-store");
  });

  it("asks for https from then on, where the server is known to be reached by it", async () => {
    server = await startTestServer({ PERIDIO_PUBLIC_URL: "https://peridio.example.com" });
    const { headers } = await fetch(`${server.url}/healthz`);
    expect(headers.get("strict-transport-security")).toBe("max-age=63072000");
  });

  it("of the API pages lets a real browser show them, and them load nothing from elsewhere", async () => {
    server = await startTestServer();
    const browser = await chromium.launch({
      executablePath: pathOf("chromium") ?? "chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    });
    const tab = await browser.newPage();
    const complaints: string[] = [];
    const asked: string[] = [];
    tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    tab.on("pageerror", (error) => complaints.push(String(error)));
    tab.on("request", (request) => asked.push(request.url()));
    await tab.goto(`${server.url}/docs`);
    await tab.getByText("Open Peridio Admin API").first().waitFor();
    expect(complaints.filter((text) => /content security policy/i.test(text))).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(server!.url) && !/^(data|blob):/.test(url))).toEqual([]);
    // The page of an invitation works under its own policy, too.
    const answered = tab.waitForResponse((response) => response.url().endsWith("/invitations/accept"));
    await tab.goto(`${server.url}/invite#no-token-at-all`);
    await tab.getByLabel("User name").fill("ada");
    await tab.getByLabel(/^Password/).fill("analytical engine");
    await tab.getByRole("button", { name: "Accept" }).click();
    expect((await answered).status()).toBe(422);
    await tab.getByText("is not that of an invitation").waitFor();
    await browser.close();
  });
});

describe("pages of other origins", () => {
  const origin = "https://console.example.com";
  const preflight = (url: string, from: string) =>
    fetch(`${url}/binaries`, {
      method: "OPTIONS",
      headers: {
        origin: from,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
      },
    });

  it("may call the API where the setting names them", async () => {
    server = await startTestServer({ PERIDIO_CORS_ORIGINS: `${origin}, http://localhost:3000` });
    const asked = await preflight(server.url, origin);
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe(origin);
    expect(asked.headers.get("access-control-allow-methods")).toContain("PATCH");
    expect(asked.headers.get("access-control-allow-headers")).toContain("authorization");
    const answer = await callApi(server.url)("GET", "/users/me", undefined, { origin });
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("access-control-expose-headers")).toContain("peridio-request-id");
    expect(answer.headers.get("vary")).toBe("Origin");
    expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
    const refused = await callApi(server.url, "")("GET", "/users/me", undefined, { origin });
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([401, origin]);
  });

  it("may not where it names others, nor ever with a session", async () => {
    server = await startTestServer({
      PERIDIO_CORS_ORIGINS: origin,
      PERIDIO_BOOTSTRAP_ADMIN_PASSWORD: "analytical engine no 1",
    });
    for (const from of [
      "https://evil.example",
      "https://console.example.com.evil.example",
      "null",
      "http://console.example.com",
    ]) {
      const asked = await preflight(server.url, from);
      expect(asked.headers.has("access-control-allow-origin"), from).toBe(false);
      expect(asked.status, from).not.toBe(204);
    }
    const browser = openBrowser(server.url);
    await browser.signIn("admin@localhost", "analytical engine no 1");
    expect((await browser.ask("POST", "/artifacts", { name: "x" }, { origin })).status).toBe(403);
  });

  it.each([
    "*",
    "console.example.com",
    "https://console.example.com/",
    "ftp://x.example",
  ])("can't be '%s'", async (word) => {
    await expect(startTestServer({ PERIDIO_CORS_ORIGINS: word })).rejects.toThrow(
      "PERIDIO_CORS_ORIGINS must be origins",
    );
  });
});

describe("what a proxy says", () => {
  const forwarded = {
    "x-forwarded-for": "203.0.113.7",
    "x-forwarded-host": "peridio.example.com",
    "x-forwarded-proto": "https",
  };
  const look = async (running: TestServer, headers: Record<string, string>) => {
    const api = callApi(running.url);
    const created = await api("POST", "/artifacts", { name: `via ${Math.random()}` }, headers);
    const search = new URLSearchParams({ search: `resource_prn:'${created.body.artifact.prn}'` });
    return (await api("GET", `/audit_logs?${search}`)).body.audit_logs[0].address as string;
  };
  const linkOf = async (running: TestServer, headers: Record<string, string>) => {
    const api = callApi(running.url);
    const bytes = randomBytes(10);
    const body = { size: 10, hash: sha256(bytes) };
    const answer = await api("PUT", `/binaries/${await makeBinary(api, bytes)}/parts/1`, body, headers);
    return new URL(answer.body.binary_part.presigned_upload_url).origin;
  };

  it("counts when it is trusted", async () => {
    server = await startTestServer({ PERIDIO_TRUSTED_PROXIES: "loopback, 10.0.0.0/8" });
    expect(await look(server, forwarded)).toBe("203.0.113.7");
    expect(await linkOf(server, forwarded)).toBe("https://peridio.example.com");
    // The nearest that isn't a proxy of ours: what stands before it is only said.
    expect(await look(server, { "x-forwarded-for": "1.2.3.4, 203.0.113.7, 10.1.2.3" })).toBe("203.0.113.7");
    const { headers } = await fetch(`${server.url}/healthz`, { headers: forwarded });
    expect(headers.get("strict-transport-security")).not.toBeNull();
  });

  it("counts for nothing otherwise, whatever it is", async () => {
    server = await startTestServer({ PERIDIO_TRUSTED_PROXIES: "10.0.0.0/8" });
    const running = server;
    const names = [
      "x-forwarded-for",
      "x-forwarded-host",
      "x-forwarded-proto",
      "forwarded",
      "x-real-ip",
      "cf-connecting-ip",
    ];
    const value = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain(), fc.constantFrom("https", "127.0.0.1", "evil, 10.0.0.1"));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), value), async (headers) => {
        expect(await look(running, headers)).toBe("127.0.0.1");
        expect(await linkOf(running, headers)).toBe(running.url);
      }),
      { numRuns: 25 },
    );
  });

  it.each(["everyone", "10.0.0.0/33", "10.0.0.0/8/1", "::1/129"])("can't come from '%s'", async (word) => {
    await expect(startTestServer({ PERIDIO_TRUSTED_PROXIES: word })).rejects.toThrow("must be addresses or blocks");
  });
});

describe("TLS", () => {
  let openssl: Openssl;
  let folder: string;

  beforeAll(() => {
    openssl = openOpenssl();
    folder = openssl.directory;
    openssl.run("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=authority");
    for (const name of ["server", "renewed", "client"]) {
      openssl.run(`req -newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.csr -subj /CN=${name}`);
      openssl.write(`${name}.ext`, "subjectAltName=IP:127.0.0.1");
      openssl.run(
        `x509 -req -in ${name}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile ${name}.ext -out ${name}.crt`,
      );
    }
    openssl.run("req -x509 -newkey rsa:2048 -nodes -keyout stranger.key -out stranger.crt -days 2 -subj /CN=stranger");
  });
  afterAll(() => openssl.remove());

  const file = (name: string) => join(folder, name);
  const pem = (name: string) => openssl.read(name);

  interface Got {
    status: number;
    body: Buffer;
    certificate: string;
    protocol: string | null;
  }

  /** One request over TLS, with a connection of its own. */
  function ask(url: string, options: https.RequestOptions = {}): Promise<Got> {
    return new Promise((resolve, reject) => {
      const request = https.request(
        url,
        { ca: pem("ca.crt"), agent: false, headers: { authorization: `Bearer ${apiKey}` }, ...options },
        async (answer) => {
          const socket = answer.socket as import("node:tls").TLSSocket;
          const certificate = socket.getPeerCertificate().subject.CN as string;
          const protocol = socket.getProtocol();
          const chunks: Buffer[] = [];
          for await (const chunk of answer) chunks.push(chunk as Buffer);
          resolve({ status: answer.statusCode!, body: Buffer.concat(chunks), certificate, protocol });
        },
      );
      request.on("error", reject);
      request.end();
    });
  }

  /** As `startTestServer`, which asks over http whether it is ready. */
  async function startTls(settings: Record<string, string> = {}): Promise<TestServer> {
    return startTestServer(
      { PERIDIO_TLS_CERT: file("server.crt"), PERIDIO_TLS_KEY: file("server.key"), ...settings },
      {
        ready: async (url) =>
          (await ask(`${url}/readyz`, { cert: pem("client.crt"), key: pem("client.key") })).status === 200,
      },
    );
  }

  it("carries the API, uploads and downloads whole, from version 1.2 on", async () => {
    server = await startTls();
    const me = await ask(`${server.url}/users/me`);
    expect(me).toMatchObject({ status: 200, certificate: "server", protocol: "TLSv1.3" });
    expect((await ask(`${server.url}/users/me`, { maxVersion: "TLSv1.2" })).protocol).toBe("TLSv1.2");
    await expect(ask(`${server.url}/users/me`, { minVersion: "TLSv1", maxVersion: "TLSv1.1" })).rejects.toThrow();
    const bytes = randomBytes(3_000_000);
    const { link } = await uploadOverTls(server.url, bytes);
    expect(link.startsWith("https://127.0.0.1:")).toBe(true);
    const content = await ask(link, { headers: {} });
    expect(content.body.equals(bytes)).toBe(true);
    const range = await ask(link, { headers: { range: "bytes=1000000-1999999" } });
    expect([range.status, range.body.equals(bytes.subarray(1_000_000, 2_000_000))]).toEqual([206, true]);
  });

  /** All that a binary needs to be downloaded, over TLS. */
  async function uploadOverTls(url: string, bytes: Buffer): Promise<{ link: string }> {
    const call = (method: string, path: string, body: Buffer | object) =>
      new Promise<Record<string, Record<string, string>>>((resolve, reject) => {
        const isContent = Buffer.isBuffer(body);
        const type = isContent ? "application/octet-stream" : "application/json";
        const headers = { authorization: `Bearer ${apiKey}`, "content-type": type };
        const request = https.request(url + path, { method, headers, ca: pem("ca.crt") }, async (answer) => {
          let text = "";
          for await (const chunk of answer) text += chunk;
          resolve(JSON.parse(text));
        });
        request.on("error", reject);
        request.end(isContent ? body : JSON.stringify(body));
      });
    const artifact = await call("POST", "/artifacts", { name: "over tls" });
    const version = await call("POST", "/artifact_versions", { artifact_prn: artifact.artifact!.prn, version: "1" });
    const binary = await call("POST", "/binaries", {
      artifact_version_prn: version.artifact_version!.prn,
      target: "t",
      hash: sha256(bytes),
      size: bytes.length,
    });
    const prn = binary.binary!.prn!;
    await call("PUT", `/binaries/${prn}/content`, bytes);
    const answer = await ask(`${url}/binaries/${prn}/download_url`);
    return { link: JSON.parse(answer.body.toString()).download_url };
  }

  it("gives a session's cookie only to https", async () => {
    server = await startTls({ PERIDIO_BOOTSTRAP_ADMIN_PASSWORD: "analytical engine no 1" });
    const body = JSON.stringify({ email: "admin@localhost", password: "analytical engine no 1" });
    const headers = { "content-type": "application/json", origin: server.url };
    const cookie = await new Promise<string[] | undefined>((resolve, reject) => {
      const request = https.request(
        `${server!.url}/users/auth`,
        { method: "POST", headers, ca: pem("ca.crt") },
        (answer) => {
          answer.resume();
          resolve(answer.headers["set-cookie"]);
        },
      );
      request.on("error", reject);
      request.end(body);
    });
    expect(cookie![0]).toMatch(
      /^__Host-peridio_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/,
    );
  });

  it("takes clients with a certificate of the authority, and no others, where that is required", async () => {
    server = await startTls({ PERIDIO_TLS_CLIENT_CA: file("ca.crt") });
    const known = { cert: pem("client.crt"), key: pem("client.key") };
    expect((await ask(`${server.url}/users/me`, known)).status).toBe(200);
    await expect(ask(`${server.url}/users/me`)).rejects.toThrow();
    await expect(
      ask(`${server.url}/users/me`, { cert: pem("stranger.crt"), key: pem("stranger.key") }),
    ).rejects.toThrow();
  });

  it("takes clients without a certificate, but none with a wrong one, where it is optional", async () => {
    server = await startTls({ PERIDIO_TLS_CLIENT_CA: file("ca.crt"), PERIDIO_TLS_CLIENT_CERT: "optional" });
    expect((await ask(`${server.url}/users/me`)).status).toBe(200);
    expect((await ask(`${server.url}/users/me`, { cert: pem("client.crt"), key: pem("client.key") })).status).toBe(200);
    await expect(
      ask(`${server.url}/users/me`, { cert: pem("stranger.crt"), key: pem("stranger.key") }),
    ).rejects.toThrow();
  });

  it("takes a renewed certificate without a restart, and keeps the old one when the new one is wrong", async () => {
    writeFileSync(file("live.crt"), pem("server.crt"));
    writeFileSync(file("live.key"), pem("server.key"));
    server = await startTls({ PERIDIO_TLS_CERT: file("live.crt"), PERIDIO_TLS_KEY: file("live.key") });
    const running = server;
    writeFileSync(file("live.crt"), "not a certificate");
    running.process().kill("SIGHUP");
    await until("the complaint", () => running.output().includes("the old ones stay"));
    expect((await ask(`${running.url}/users/me`)).certificate).toBe("server");
    writeFileSync(file("live.crt"), pem("renewed.crt"));
    writeFileSync(file("live.key"), pem("renewed.key"));
    running.process().kill("SIGHUP");
    await until("the new one", async () => (await ask(`${running.url}/users/me`)).certificate === "renewed");
  });

  it.each([
    { what: "a key without a certificate", settings: { PERIDIO_TLS_KEY: "server.key" }, says: "belong together" },
    {
      what: "a file that isn't there",
      settings: { PERIDIO_TLS_CERT: "none.crt", PERIDIO_TLS_KEY: "server.key" },
      says: "can't be read",
    },
    {
      what: "the key of another",
      settings: { PERIDIO_TLS_CERT: "server.crt", PERIDIO_TLS_KEY: "client.key" },
      says: "is not the key of the certificate",
    },
    {
      what: "no PEM",
      settings: { PERIDIO_TLS_CERT: "server.ext", PERIDIO_TLS_KEY: "server.key" },
      says: "must be PEM",
    },
    {
      what: "a demand for certificates of nobody",
      settings: { PERIDIO_TLS_CERT: "server.crt", PERIDIO_TLS_KEY: "server.key" },
      demand: { PERIDIO_TLS_CLIENT_CERT: "required" },
      says: "PERIDIO_TLS_CLIENT_CERT=required needs PERIDIO_TLS_CLIENT_CA",
    },
  ])("doesn't start with $what", async ({ settings, says, demand }) => {
    const paths = Object.fromEntries(Object.entries(settings).map(([name, path]) => [name, file(path)]));
    await expect(startTestServer({ ...paths, ...demand })).rejects.toThrow(says);
  });
});

it("no key, token, password or cookie stands in the log, whatever is asked", async () => {
  server = await startTestServer({
    PERIDIO_LOG_LEVEL: "trace",
    PERIDIO_BOOTSTRAP_ADMIN_PASSWORD: "analytical engine no 1",
  });
  const api = callApi(server.url);
  const browser = openBrowser(server.url);
  await browser.signIn("admin@localhost", "analytical engine no 1");
  await browser.signIn("admin@localhost", "a wrong password of mine");
  const { value } = (await api("POST", "/api_keys", { name: "k", scopes: ["admin"] })).body.api_key;
  await callApi(server.url, value)("GET", "/users/me");
  const { token } = (await api("POST", "/invitations", { email: "x@example.com", role: "viewer" })).body.invitation;
  await browser.ask("POST", "/invitations/accept", { token });
  const bytes = randomBytes(10);
  const prn = await makeBinary(api, bytes);
  const part = await api("PUT", `/binaries/${prn}/parts/1`, { size: 10, hash: sha256(bytes) });
  const link = new URL(part.body.binary_part.presigned_upload_url);
  await fetch(link, { method: "PUT", body: new Uint8Array(bytes) });
  await fetch(`${link}x`, { method: "PUT", body: "wrong" });
  await fetch(`${server.url}/nowhere?token=${value}`, { headers: { authorization: `Bearer ${value}` } });
  const mac = link.searchParams.get("token")!.split(".").at(-1)!;
  const secrets = [
    apiKey,
    value,
    token,
    mac,
    "analytical engine no 1",
    "a wrong password of mine",
    browser.cookies.get("peridio_session")!,
  ];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(10);
    expect(server.output().includes(secret), `${secret.slice(0, 4)}… is in the log`).toBe(false);
  }
  expect(JSON.stringify(query(server, "select * from audit_logs"))).not.toContain(mac);
}, 60_000);
