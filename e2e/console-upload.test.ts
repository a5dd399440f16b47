import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, makeVersion } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { adminSettings, openChromium, signIn } from "./support/console-page.ts";
import { until } from "./support/until.ts";

const size = 300_000_000;

/** Writes a file whose bytes repeat nowhere, without holding it: as many blocks of a stream cipher's output. */
async function writeFirmware(path: string): Promise<string> {
  const cipher = createCipheriv("aes-128-ctr", randomBytes(16), randomBytes(16));
  const zeros = Buffer.alloc(1_000_000);
  const file = await open(path, "w");
  for (let written = 0; written < size; written += zeros.length) await file.write(cipher.update(zeros));
  await file.close();
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest("hex");
}

describe("an upload of 300 MB by the console", () => {
  let server: TestServer;
  let api: Api;
  let browser: Browser;
  let page: Page;
  let directory: string;
  let path: string;
  let hash: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "console-upload-"));
    path = join(directory, "firmware.img");
    hash = await writeFirmware(path);
    server = await startTestServer(adminSettings);
    api = callApi(server.url);
    browser = await openChromium();
    page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    await signIn(page, server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const declare = async (target: string): Promise<string> => {
    const body = { artifact_version_prn: await makeVersion(api), target, size };
    return (await api("POST", "/binaries", body)).body.binary.prn;
  };
  const validParts = async (prn: string): Promise<{ index: number; hash: string }[]> => {
    const { binary_parts: parts } = (await api("GET", `/binaries/${prn}/parts`)).body;
    return parts.filter(({ state }: { state: string }) => state === "valid");
  };
  const openBinary = (prn: string) => page.goto(`${server.url}/console/binaries/${prn.split(":").at(-1)}`);
  const choose = () => page.locator("main input[type=file]").setInputFiles(path);

  /** Kills the server once some parts are there, and not all; returns those that it had acknowledged. */
  async function killInTheMidst(prn: string): Promise<{ index: number; hash: string }[]> {
    await until("some parts are there", async () => (await validParts(prn)).length >= 5);
    const kept = await validParts(prn);
    await server.kill();
    return kept;
  }

  async function expectWhole(prn: string): Promise<void> {
    await page.locator("main header [data-state=signable]").waitFor({ timeout: 120_000 });
    const { binary } = (await api("GET", `/binaries/${prn}`)).body;
    expect(binary).toMatchObject({ state: "signable", size, hash });
    const { download_url } = (await api("GET", `/binaries/${prn}/download_url`)).body;
    const stored = createHash("sha256");
    const { body } = await fetch(download_url);
    for await (const piece of body as unknown as AsyncIterable<Uint8Array>) stored.update(piece);
    expect(stored.digest("hex")).toBe(hash);
  }

  it("goes on by itself after the server was killed in the midst and started again", async () => {
    expect((await stat(path)).size).toBe(size);
    const prn = await declare("by-itself");
    await openBinary(prn);
    await choose();
    const kept = await killInTheMidst(prn);
    await page.getByText(/A part is sent again/).waitFor();
    await server.start();
    expect(await validParts(prn)).toEqual(expect.arrayContaining(kept));
    await expectWhole(prn);
  });

  it("goes on with the parts that had arrived when the page was closed meanwhile", async () => {
    const prn = await declare("reloaded");
    await openBinary(prn);
    await choose();
    const kept = await killInTheMidst(prn);
    // Asked before it leaves an upload that is under way.
    page.once("dialog", (asked) => void asked.accept());
    await page.goto("about:blank");
    await server.start();
    await openBinary(prn);
    await page.getByText("Drop the same file to go on").waitFor();
    await page.getByText(/choose the same one again/).waitFor();
    const sent = new Set<number>();
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith("/cdn/parts/")) sent.add(Number(pathname.split("/").at(-3)));
    });
    await choose();
    await expectWhole(prn);
    expect(kept.filter(({ index }) => sent.has(index))).toEqual([]);
    expect(sent.size).toBeGreaterThan(0);
  });
});
