import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi } from "./api.ts";
import { freePort } from "./free-port.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { type Backend, type RunningBackend, startBackend } from "./support/backend.ts";
import {
  callAsDevice,
  type DeviceServer,
  makeBundle,
  makeCohort,
  makeDevice,
  makeRelease,
  startDeviceServer,
} from "./support/device.ts";
import { type IdentityShop, openShop, registerAuthority } from "./support/identities.ts";
import { makeSigner, signedBinary, type TestSigner } from "./support/signed.ts";
import {
  type SimulatedDevice,
  type SimulatedFleet,
  type SimulatedUpdate,
  simulateFleet,
} from "./support/simulated-fleet.ts";

const settings = {
  PERIDIO_DEVICE_CERT_HEADER: "x-ssl-client-cert",
  PERIDIO_TRUSTED_PROXIES: "loopback",
  PERIDIO_DEVICE_RATE_LIMIT: "0",
  PERIDIO_RATE_LIMIT_ADDRESS: "0",
};

/** A device's calls go to one of the servers after the other, at once. */
const installations: [string, Backend, number, number][] = [
  ["one server on SQLite", "sqlite+files", 1, 1_000],
  ["two servers on PostgreSQL", "postgres+shared-files", 2, 300],
];

let shop: IdentityShop;
beforeAll(() => {
  shop = openShop();
});
afterAll(() => shop.remove());

