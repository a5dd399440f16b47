import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { DeviceOptions } from "./device.ts";
import { type Outcome, runDeviceOnce } from "./run.ts";
import {
  itemOf,
  type KeyPair,
  makeKey,
  optionsFor,
  type StandIn,
  sha256,
  startStandIn,
  updateTo,
} from "./stand-in.fixture.ts";

const old = randomBytes(300_000);
const fresh = Buffer.concat([old.subarray(0, 100_000), randomBytes(500), old.subarray(100_000)]);

let standIn: StandIn;
let key: KeyPair;
let options: Awaited<ReturnType<typeof optionsFor>>;
let folder: string;

beforeEach(async () => {
  standIn = await startStandIn();
  key = makeKey();
  options = await optionsFor(standIn, [key]);
  folder = mkdtempSync(join(tmpdir(), "device-deltas-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await install("1.0.0", old);
});

function once(changes: Partial<DeviceOptions> = {}): Promise<Outcome> {
  return runDeviceOnce({ ...options, ...changes }, new AbortController().signal);
}

async function install(version: string, bytes: Uint8Array): Promise<void> {
  standIn.answer = updateTo(version, [itemOf(bytes, [key], { url: standIn.serve(bytes) })]);
  expect(await once()).toBe("updated");
  standIn.ranges.length = 0;
}

/** Made by the program itself, as the server does. */
function deltaBy(algorithm: "xdelta3" | "zstd", from: Uint8Array, to: Uint8Array): Buffer {
  const [a, b, delta] = ["from", "to", "delta"].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(a, from);
  writeFileSync(b, to);
  if (algorithm === "xdelta3") execFileSync("xdelta3", ["-q", "-f", "-e", "-s", a, b, delta]);
  else execFileSync("zstd", ["-q", "-f", `--patch-from=${a}`, b, "-o", delta], { stdio: "ignore" });
  return readFileSync(delta);
}

function offered(algorithm: "xdelta3" | "zstd", delta: Buffer, fields: Record<string, unknown> = {}) {
  const known = { from_hash: sha256(old), algorithm, size: delta.length, hash: sha256(delta) };
  return { ...known, url: standIn.serve(delta), ...fields };
}

function offer(deltas: unknown, bytes: Uint8Array = fresh, keys = [key]): void {
  standIn.answer = updateTo("2.0.0", [itemOf(bytes, keys, { url: standIn.serve(bytes), deltas })]);
}

const current = (): Promise<Buffer> => readFile(join(options.directory, "current/firmware/binary"));
const events = () => options.events.map(({ event }) => event);
const wholeWasFetched = () => standIn.ranges.some((range) => range?.endsWith(`-${fresh.length - 1}`) === true);

describe("a device that holds what a delta begins with", () => {
  it("names it, and the programs that it has", async () => {
    standIn.answer = { status: "no_update" };
    await once();
    expect(standIn.polls.at(-1)).toMatchObject({
      "peridio-holds": sha256(old),
      "peridio-delta-algorithms": "xdelta3, zstd",
    });
    await once({ deltas: false });
    expect(standIn.polls.at(-1)).not.toHaveProperty("peridio-holds");
  });

  it.each(["xdelta3", "zstd"] as const)("makes the new content of it, by %s", async (algorithm) => {
    offer([offered(algorithm, deltaBy(algorithm, old, fresh))]);
    expect(await once()).toBe("updated");
    expect(await current()).toEqual(fresh);
    expect(events()).toContain("patched");
    expect(wholeWasFetched()).toBe(false);
  });

  it.each([
    ["was damaged on its way", (good: Buffer) => [offered("zstd", good, { hash: "0".repeat(64) })]],
    ["is none", () => [offered("zstd", randomBytes(200))]],
    ["makes something else", () => [offered("xdelta3", deltaBy("xdelta3", old, randomBytes(2_000)))]],
    ["makes far too much", () => [offered("zstd", deltaBy("zstd", old, Buffer.alloc(50_000_000)))]],
    ["is of an unknown kind", (good: Buffer) => [offered("zstd", good, { algorithm: "bsdiff" })]],
    [
      "begins with what the device doesn't hold",
      (good: Buffer) => [offered("zstd", good, { from_hash: "1".repeat(64) })],
    ],
    ["can't be read", () => [{ algorithm: "zstd" }, null, 7]],
    ["is no list", () => "deltas"],
  ])("fetches the whole when the delta %s", async (_what, deltas) => {
    offer(deltas(deltaBy("zstd", old, fresh)));
    expect(await once()).toBe("updated");
    expect(await current()).toEqual(fresh);
    expect(events()).not.toContain("patched");
    expect(wholeWasFetched()).toBe(true);
  });

  it("takes the next one when the smallest is of no use", async () => {
    const good = deltaBy("zstd", old, fresh);
    offer([offered("xdelta3", randomBytes(20)), offered("zstd", good)]);
    expect(await once()).toBe("updated");
    expect(events()).toContain("patched");
    expect(await current()).toEqual(fresh);
  });

  it("fetches the whole when its own copy was changed on the disk", async () => {
    const changed = Buffer.from(old);
    changed[5]! ^= 1;
    const path = join(options.directory, "current/firmware/binary");
    chmodSync(path, 0o600);
    writeFileSync(path, changed);
    offer([offered("zstd", deltaBy("zstd", old, fresh))]);
    expect(await once()).toBe("updated");
    expect(await current()).toEqual(fresh);
    expect(wholeWasFetched()).toBe(true);
  });

  it("asks for no deltas where the programs are missing, and fetches the whole", async () => {
    const path = process.env.PATH;
    onTestFinished(() => {
      process.env.PATH = path;
    });
    const delta = deltaBy("zstd", old, fresh);
    process.env.PATH = folder;
    offer([offered("zstd", delta)]);
    expect(await once()).toBe("updated");
    expect(standIn.polls.at(-1)).not.toHaveProperty("peridio-holds");
    expect(wholeWasFetched()).toBe(true);
  });

  it("installs nothing that a delta makes well but no trusted key has signed", async () => {
    offer([offered("zstd", deltaBy("zstd", old, fresh))], fresh, [makeKey()]);
    expect(await once()).toBe("failed");
    expect(await current()).toEqual(old);
  });

  it("goes on with a new link when that of a delta has ended", async () => {
    const delta = offered("zstd", deltaBy("zstd", old, fresh));
    const good = delta.url;
    offer([delta]);
    let polls = 0;
    standIn.intercept = (request, response) => {
      const isEnded = request.url === "/ended";
      if (request.url!.startsWith("/update?")) delta.url = ++polls === 1 ? `${standIn.url}/ended` : good;
      if (isEnded) response.writeHead(403).end();
      return isEnded;
    };
    expect(await once()).toBe("updated");
    expect(events()).toContain("patched");
    expect(await current()).toEqual(fresh);
  });
});
