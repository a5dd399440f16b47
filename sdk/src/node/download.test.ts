import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { createClient } from "../client.ts";
import { type DownloadOptions, downloadBinary } from "../download.ts";
import { type StandIn, sha256, standInPrn, startStandIn } from "../stand-in.fixture.ts";
import { downloadToFile } from "./download.ts";
import { nodeTransport } from "./transport.ts";

const content = randomBytes(3_000_000);
const hash = sha256(content);

let standIn: StandIn;
let directory: string;
let path: string;
let partial: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "sdk-download-"));
  path = join(directory, "copy.bin");
  partial = `${path}.${hash.slice(0, 12)}.partial`;
  standIn = await startStandIn({ hash, size: content.length, state: "signed" });
  standIn.content = content;
  return async () => {
    standIn.close();
    await rm(directory, { recursive: true });
  };
});

function client(patience = { total: 5_000 }) {
  return createClient({ baseUrl: standIn.url, apiKey: "k", transport: nodeTransport(), patience });
}

function download(options: Partial<DownloadOptions> = {}) {
  return downloadToFile(client(), path, { binaryPrn: standInPrn, ...options });
}

async function expectWhole(): Promise<void> {
  expect(sha256(await readFile(path))).toBe(hash);
  expect(await readdir(directory)).toEqual(["copy.bin"]);
}

it("puts the whole file in place", async () => {
  const told: number[] = [];
  expect((await download({ onProgress: (received) => told.push(received) })).hash).toBe(hash);
  await expectWhole();
  expect(told.at(-1)).toBe(content.length);
});

it("goes on where the connection broke", async () => {
  standIn.cutDownloads = { after: 1_000_000, times: 1 };
  await download();
  await expectWhole();
  expect(standIn.seen.filter((line) => line === "GET /content").length).toBe(2);
});

it("has patience anew after every byte that came", async () => {
  standIn.cutDownloads = { after: 300_000, times: 6 };
  await downloadToFile(client({ total: 1_000 }), path, { binaryPrn: standInPrn });
  await expectWhole();
});

it("goes on where an earlier process stopped", async () => {
  await writeFile(partial, content.subarray(0, 2_000_000));
  const told: number[] = [];
  await download({ onProgress: (received) => told.push(received) });
  await expectWhole();
  expect(told[0]).toBeGreaterThan(2_000_000);
});

it("asks for nothing more when an earlier process had it all", async () => {
  await writeFile(partial, content);
  await download();
  await expectWhole();
  expect(standIn.seen).not.toContain("GET /content");
});

it("starts over when the server sends the whole in place of the rest", async () => {
  await writeFile(partial, content.subarray(0, 2_000_000));
  standIn.ignoresRange = true;
  await download();
  await expectWhole();
});

it("takes nothing over that is longer than the content", async () => {
  await writeFile(partial, Buffer.concat([content, content]));
  await download();
  await expectWhole();
});

it("asks for a new link when the old one has expired", async () => {
  let expired = false;
  const { mishap } = standIn;
  standIn.mishap = (method, url) => {
    if (url !== "/content" || expired) return mishap(method, url);
    expired = true;
    return 503;
  };
  await download();
  await expectWhole();
  expect(standIn.seen.filter((line) => line.endsWith("/download_url")).length).toBe(2);
});

it("never puts wrong bytes in place, nor leaves them", async () => {
  standIn.content = randomBytes(content.length);
  await writeFile(path, "what was there before");
  await expect(download()).rejects.toThrow(`${sha256(standIn.content)}, the binary has ${hash}`);
  expect(await readFile(path, "utf8")).toBe("what was there before");
  expect(await readdir(directory)).toEqual(["copy.bin"]);
});

it("finds the wrong bytes of a damaged rest", async () => {
  await writeFile(partial, randomBytes(2_000_000));
  await expect(download()).rejects.toThrow("it was removed");
  await download();
  await expectWhole();
});

