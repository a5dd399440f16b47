import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, makeVersion, sha256 } from "./api.ts";
import { freePort } from "./free-port.ts";
import { pathOf } from "./needs.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";

/** A page that uses the SDK against a server of another origin. */
const script = `
import { blobSource, createClient, downloadBinary, uploadBinary } from "@open-peridio/sdk";
window.roundTrip = async (baseUrl, prn, base64) => {
  const client = createClient({ baseUrl, apiKey: ${JSON.stringify(apiKey)} });
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const source = blobSource(new Blob([bytes]));
  const binary = await uploadBinary(client, { binaryPrn: prn, source, direct: false });
  const { content } = await downloadBinary(client, { binaryPrn: prn });
  return { state: binary.state, size: (await content.arrayBuffer()).byteLength };
};
window.ask = async (url, headers) => {
  const answer = await fetch(url, { headers });
  return { status: answer.status, id: answer.headers.get("peridio-request-id"), left: answer.headers.get("ratelimit") };
};`;

interface PageWindow {
  roundTrip(baseUrl: string, prn: string, base64: string): Promise<{ state: string; size: number }>;
  ask(url: string, headers: Record<string, string>): Promise<{ status: number; id: string; left: string }>;
}

describe("a page of another origin, in a real browser,", () => {
  let server: TestServer;
  let api: Api;
  let pages: Server;
  let browser: Browser;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    server = await startTestServer({ PERIDIO_CORS_ORIGINS: `http://127.0.0.1:${port}` });
    api = callApi(server.url);
    pages = await servePage(port);
    browser = await chromium.launch({
      executablePath: pathOf("chromium") ?? "chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    });
  });
  afterAll(async () => {
    await browser?.close();
    pages?.close();
    await server?.stop();
  });

  async function open(host: string) {
    const tab = await browser.newPage();
    await tab.goto(`http://${host}:${port}/`);
    await tab.waitForFunction("window.ask !== undefined");
    return tab;
  }

  it("that the setting names uploads and downloads with the SDK, and reads the headers it needs", async () => {
    const bytes = randomBytes(6_000_000);
    const body = { artifact_version_prn: await makeVersion(api), target: "t", hash: sha256(bytes), size: bytes.length };
    const { prn } = (await api("POST", "/binaries", body)).body.binary;
    const tab = await open("127.0.0.1");
    const done = await tab.evaluate(
      ([url, prn, text]) => (window as unknown as PageWindow).roundTrip(url!, prn!, text!),
      [server.url, prn as string, bytes.toString("base64")],
    );
    expect(done).toEqual({ state: "signable", size: bytes.length });
    const seen = await tab.evaluate(
      ([url, key]) => (window as unknown as PageWindow).ask(`${url}/users/me`, { authorization: `Bearer ${key}` }),
      [server.url, apiKey],
    );
    expect(seen.status).toBe(200);
    expect(seen.id).toMatch(/^[\w-]{20}$/);
    expect(seen.left).toMatch(/^"caller";r=\d+;t=\d+$/);
    // A download is resumed with these.
    const link = (await api("GET", `/binaries/${prn}/download_url`)).body.download_url as string;
    const resumed = await tab.evaluate(
      ([url, etag]) => (window as unknown as PageWindow).ask(url!, { range: "bytes=10-", "if-range": etag! }),
      [link, `"${sha256(bytes)}"`],
    );
    expect(resumed.status).toBe(206);
  });

  it("that it doesn't name gets nothing, though it has a key", async () => {
    const tab = await open("localhost");
    const asked = tab.evaluate(
      ([url, key]) => (window as unknown as PageWindow).ask(`${url}/users/me`, { authorization: `Bearer ${key}` }),
      [server.url, apiKey],
    );
    await expect(asked).rejects.toThrow("Failed to fetch");
  });
});

async function servePage(port: number): Promise<Server> {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  const pages = createServer((request, answer) => {
    const isScript = request.url === "/page.js";
    answer.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    answer.end(isScript ? outputFiles[0]!.text : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  // On every address, so that the same page has two origins: 127.0.0.1 and localhost.
  await new Promise<void>((resolve) => pages.listen(port, resolve));
  return pages;
}