describe.each(installations)("a release by %s", (_, kind, servers, size) => {
  let directory: string;
  let backend: RunningBackend;
  let all: TestServer[];
  let server: TestServer;
  let api: Api;
  let signer: TestSigner;
  let fleet: SimulatedFleet;
  let cohort: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "rollout-"));
    backend = await startBackend(kind, directory);
    const ports = await Promise.all(Array.from({ length: servers }, () => freePort()));
    all = await Promise.all(
      ports.map((port) => startTestServer({ ...settings, PERIDIO_DEVICE_PORT: String(port) }, { backend })),
    );
    server = all[0]!;
    api = callApi(server.url);
    signer = await makeSigner(api);
    const place = await makeCohort(api);
    ({ cohort } = place);
    const authority = shop.makeAuthority("fleet");
    await registerAuthority(api, shop, authority, { product_prn: place.product, cohort_prn: cohort });
    const urls = ports.map((port) => `http://127.0.0.1:${port}`);
    fleet = simulateFleet(urls, shop, authority, size);
    await fleet.all(meet);
  }, 300_000);

  afterAll(async () => {
    fleet?.close();
    await Promise.all(all.map((one) => one.stop()));
    await backend.remove();
    await rm(directory, { recursive: true, force: true });
  });

  async function meet(device: SimulatedDevice): Promise<void> {
    const { status, body } = await fleet.call(device, "GET", "/device/me");
    expect({ status, body }).toMatchObject({ status: 200, body: { data: { identifier: device.name } } });
  }

  async function release(version: string, more: Record<string, unknown> = {}) {
    const binary = await signedBinary(server, api, signer);
    const { prn } = await makeRelease(api, cohort, await makeBundle(api, [binary]), {
      version,
      version_requirement: ">= 0.0.1",
      ...more,
    });
    return { prn: prn as string, binary };
  }

  /** All poll, several times and at once; answers who was served, each by the same answer every time. */
  async function served(prn: string, times = 2): Promise<Map<SimulatedDevice, SimulatedUpdate>> {
    const found = new Map<SimulatedDevice, SimulatedUpdate>();
    await fleet.all(async (device) => {
      const answers = await Promise.all(Array.from({ length: times }, () => fleet.poll(device)));
      for (const answer of answers) if (answer.release?.prn === prn) found.set(device, answer);
    });
    return found;
  }

  const rollout = async (prn: string) => (await api("GET", `/releases/${prn}/rollout`)).body.rollout;
  const change = async (prn: string, phase_value: number) =>
    expect((await api("PATCH", `/releases/${prn}`, { phase_value })).status).toBe(200);

  it("goes by phases to exactly as many as they say, keeps those it had, and is done by all", async () => {
    const { prn } = await release("1.0.0", { phase_value: 0.01 });
    const first = await served(prn);
    expect(first.size).toBe(size / 100);
    expect(await rollout(prn)).toMatchObject({ cohort_devices: size, claimed: size / 100, done: 0 });

    await change(prn, 20);
    const second = await served(prn);
    expect(second.size).toBe(20);
    for (const device of first.keys()) expect(second.has(device)).toBe(true);
    expect((await rollout(prn)).claimed).toBe(20);

    await change(prn, 1);
    const last = await served(prn);
    expect(last.size).toBe(size);
    expect((await rollout(prn)).claimed).toBe(size);
    await fleet.all((device) => fleet.install(device, last.get(device)!));
    expect(await rollout(prn)).toMatchObject({ claimed: 0, downloading: 0, installing: 0, done: size, failed: 0 });
    expect((await served(prn)).size).toBe(0);
  });

  it("stops at once when its binary is destroyed: no poll and no link that was handed out brings it", async () => {
    const { prn, binary } = await release("2.0.0");
    const before = await served(prn, 1);
    expect(before.size).toBe(size);
    const link = before.values().next().value!.manifest![0]!.url;
    expect((await fetch(link)).status).toBe(200);
    expect((await api("POST", `/binaries/${binary}/destroy`)).status).toBe(200);
    expect((await fetch(link)).status).toBeGreaterThanOrEqual(400);
    expect((await served(prn)).size).toBe(0);
    expect((await rollout(prn)).withheld).toContain("destroyed");
    await api("DELETE", `/releases/${prn}`);
  });

  it("isn't got by lies", async () => {
    const { prn } = await release("3.0.0", { phase_value: 0 });
    const liar = fleet.devices[0]!;
    const honest = liar.runs;
    const { bundle_prn } = (await api("GET", `/releases/${prn}`)).body.release;
    const lies: Record<string, string>[] = [
      {},
      { "peridio-release-version": "0.0.1" },
      { "peridio-release-version": "2.9.9" },
      { "peridio-release-prn": prn, "peridio-bundle-prn": bundle_prn, "peridio-release-version": "3.0.0" },
      { "peridio-bundle-prn": bundle_prn },
      { "peridio-release-prn": "prn:1:nonsense" },
    ];
    for (const lie of lies) {
      liar.runs = lie;
      const answer = await fleet.poll(liar);
      expect(answer.release?.prn).not.toBe(prn);
    }
    // Nor counted: who was never served can't have done it.
    liar.runs = honest;
    const report = { bundle_prn, release_prn: prn, state: "installed" };
    await fleet.call(liar, "POST", "/update/report", report);
    expect(await rollout(prn)).toMatchObject({ claimed: 0, done: 0, failed: 0 });
    await api("DELETE", `/releases/${prn}`);
  });
});

describe("another's certificate", () => {
  let running: DeviceServer;
  beforeAll(async () => {
    running = await startDeviceServer();
  });
  afterAll(() => running.stop());

  it("is worth nothing without its key: not in a header, and not in a handshake", async () => {
    const { api, url } = running;
    const place = await makeCohort(api);
    const [mine, other] = [shop.make({ name: "mine" }), shop.make({ name: "other" })];
    await makeDevice(api, place, mine);
    await makeDevice(api, place, other);
    const forged = {
      "x-ssl-client-cert": encodeURIComponent(other.cert),
      "client-cert": `:${other.cert.replaceAll(/-----[^-]+-----|\s/g, "")}:`,
      "x-forwarded-client-cert": `Cert="${encodeURIComponent(other.cert)}"`,
    };
    const asMe = await callAsDevice(url, mine)("GET", "/device/me", forged);
    expect(asMe.body.data.identifier).toBe("mine");
    expect((await callAsDevice(url, null)("GET", "/device/me", forged)).status).toBe(401);
    await expect(callAsDevice(url, { ...other, key: mine.key })("GET", "/device/me")).rejects.toThrow();
    // Registered certificates are compared as a whole: one of the same name says nothing.
    const twin = shop.make({ name: "other" });
    expect((await callAsDevice(url, twin)("GET", "/device/me")).status).toBe(401);
  });
});
