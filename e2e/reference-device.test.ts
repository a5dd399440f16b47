import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Api } from "./api.ts";
import {
  type DeviceServer,
  makeBundle,
  makeCohort,
  makeDevice,
  makeRelease,
  startDeviceServer,
} from "./support/device.ts";
import { type IdentityShop, openShop } from "./support/identities.ts";
import { layWire, openDevice, type ReferenceDevice, type Wire } from "./support/reference-device.ts";
import { makeSigner, signBinary, signedBinary, type TestSigner } from "./support/signed.ts";
import { until } from "./support/until.ts";

let running: DeviceServer;
let wire: Wire;
let shop: IdentityShop;
let api: Api;
let signer: TestSigner;
let count = 0;

beforeAll(async () => {
  wire = await layWire();
  // Links live as short as they can: what takes longer has to ask for new ones.
  running = await startDeviceServer({ PERIDIO_CONTENT_PUBLIC_URL: wire.url, PERIDIO_DOWNLOAD_EXPIRY: "3" });
  wire.target = running.server.url;
  shop = openShop();
  ({ api } = running);
  signer = await makeSigner(api);
});

afterAll(async () => {
  await running.stop();
  await wire.close();
  shop.remove();
});

/** A cohort, and a device of it that trusts the signer. */
async function newDevice(cohort?: { product: string; cohort: string }) {
  const place = cohort ?? (await makeCohort(api));
  const identity = shop.make({ name: `device-${++count}` });
  const { prn } = await makeDevice(api, place, identity);
  return { place, prn, device: await openDevice(running.url, identity, [signer.value]) };
}

async function release(cohort: string, version: string, bytes: Uint8Array, more: Record<string, unknown> = {}) {
  const binary = await signedBinary(running.server, api, signer, {}, bytes);
  const bundle = await makeBundle(api, [binary]);
  const made = await makeRelease(api, cohort, bundle, { version, version_requirement: ">= 0.0.1", ...more });
  return { prn: made.prn as string, binary };
}

const rollout = async (prn: string) => (await api("GET", `/releases/${prn}/rollout`)).body.rollout;
/** The folder of the only item. */
const firmware = async (device: ReferenceDevice) => {
  const { running } = JSON.parse(await readFile(join(device.directory, "device.json"), "utf8"));
  return device.current(`${running.items[0].folder}/binary`);
};
/** A hook that kills the device that runs it, the first time. */
const killOnce = (then: string) =>
  `[ -e "$PERIDIO_STATE_DIRECTORY/killed" ] || { echo $$ > "$PERIDIO_STATE_DIRECTORY/killed"; kill -9 $PPID; sleep 600; }; ${then}`;
const place = 'cp "$PERIDIO_BINARY_PATH" "$PERIDIO_INSTALL_PATH/binary"';

