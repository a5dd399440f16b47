import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  ApiError,
  blobSource,
  createClient,
  downloadBinary,
  nodeTransport,
  uploadBinary,
} from "@open-peridio/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callApi, cut, makeBinary, makeVersion, partSize, sendPart, sha256, untilVerified } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { again } from "./support/again.ts";
import { type RunningBackend, startBackend } from "./support/backend.ts";
import { type Fault, type FaultProxy, faults, startFaultProxy } from "./support/fault-proxy.ts";
import { type Nginx, startNginx } from "./support/nginx.ts";
import { makeRandom } from "./support/random.ts";
import { contradictions, leftovers, storedBinaries, storedBinary, storedEvents } from "./support/stored.ts";
import { until } from "./support/until.ts";

/** Two servers behind nginx, and a network to their store that fails in every way: what fifty clients see of it. */

const clients = 50;
/** Seconds after which a server gives up on a silent store. */
const storeTimeout = 4;

let directory: string;
let backend: RunningBackend;
let proxy: FaultProxy;
let servers: [TestServer, TestServer];
let nginx: Nginx;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "faults-"));
  backend = await startBackend("postgres+s3", directory, { mortal: true });
  const { origin } = new URL(backend.objects!.endpoint);
  proxy = await startFaultProxy(origin);
  const content = `${backend.settings.PERIDIO_CONTENT_URL!.replace(origin, proxy.origin)}&timeout=${storeTimeout}`;
  const settings = {
    PERIDIO_TRUSTED_PROXIES: "127.0.0.1",
    PERIDIO_CONTENT_URL: content,
    PERIDIO_RATE_LIMIT: "1000000",
  };
  servers = await Promise.all([startTestServer(settings, { backend }), startTestServer(settings, { backend })]);
  nginx = await startNginx({ ports: servers.map(({ url }) => Number(new URL(url).port)) });
});
afterAll(async () => {
  await nginx.stop();
  await Promise.all(servers.map((server) => server.stop()));
  await proxy.stop();
  await backend.remove();
  await rm(directory, { recursive: true, force: true });
});

/** What went through the hands of one client. */
interface Firmware {
  prn: string;
  bytes: Buffer;
}

it("a direct upload is told the truth when another server went on with it", async () => {
  const api = callApi(servers[0].url);
  const bytes = randomBytes(100_000);
  const prn = await makeBinary(api, bytes);
  // After the record says `hashing`, so that the other finds it waiting.
  proxy.once("silence instead of an answer", /list-type=2/);
  const answer = await fetch(`${servers[0].url}/binaries/${prn}/content`, {
    method: "PUT",
    headers: { authorization: `Bearer ${apiKey}` },
    body: bytes,
  });
  expect(proxy.count("silence instead of an answer")).toBe(1);
  proxy.heal();
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { binary: expect.objectContaining({ state: "signable" }) },
  ]);
});

describe("an upload that the store puts together late", () => {
  const done = "<CompleteMultipartUploadResult><ETag>late</ETag></CompleteMultipartUploadResult>";
  const gone = "<Error><Code>NoSuchUpload</Code><Message>The specified upload does not exist.</Message></Error>";

  const address = /[?&]uploadId=/;
  const ways = [
    { what: "and says before that it has", untruth: { method: "POST", address, after: 0, status: 200, body: done } },
    // Whoever says that it is complete still sees them.
    { what: "and hides its parts meanwhile", untruth: { method: "GET", address, after: 1, status: 404, body: gone } },
  ];

  it.each(ways)("is waited for: $what", async ({ untruth }) => {
    const api = callApi(servers[0].url);
    const bytes = randomBytes(partSize + 1_000);
    const prn = await makeBinary(api, bytes);
    for (const [at, part] of cut(bytes).entries()) expect(await sendPart(api, prn, at + 1, part)).toBe(200);
    const pretence = proxy.pretend(untruth);
    expect((await api("PATCH", `/binaries/${prn}`, { state: "hashable" })).status).toBe(200);
    await until("it was looked for twice", () => pretence.times() >= 2);
    expect(["hashable", "hashing"]).toContain(storedBinary(servers[0], prn).state);
    await pretence.release();
    expect(await untilVerified(api, prn)).toMatchObject({ state: "signable", hash: sha256(bytes) });
    const way = storedEvents(servers[0], prn).map(({ to }) => to);
    expect(way).toEqual(["uploadable", "hashable", "hashing", "signable"]);
  });
});

