import { randomBytes } from "node:crypto";
import { createServer, request, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, makeVersion, sha256 } from "./api.ts";
import { freePort } from "./free-port.ts";
import { pathOf } from "./needs.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";

/** What the page puts on `window`. */
interface SdkPage {
  upload(prn: string, bytes: string): Promise<{ state: string; progress: number[] }>;
  download(prn: string): Promise<{ size: number; first: number }>;
  failing(prn: string): Promise<string>;
}

const page = `
import { blobSource, createClient, downloadBinary, uploadBinary } from "@open-peridio/sdk";
const client = createClient({ baseUrl: location.origin, apiKey: ${JSON.stringify(apiKey)} });
window.sdk = {
  async upload(prn, base64) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const progress = [];
    const source = blobSource(new Blob([bytes]));
    const onProgress = ({ acknowledged }) => progress.push(acknowledged);
    const binary = await uploadBinary(client, { binaryPrn: prn, source, direct: false, onProgress });
    return { state: binary.state, progress };
  },
  async download(prn) {
    const { content } = await downloadBinary(client, { binaryPrn: prn });
    const bytes = new Uint8Array(await content.arrayBuffer());
    return { size: bytes.length, first: bytes[0] };
  },
  async failing(prn) {
    const source = blobSource(new Blob(["not what was declared"]));
    return uploadBinary(client, { binaryPrn: prn, source }).then(() => "accepted", (error) => error.message);
  },
};`;

describe("the SDK in a browser", () => {
  let server: TestServer;
  let front: Server;
  let browser: Browser;
  let tab: Page;
  let api: Api;

  beforeAll(async () => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    // Links must be of the page's origin too.
    server = await startTestServer({ PERIDIO_PUBLIC_URL: origin });
    api = callApi(server.url);
    front = await sameOrigin(port, server.url, await bundle());
    browser = await chromium.launch({
      executablePath: pathOf("chromium") ?? "chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    });
    tab = await browser.newPage();
    await tab.goto(`${origin}/page.html`);
    await tab.waitForFunction("window.sdk !== undefined");
  });
  afterAll(async () => {
    await browser?.close();
    front?.close();
    await server?.stop();
  });

  async function record(bytes: Uint8Array, target: string): Promise<string> {
    const body = { artifact_version_prn: await makeVersion(api), target, hash: sha256(bytes), size: bytes.length };
    return (await api("POST", "/binaries", body)).body.binary.prn;
  }

  const call = <T>(name: keyof SdkPage, ...values: string[]): Promise<T> =>
    tab.evaluate(
      ([method, ...rest]) =>
        (window as unknown as { sdk: Record<string, (...v: string[]) => unknown> }).sdk[method!]!(...rest),
      [name, ...values],
    ) as Promise<T>;

  it("uploads a Blob in parts, verified, and downloads it again", async () => {
    const bytes = randomBytes(12_000_000);
    const prn = await record(bytes, "browser");
    const uploaded = await call<{ state: string; progress: number[] }>("upload", prn, bytes.toString("base64"));
    expect(uploaded.state).toBe("signable");
    expect(uploaded.progress.at(-1)).toBe(bytes.length);
    const { binary_parts: parts } = (await api("GET", `/binaries/${prn}/parts`)).body;
    expect(parts.length).toBe(3);
    expect(await call("download", prn)).toEqual({ size: bytes.length, first: bytes[0] });
  });

  it("says what differs when the content isn't the declared one", async () => {
    const prn = await record(Buffer.from("something with 21 byte"), "other");
    expect(await call<string>("failing", prn)).toMatch(/22/);
  });
});

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: page, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  return outputFiles[0]!.text;
}

/** The page, and behind the same origin the server: what a reverse proxy does. */
async function sameOrigin(port: number, target: string, script: string): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === "/page.html") {
      outgoing.setHeader("content-type", "text/html");
      return outgoing.end('<!doctype html><title>SDK</title><script type="module" src="/page.js"></script>');
    }
    if (incoming.url === "/page.js") {
      outgoing.setHeader("content-type", "text/javascript");
      return outgoing.end(script);
    }
    const { method, headers } = incoming;
    const forwarded = request(target + incoming.url, { method, headers: { ...headers } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}
