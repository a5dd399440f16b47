import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callApi, makeBinary } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { exchange, rawRequest } from "./support/raw-http.ts";
import { openUpload } from "./support/streaming.ts";

/** What `http/security-headers.ts` says, written out once more: who weakens it has to say so here, too. */
const security = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};
const origin = "https://console.example.com";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ PERIDIO_CORS_ORIGINS: origin });
});
afterAll(() => server.stop());

describe("security headers stand on answers that pass by the hooks:", () => {
  it("to what isn't HTTP", async () => {
    const { status, headers } = await exchange(server.url, (socket) => socket.write("hello\r\n\r\n"));
    expect(status).toBe(400);
    expect(headers).toMatchObject(security);
  });

  it("to headers that are too large", async () => {
    const { status, headers } = await rawRequest("GET", `${server.url}/binaries`, [`x-large: ${"a".repeat(20_000)}`]);
    expect(status).toBe(431);
    expect(headers).toMatchObject(security);
  });

  it("to a path that can't be read", async () => {
    const { status, headers } = await fetch(`${server.url}/binaries/%zz`);
    expect(status).toBe(400);
    expect(Object.fromEntries(headers)).toMatchObject(security);
  });

  it("with content, whole and in part, where a page of an allowed origin can read them", async () => {
    const api = callApi(server.url);
    const bytes = randomBytes(1000);
    const binary = await makeBinary(api, bytes);
    await openUpload(`${server.url}/binaries/${binary}/content`, bytes.length).end(bytes);
    const link = (await api("GET", `/binaries/${binary}/download_url`)).body.download_url as string;
    for (const range of [undefined, "bytes=0-9", "bytes=0-9,20-29"]) {
      const answer = await fetch(link, { headers: range ? { range } : {} });
      expect(answer.status).toBe(range ? 206 : 200);
      expect(Object.fromEntries(answer.headers)).toMatchObject(security);
    }
    const { headers } = await fetch(link, { headers: { origin, range: "bytes=0-9" } });
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    // What is kept for one origin must not be given to another.
    expect(headers.get("vary")).toBe("Origin");
  });
});