describe("fifty clients", () => {
  it("lose nothing, are told nothing wrong, and come to an end, whatever breaks", async () => {
    const random = makeRandom();
    console.log(`E2E_SEED=${random.seed}`);
    const version = await makeVersion(callApi(servers[0].url));
    const organization = version.split(":").slice(0, 3).join(":");
    const before = storedBinaries(servers[0]).length;
    const given: Firmware[] = [];
    let wasAllTroubled = false;

    const client = createClient({
      baseUrl: nginx.url,
      apiKey,
      transport: nodeTransport({ ca: nginx.certificate.toString() }),
      patience: { total: 20_000 },
    });

    async function create(bytes: Buffer): Promise<string> {
      const id = randomUUID();
      const prn = `${organization}:binary:${id}`;
      const body = { id, artifact_version_prn: version, target: id, hash: sha256(bytes), size: bytes.length };
      await again(async () => {
        try {
          await client.api.POST("/binaries", { body });
        } catch (error) {
          // The answer to the attempt before was lost: it is there.
          if (!(error instanceof ApiError) || error.status !== 422) throw error;
          await client.api.GET("/binaries/{prn}", { params: { path: { prn } } });
        }
      });
      return prn;
    }

    async function bringAndFetch(): Promise<void> {
      const { direct, size } = random.pick([
        { direct: true, size: random.between(1, 100_000) },
        { direct: true, size: random.between(100_000, 3_000_000) },
        { direct: true, size: random.between(9_000_000, 12_000_000) },
        { direct: false, size: random.between(1, 3_000_000) },
        { direct: false, size: random.between(6_000_000, 12_000_000) },
      ]);
      const bytes = randomBytes(size);
      const prn = await create(bytes);
      given.push({ prn, bytes });
      const source = blobSource(new Blob([bytes]));
      const verified = await again(() => uploadBinary(client, { binaryPrn: prn, source, direct, concurrency: 2 }));
      expect([verified.state, verified.hash]).toEqual(["signable", sha256(bytes)]);
      const { content } = await again(() => downloadBinary(client, { binaryPrn: prn }));
      expect(bytes.equals(Buffer.from(await content.arrayBuffer()))).toBe(true);
    }

    async function workWhileTroubled(): Promise<void> {
      do await bringAndFetch();
      while (!wasAllTroubled);
    }

    async function killAndStart(victim: { kill(): Promise<void>; start(): Promise<void> }): Promise<void> {
      await victim.kill();
      await pause(500);
      await victim.start();
      await pause(500);
    }

    async function meet(fault: Fault): Promise<void> {
      const before = proxy.count(fault);
      proxy.begin(fault, 3);
      await until(fault, () => proxy.count(fault) - before >= 20);
      // Until the servers have given up, which begin anew then.
      if (fault.startsWith("silence")) await pause((storeTimeout + 1) * 1_000);
      proxy.heal();
    }

    async function trouble(): Promise<void> {
      for (const victim of [servers[0], backend.postgres!, servers[1], backend.objects!]) await killAndStart(victim);
      for (const fault of faults) await meet(fault);
      wasAllTroubled = true;
    }

    await Promise.all([trouble(), ...Array.from({ length: clients }, workWhileTroubled)]);

    expect(storedBinaries(servers[0])).toHaveLength(before + given.length);
    for (const { prn, bytes } of given) {
      expect(storedBinary(servers[0], prn)).toMatchObject({
        state: "signable",
        hash: sha256(bytes),
        size: bytes.length,
      });
      const way = storedEvents(servers[0], prn).map(({ to }) => to);
      expect(way).toEqual(["uploadable", "hashable", "hashing", "signable"]);
    }
    expect(contradictions(servers[0])).toEqual([]);
    await until("nothing is left over", () => leftovers(servers[0]).length === 0);
  });
});
