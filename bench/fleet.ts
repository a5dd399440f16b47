import { callApi } from "../e2e/api.ts";
import { freePort } from "../e2e/free-port.ts";
import { startTestServer } from "../e2e/server.ts";
import { makeBundle, makeCohort, makeRelease } from "../e2e/support/device.ts";
import { openShop, registerAuthority } from "../e2e/support/identities.ts";
import { makeSigner, signedBinary } from "../e2e/support/signed.ts";
import { type SimulatedDevice, type SimulatedFleet, simulateFleet } from "../e2e/support/simulated-fleet.ts";
import { type Figure, median, megabytes, seconds } from "./figures.ts";
import { peakMemory } from "./files.ts";

const devices = Number(process.env.BENCH_DEVICES ?? 10_000);
const atOnce = 64;

/** A whole fleet in one process takes a release: first contact, polls, claims, reports; no content. */
export async function benchFleet(): Promise<Figure[]> {
  const port = await freePort();
  const server = await startTestServer({
    PERIDIO_LOG_LEVEL: "warn",
    PERIDIO_DEVICE_PORT: String(port),
    PERIDIO_DEVICE_CERT_HEADER: "x-ssl-client-cert",
    PERIDIO_TRUSTED_PROXIES: "loopback",
    PERIDIO_DEVICE_RATE_LIMIT: "1000000000",
    PERIDIO_RATE_LIMIT_ADDRESS: "1000000000",
  });
  const shop = openShop();
  try {
    const api = callApi(server.url);
    const place = await makeCohort(api);
    const authority = shop.makeAuthority("fleet");
    await registerAuthority(api, shop, authority, { product_prn: place.product, cohort_prn: place.cohort });
    const fleet = simulateFleet([`http://127.0.0.1:${port}`], shop, authority, devices);
    const met = await measure(fleet, (device) => fleet.call(device, "GET", "/device/me"));
    const idle = await measure(fleet, fleet.poll);
    const bundle = await makeBundle(api, [await signedBinary(server, api, await makeSigner(api))]);
    const channel = { version: "1.0.0", version_requirement: ">= 0.0.1" };
    const release = await makeRelease(api, place.cohort, bundle, channel);
    const updates = new Map<SimulatedDevice, Awaited<ReturnType<SimulatedFleet["poll"]>>>();
    const claimed = await measure(fleet, async (device) => void updates.set(device, await fleet.poll(device)));
    const installed = await measure(fleet, (device) => fleet.install(device, updates.get(device)!));
    const after = await measure(fleet, fleet.poll);
    const { done } = (await api("GET", `/releases/${release.prn}/rollout`)).body.rollout;
    fleet.close();
    return [
      { what: "first contacts by unknown certificates", value: perSecond(met) },
      { what: "polls without an update", value: perSecond(idle) },
      { what: "polls that claim a release", value: perSecond(claimed) },
      { what: "three reports each, until installed", value: perSecond(installed, 3) },
      { what: "polls that are up to date", value: perSecond(after) },
      { what: "  median, 99th percentile", value: `${after.median.toFixed(1)}, ${after.p99.toFixed(1)} ms` },
      { what: "devices done", value: String(done), target: String(devices), met: done === devices },
      { what: "peak memory of the server", value: megabytes(peakMemory(server.process().pid!)) },
    ];
  } finally {
    shop.remove();
    await server.stop();
  }
}

interface Measured {
  seconds: number;
  /** Milliseconds. */
  median: number;
  p99: number;
}

async function measure(fleet: SimulatedFleet, work: (device: SimulatedDevice) => Promise<unknown>): Promise<Measured> {
  const times: number[] = [];
  const timed = async (device: SimulatedDevice) => void times.push((await seconds(() => work(device))) * 1000);
  const total = await seconds(() => fleet.all(timed, atOnce));
  return {
    seconds: total,
    median: median(times),
    p99: times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!,
  };
}

function perSecond({ seconds }: Measured, calls = 1): string {
  return `${Math.round((devices * calls) / seconds)}/s`;
}
