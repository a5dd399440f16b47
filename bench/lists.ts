import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callApi, makeBinary } from "../e2e/api.ts";
import { startTestServer } from "../e2e/server.ts";
import { type Backend, startBackend } from "../e2e/support/backend.ts";
import type { Figure } from "./figures.ts";
import { fillBinaries, hashOf, versionOf } from "./fill.ts";

const sizes = [10_000, 100_000, 1_000_000];
const requests = 300;
/** How often p99 may be what it was with a hundredth of the rows. */
const allowedGrowth = 2;

/** What people and programs ask a list for. */
const questions: Record<string, (organization: string, size: number) => string> = {
  "first page of 50": () => "limit=50",
  hash: (_, size) => search(`hash:'${hashOf(Math.floor(Math.random() * size))}'`),
  version: (organization, size) =>
    search(
      `artifact_version_prn:'prn:1:${organization}:artifact_version:${versionOf(Math.floor(Math.random() * size))}'`,
    ),
  state: () => search("state:'signed'"),
  "state and target": () => search("state:'uploadable' and target:'arm-0-linux'"),
  "newer than": () => search("inserted_at>'2026-06-01T00:00:00Z'"),
  "part of a target": () => search("target~'arm-7'"),
  metadata: () => search("custom_metadata.build:77"),
  "metadata that most have": () => search("custom_metadata.branch:'main'"),
  description: (_, size) => search(`description:'build ${Math.floor(Math.random() * size)}'`),
  size: (_, size) => search(`size:${Math.floor(Math.random() * size)}`),
};

const search = (text: string): string => `limit=50&search=${encodeURIComponent(text)}`;
/** Lists and searches of one organization with 10⁴, 10⁵ and 10⁶ binaries, on both databases: 99th percentile of each. */
export async function benchLists(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const backend of ["sqlite+files", "postgres+files"] as const satisfies Backend[]) {
    const directory = await mkdtemp(join(tmpdir(), "peridio-lists-"));
    const running = await startBackend(backend, directory, { mortal: backend.startsWith("postgres") });
    const settings = { PERIDIO_LOG_LEVEL: "warn", PERIDIO_RATE_LIMIT: "1000000000" };
    const server = await startTestServer(settings, { backend: running });
    const seen = new Map<string, number[]>();
    const api = callApi(server.url);
    const prn = await makeBinary(api, Buffer.from("first"));
    const organization = prn.split(":")[2]!;
    let filled = 0;
    for (const size of sizes) {
      fillBinaries(server, organization, filled, size);
      filled = size;
      // Filling takes so long that the server has closed the connection, which only the next request finds out.
      await api("GET", "/users/me").catch(() => null);
      for (const [name, ask] of Object.entries(questions)) {
        const p99 = await percentile(() => api("GET", `/binaries?${ask(organization, size)}`));
        seen.set(name, [...(seen.get(name) ?? []), p99]);
      }
    }
    for (const [name, times] of seen) {
      const growth = times.at(-1)! / times[0]!;
      figures.push({
        what: `${backend}: ${name}`,
        value: `${times.map((time) => time.toFixed(1)).join(" → ")} ms, ${growth.toFixed(1)} x`,
        target: `at most ${allowedGrowth} x`,
        met: growth <= allowedGrowth,
      });
    }
    await server.stop();
    await running.remove();
    await rm(directory, { recursive: true, force: true });
  }
  return figures;
}

async function percentile(ask: () => Promise<{ status: number; body: unknown }>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < requests; at++) {
    const begun = performance.now();
    const { status, body } = await ask();
    times.push(performance.now() - begun);
    if (status !== 200) throw new Error(JSON.stringify(body));
    // Of what takes so long a few tell enough.
    if (at >= 20 && times.reduce((sum, time) => sum + time, 0) > 10_000) break;
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
}
