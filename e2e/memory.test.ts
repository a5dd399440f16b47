import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Api, announcePart, callApi, makeBinary, makeVersion, partSize, sha256, untilVerified } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { type OpenDownload, openDownload, openUpload } from "./support/streaming.ts";

const connections = 64;
const mebibyte = 1_048_576;
/** Bytes of resident memory that the server may take at its peak. */
const most = 200_000_000;
/** Bytes of the one big part; the largest there is takes its time. */
const bigSize = process.env.E2E_FULL ? 5 * 1024 * mebibyte : 1024 * mebibyte;

let server: TestServer;
let api: Api;

beforeEach(async () => {
  server = await startTestServer();
  api = callApi(server.url);
});

afterEach(() => server.stop());

/** The most resident memory that the server ever had, in bytes. */
function peakMemory(): number {
  const status = readFileSync(`/proc/${server.process().pid}/status`, "latin1");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
}

function expectSmall(what: string): void {
  const peak = peakMemory();
  console.log(`${what}: ${Math.round(peak / 1e6)} MB at most`);
  expect(peak).toBeLessThan(most);
}

async function declare(hash: string, size: number): Promise<string> {
  const body = { artifact_version_prn: await makeVersion(api), target: "universal", hash, size };
  return (await api("POST", "/binaries", body)).body.binary.prn;
}

async function becomesSignable(binary: string): Promise<void> {
  await api("PATCH", `/binaries/${binary}`, { state: "hashable" });
  expect((await untilVerified(api, binary)).state).toBe("signable");
}

/** Blocks that all differ, out of one buffer: each is good until the next. */
function* blocks(size: number): Generator<Buffer> {
  const block = Buffer.alloc(mebibyte, "firmware");
  for (let at = 0; at < size; at += block.length) {
    block.writeDoubleLE(at);
    yield block.subarray(0, size - at);
  }
}

describe(`a server takes less than ${most / 1e6} MB`, () => {
  it(`for ${connections} parts at once`, async () => {
    const part = randomBytes(partSize);
    const whole = createHash("sha256");
    for (let at = 0; at < connections; at++) whole.update(part);
    const binary = await declare(whole.digest("hex"), connections * partSize);
    const indexes = Array.from({ length: connections }, (_, at) => at + 1);
    const links = await Promise.all(indexes.map((index) => announcePart(api, binary, index, part)));
    const uploads = links.map((link) => openUpload(link, partSize));
    // All are under way before the first one ends.
    await Promise.all(uploads.map((upload) => upload.write(part.subarray(0, mebibyte))));
    const answers = await Promise.all(uploads.map((upload) => upload.end(part.subarray(mebibyte))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await becomesSignable(binary);
    expectSmall(`${connections} parts at once`);
  });

  it(`for one part of ${bigSize / mebibyte} MiB`, async () => {
    const hash = createHash("sha256");
    for (const block of blocks(bigSize)) hash.update(block);
    const digest = hash.digest("hex");
    const binary = await declare(digest, bigSize);
    const { body } = await api("PUT", `/binaries/${binary}/parts/1`, { hash: digest, size: bigSize });
    const upload = openUpload(body.binary_part.presigned_upload_url, bigSize);
    const began = performance.now();
    for (const block of blocks(bigSize)) await upload.write(block);
    expect((await upload.end()).status).toBe(200);
    console.log(`${Math.round(bigSize / 1000 / (performance.now() - began))} MB/s`);
    await becomesSignable(binary);
    expectSmall("one big part");
  });

  it(`for ${connections} slow downloads at once`, async () => {
    const bytes = randomBytes(32 * mebibyte);
    const binary = await makeBinary(api, bytes);
    expect((await openUpload(`${server.url}/binaries/${binary}/content`, bytes.length).end(bytes)).status).toBe(200);
    const link: string = (await api("GET", `/binaries/${binary}/download_url`)).body.download_url;
    const downloads = await Promise.all(Array.from({ length: connections }, () => openDownload(link)));
    const hashes = await Promise.all(downloads.map((download) => trickle(download, downloads)));
    expect(new Set(hashes)).toEqual(new Set([sha256(bytes)]));
    expectSmall(`${connections} slow downloads at once`);
  });
});

/** Reads to the end; all take turns, so each is slower than its server by far. */
async function trickle({ read }: OpenDownload, all: OpenDownload[]): Promise<string> {
  const hash = createHash("sha256");
  for (let bytes = await read(); bytes; bytes = await read()) {
    hash.update(bytes);
    for (let turn = 0; turn < all.length; turn++) await new Promise(setImmediate);
  }
  return hash.digest("hex");
}
