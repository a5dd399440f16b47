import { randomBytes } from "node:crypto";
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, callApi, makeVersion } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { peridioOf } from "./support/peridio.ts";
import { makeSigner, signBinary, type TestSigner } from "./support/signed.ts";

const mebibyte = 1_048_576;
/** Bytes of the two binaries; the larger bundle takes its time. */
const size = (process.env.E2E_FULL ? 2_560 : 512) * mebibyte;
/** Bytes of resident memory that the CLI may take at its peak: what it needs at least, and pieces on their way. */
const most = 250_000_000;

let from: TestServer;
let to: TestServer;
let here: Api;
let there: Api;
let signer: TestSigner;
let directory: string;

beforeAll(async () => {
  [from, to] = [await startTestServer(), await startTestServer()];
  [here, there] = [callApi(from.url), callApi(to.url)];
  signer = await makeSigner(here);
  await there("POST", "/signing_keys", { name: "the same", value: signer.value });
  directory = mkdtempSync(join(tmpdir(), "large-"));
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await from.stop();
  await to.stop();
});

/** Runs our CLI. @returns the most resident memory that it was ever seen to have, in bytes */
async function peakOf(server: TestServer, ...words: string[]): Promise<number> {
  const running = peridioOf(server, { env: { TMPDIR: directory } }).start(...words);
  let peak = 0;
  const status = `/proc/${running.child.pid}/status`;
  const look = setInterval(() => {
    const found = existsSync(status) && /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, "latin1"));
    if (found) peak = Number(found[1]) * 1024;
  }, 20);
  const { code, stderr } = await running.ended;
  clearInterval(look);
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringContaining("Error") });
  console.log(`${words.slice(0, 2).join(" ")}: ${Math.round(peak / 1e6)} MB at most`);
  expect(peak).toBeGreaterThan(0);
  return peak;
}

/** A file of blocks that all differ. */
async function makeFile(): Promise<string> {
  const path = join(directory, "content");
  const block = randomBytes(mebibyte);
  async function* blocks() {
    for (let at = 0; at < size; at += mebibyte) {
      block.writeDoubleLE(at);
      yield Buffer.from(block);
    }
  }
  await pipeline(blocks, createWriteStream(path));
  return path;
}

it(`a bundle of ${(2 * size) / mebibyte} MiB is pulled and pushed in less than ${most / 1e6} MB`, {
  timeout: 1_800_000,
}, async () => {
  const binaries: { prn: string }[] = [];
  for (let count = 0; count < 2; count++) {
    const path = await makeFile();
    const version = await makeVersion(here);
    const target = ["--artifact-version-prn", version, "--target", "t"];
    const made = await peridioOf(from)("binaries", "create", ...target, "--content-path", path);
    expect(made).toMatchObject({ code: 0 });
    binaries.push({ prn: JSON.parse(made.stdout).binary.prn });
    await signBinary(here, signer, binaries.at(-1)!.prn);
    rmSync(path);
  }
  const v2 = { "x-api-version": "2" };
  const { bundle } = (await here("POST", "/bundles", { binaries }, v2)).body;

  const archive = join(directory, "bundle.cpio.zst");
  expect(await peakOf(from, "bundles", "pull", "--bundle-prn", bundle.prn, "--file", archive)).toBeLessThan(most);
  expect(await peakOf(to, "bundles", "push", "--path", archive)).toBeLessThan(most);
  const search = encodeURIComponent(`hash:'${bundle.hash}'`);
  expect((await there("GET", `/bundles?search=${search}`, undefined, v2)).body.bundles).toHaveLength(1);
});