it("tells why there is nothing to download, and leaves nothing behind", async () => {
  standIn.mishap = (_method, url) => (url.endsWith("/download_url") ? 409 : undefined);
  await expect(download()).rejects.toMatchObject({ status: 409 });
  expect(await readdir(directory)).toEqual([]);
});

it("stops when it is interrupted, and keeps what it has", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const onProgress = (received: number) => received > 500_000 && controller.abort(reason);
  await expect(download({ signal: controller.signal, onProgress })).rejects.toBe(reason);
  expect((await readFile(partial)).length).toBeGreaterThan(500_000);
  await download();
  await expectWhole();
});

it("downloads into memory, as a browser does", async () => {
  standIn.cutDownloads = { after: 1_000_000, times: 1 };
  const browser = createClient({ baseUrl: standIn.url, apiKey: "k" });
  const { content: blob } = await downloadBinary(browser, { binaryPrn: standInPrn });
  expect(sha256(new Uint8Array(await blob.arrayBuffer()))).toBe(hash);
});

describe("from several origins", () => {
  let other: StandIn;
  beforeEach(async () => {
    other = await startStandIn({ hash, size: content.length });
    other.content = content;
    standIn.origins = { eu: `${standIn.url}/content`, us: `${other.url}/content` };
    return () => other.close();
  });
  const requests = ({ seen }: StandIn, path = "GET /content") => seen.filter((line) => line === path).length;

  it("takes the first, and leaves the others alone", async () => {
    await download();
    await expectWhole();
    expect([requests(standIn), requests(other)]).toEqual([1, 0]);
  });

  it("goes on with the next at the byte where the first broke off, by the same links", async () => {
    standIn.cutDownloads = { after: 1_000_000, times: 1 };
    const told: number[] = [];
    await download({ onProgress: (received) => told.push(received) });
    await expectWhole();
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect([requests(standIn), requests(other)]).toEqual([1, 1]);
    expect(standIn.seen.filter((line) => line.endsWith("/download_url")).length).toBe(1);
  });

  it.each([500, 503, 403, 404])("goes on with the next when the first answers %i", async (status) => {
    standIn.mishap = (_method, url) => (url === "/content" ? status : undefined);
    await download();
    await expectWhole();
    expect([requests(standIn), requests(other)]).toEqual([1, 1]);
  });

  it("goes on with the next when nobody listens at the first", async () => {
    const gone = await startStandIn();
    gone.close();
    standIn.origins = { gone: `${gone.url}/content`, us: `${other.url}/content` };
    await download();
    await expectWhole();
  });

  it("asks the one that brings bytes first, though it breaks off, rather than one that brings none", async () => {
    standIn.mishap = (_method, url) => (url === "/content" ? 500 : undefined);
    other.cutDownloads = { after: 500_000, times: 4 };
    await download();
    await expectWhole();
    // After each of four breaks the first had another chance, but the fifth time it wasn't asked before.
    expect([requests(standIn), requests(other)]).toEqual([4, 5]);
  });

  it("stops at a refusal, which counts for all of them", async () => {
    standIn.mishap = (_method, url) => (url === "/content" ? 410 : undefined);
    await expect(download()).rejects.toMatchObject({ status: 410 });
    expect(requests(other)).toBe(0);
  });

  it("tells the error that may pass when all fail", async () => {
    standIn.mishap = (_method, url) => (url === "/content" ? 503 : undefined);
    other.mishap = () => 403;
    await expect(downloadToFile(client({ total: 0 }), path, { binaryPrn: standInPrn })).rejects.toMatchObject({
      status: 503,
    });
  });

  it("takes nothing from one that sends other bytes than those that are missing", async () => {
    await writeFile(partial, content.subarray(0, 2_000_000));
    standIn.wrongRange = true;
    await download();
    await expectWhole();
    expect([requests(standIn), requests(other)]).toEqual([1, 1]);
  });

  it("tells the server where it is", async () => {
    await download({ region: "DE", origins: ["us", "eu"] });
    expect(standIn.where).toEqual(["DE", "us, eu"]);
  });
});