/** Not a dead one that nobody has asked for yet: that has no command line any more. */
const isRunning = async (pid: number) => (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")) !== "";

let device: ReferenceDevice;
let cohort: { product: string; cohort: string };
let prn: string;

beforeEach(async () => {
  ({ device, place: cohort, prn } = await newDevice());
});
afterEach(async () => {
  wire.meddle = (bytes) => bytes;
  await device.remove();
});

describe("the reference device", () => {
  it("gets a release, runs it, and the server knows", async () => {
    const bytes = randomBytes(300_000);
    const { prn: released } = await release(cohort.cohort, "1.0.0", bytes);
    device.start();
    await device.says("committed");
    await until("the server knows", async () => (await rollout(released)).done === 1);
    expect((await firmware(device)).equals(bytes)).toBe(true);
    const next = randomBytes(200_000);
    const { prn: second } = await release(cohort.cohort, "1.1.0", next);
    await until("the server knows of the next", async () => (await rollout(second)).done === 1);
    expect((await firmware(device)).equals(next)).toBe(true);
    await until(
      "the server shows what runs",
      async () => (await api("GET", `/devices/${prn}`)).body.device.reported_release_version === "1.1.0",
    );
  });

  it("goes on with a download after kill -9, and fetches nothing again that was safe", async () => {
    const bytes = randomBytes(24_000_000);
    const { prn: released } = await release(cohort.cohort, "1.0.0", bytes);
    wire.meddle = async (piece) => {
      await pause(piece.length / 6_000);
      return piece;
    };
    const child = device.start("--chunk-size", "1000000");
    await until("half of it came", () => wire.passed > bytes.length / 2);
    await until("progress is told", () => device.events.some(({ event }) => event === "progress"));
    child.kill("SIGKILL");
    const before = wire.passed;
    wire.meddle = (piece) => piece;
    device.start("--chunk-size", "1000000");
    await device.says("committed");
    // Four chunks that were under way, and what the kernels held.
    expect(wire.passed).toBeLessThan(before + bytes.length * 0.75);
    expect((await firmware(device)).equals(bytes)).toBe(true);
    await until("the server knows", async () => (await rollout(released)).done === 1);
  });

  it.each([
    ["installs", ["--install-hook", killOnce(place)]],
    ["activates", ["--install-hook", place, "--activate-hook", killOnce("true")]],
    ["looks whether all is well", ["--install-hook", place, "--health-hook", killOnce("true")]],
  ])("goes on after kill -9 while it %s", async (_what, hooks) => {
    const bytes = randomBytes(100_000);
    const { prn: released } = await release(cohort.cohort, "1.0.0", bytes);
    expect(await device.once(...hooks)).toBe("SIGKILL");
    const hook = Number(await readFile(join(device.directory, "killed"), "utf8"));
    expect(await isRunning(hook)).toBe(true);
    expect(await device.once(...hooks)).toBe(0);
    // It would have gone on beside the second one.
    expect(await isRunning(hook)).toBe(false);
    expect((await firmware(device)).equals(bytes)).toBe(true);
    expect(existsSync(join(device.directory, "hook.pid"))).toBe(false);
    expect((await rollout(released)).done).toBe(1);
  });

  it("goes back after kill -9 too, when the new isn't well", async () => {
    const good = randomBytes(1_000);
    await release(cohort.cohort, "1.0.0", good);
    expect(await device.once()).toBe(0);
    const { prn: bad } = await release(cohort.cohort, "2.0.0", randomBytes(1_000));
    expect(await device.once("--health-hook", killOnce("false"))).toBe("SIGKILL");
    await device.once("--health-hook", killOnce("false"));
    expect((await firmware(device)).equals(good)).toBe(true);
    expect((await rollout(bad)).failed).toBe(1);
  });

  it("asks for new links when the old ones end under its download", async () => {
    const bytes = randomBytes(6_000_000);
    await release(cohort.cohort, "1.0.0", bytes);
    wire.meddle = async (piece) => {
      await pause(piece.length / 1_000);
      return piece;
    };
    device.start("--chunk-size", "500000", "--concurrency", "1");
    await device.says("retrying", "expired");
    await device.says("committed");
    expect((await firmware(device)).equals(bytes)).toBe(true);
  });

  it("never installs bytes that were damaged on their way", async () => {
    const bytes = randomBytes(50_000);
    const { prn: released } = await release(cohort.cohort, "1.0.0", bytes);
    wire.meddle = (piece) => {
      const spoiled = Buffer.from(piece);
      spoiled[spoiled.length - 1]! ^= 4;
      return spoiled;
    };
    expect(await device.once("--install-hook", place)).toBe(1);
    expect((await device.says("failed")).message).toContain("damaged on its way");
    expect(existsSync(join(device.directory, "slots"))).toBe(false);
    expect((await rollout(released)).failed).toBe(1);
    wire.meddle = (piece) => piece;
    expect(await device.once("--install-hook", place, "--retry-failed")).toBe(0);
    expect((await firmware(device)).equals(bytes)).toBe(true);
    expect(await rollout(released)).toMatchObject({ done: 1, failed: 0 });
  });

  it("installs nothing that only others signed, whom the server trusts", async () => {
    const stranger = await makeSigner(api);
    const binary = await signedBinary(running.server, api, stranger, {}, randomBytes(1_000));
    const bundle = await makeBundle(api, [binary]);
    await makeRelease(api, cohort.cohort, bundle, { version: "1.0.0", version_requirement: ">= 0.0.1" });
    expect(await device.once()).toBe(1);
    expect((await device.says("failed")).message).toContain("is signed by no trusted key");
    expect(existsSync(join(device.directory, "current"))).toBe(false);
    // Signed by its own key as well, it is good.
    await signBinary(api, signer, binary);
    expect(await device.once("--retry-failed")).toBe(0);
  });

  it("goes back when the new isn't well, and with enough of them the release halts", async () => {
    const good = randomBytes(1_000);
    await release(cohort.cohort, "1.0.0", good);
    const { device: other } = await newDevice(cohort);
    try {
      expect(await device.once()).toBe(0);
      expect(await other.once()).toBe(0);
      const { prn: bad } = await release(cohort.cohort, "2.0.0", randomBytes(1_000), { failure_share: 0.5 });
      expect(await device.once("--health-hook", "echo no light; false")).toBe(1);
      expect((await firmware(device)).equals(good)).toBe(true);
      const halted = (await api("GET", `/releases/${bad}`)).body.release;
      expect(halted.halted_at).not.toBeNull();
      const [claim] = (await api("GET", `/release_claims?search=release_prn:'${bad}'`)).body.release_claims;
      expect(claim).toMatchObject({ state: "failed", detail: expect.stringContaining("no light") });
      other.events.length = 0;
      expect(await other.once()).toBe(0);
      expect(other.events.map(({ event, status }) => status ?? event)).toEqual(["no_update"]);
    } finally {
      await other.remove();
    }
  });

  it("goes back to an older version only by a release that is for newer ones alone", async () => {
    await release(cohort.cohort, "2.0.0", randomBytes(1_000));
    expect(await device.once()).toBe(0);
    const { prn: old } = await release(cohort.cohort, "1.5.0", randomBytes(1_000));
    expect(await device.once()).toBe(1);
    expect((await device.says("failed")).message).toContain("1.5.0 is older than 2.0.0");
    await api("PATCH", `/releases/${old}`, { version_requirement: ">= 2.0.0" });
    expect(await device.once("--retry-failed")).toBe(0);
    expect((await rollout(old)).done).toBe(1);
  });

  it("gets nothing more the moment a binary is destroyed, also what it has begun to download", async () => {
    const { prn: released, binary } = await release(cohort.cohort, "1.0.0", randomBytes(20_000_000));
    wire.meddle = async (piece) => {
      await pause(piece.length / 2_000);
      return piece;
    };
    device.start("--chunk-size", "500000");
    await until("some of it came", () => device.events.some(({ event }) => event === "progress"));
    expect((await api("POST", `/binaries/${binary}/destroy`)).status).toBe(200);
    await until("the device notices", () => device.events.some(({ status }) => status === "no_update"));
    expect(existsSync(join(device.directory, "slots"))).toBe(false);
    expect((await rollout(released)).done).toBe(0);
  });
});

it("the reference device takes the next origin when the best one is down", async () => {
  const folder = mkdtempSync(join(tmpdir(), "e2e-device-origins-"));
  const origin = (name: string, url: string) => `[[origin]]\nname = "${name}"\nkind = "server"\nurl = "${url}"\n`;
  const file = join(folder, "origins.toml");
  writeFileSync(file, origin("down", "http://127.0.0.1:1") + origin("up", wire.url));
  const other = await startDeviceServer({ PERIDIO_ORIGINS: file });
  const before = wire.target;
  wire.target = other.server.url;
  const identity = shop.make({ name: "far" });
  const own = await makeSigner(other.api);
  const far = await openDevice(other.url, identity, [own.value]);
  try {
    const place = await makeCohort(other.api);
    await makeDevice(other.api, place, identity);
    const bytes = randomBytes(10_000);
    const bundle = await makeBundle(other.api, [await signedBinary(other.server, other.api, own, {}, bytes)]);
    await makeRelease(other.api, place.cohort, bundle, { version: "1.0.0", version_requirement: ">= 0.0.1" });
    expect(await far.once()).toBe(0);
    expect((await firmware(far)).equals(bytes)).toBe(true);
  } finally {
    wire.target = before;
    await far.remove();
    await other.stop();
    rmSync(folder, { recursive: true });
  }
});
