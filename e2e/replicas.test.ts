import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, cut, makeBinary, makeVersion, partSize, sendPart, sha256 } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { again } from "./support/again.ts";
import { type Backend, type RunningBackend, startBackend } from "./support/backend.ts";
import { query } from "./support/query.ts";
import { contradictions } from "./support/stored.ts";
import { until } from "./support/until.ts";

/** Two servers on one database and one content store, as many as one likes would be. */

/** As a client that goes on: another replica, or the same again, after whatever a broken one answers. */
function stubborn(servers: () => TestServer[]): Api {
  let turn = 0;
  return async (...request) => {
    for (let attempt = 0; ; attempt++) {
      const all = servers();
      const answer = await callApi(all[turn++ % all.length]!.url)(...request).catch((error: Error) => error);
      const broken = answer instanceof Error || answer.status >= 500;
      if (!broken) return answer;
      if (attempt === 200) throw answer instanceof Error ? answer : new Error(JSON.stringify(answer.body));
      await pause(100);
    }
  };
}

/** Uploads in parts until it is there, whatever happens in between. */
async function uploadStubbornly(api: Api, bytes: Uint8Array): Promise<string> {
  // Where the answer to a creation is lost the name is taken: another is made.
  const prn = await again(() => makeBinary(api, bytes));
  for (let attempt = 0; ; attempt++) {
    const { body } = await api("GET", `/binaries/${prn}/parts`);
    const valid = new Set(
      body.binary_parts
        .filter((part: { state: string }) => part.state === "valid")
        .map((part: { index: number }) => part.index),
    );
    for (const [at, part] of cut(bytes).entries()) {
      for (let tries = 0; !valid.has(at + 1) && tries < 100; tries++) {
        const status = await sendPart(api, prn, at + 1, part).catch(() => 0);
        if (status === 200 || status === 201) break;
        await pause(100);
      }
    }
    const answer = await api("PATCH", `/binaries/${prn}`, { state: "hashable" });
    // A 422 for the state: an attempt whose answer was lost came through.
    if (answer.status === 200 || attempt === 20) return prn;
    const { state } = (await api("GET", `/binaries/${prn}`)).body.binary;
    if (state !== "uploadable") return prn;
  }
}

async function untilSignable(api: Api, prns: string[]): Promise<void> {
  for (const prn of prns) {
    await until(
      `${prn} is signable`,
      async () => {
        const { binary } = (await api("GET", `/binaries/${prn}`)).body;
        if (binary.verification_failure) throw new Error(JSON.stringify(binary.verification_failure));
        return binary.state === "signable";
      },
      60,
    );
  }
}

async function download(api: Api, prn: string): Promise<Buffer> {
  for (let attempt = 0; ; attempt++) {
    const { body } = await api("GET", `/binaries/${prn}/download_url`);
    const got = await fetch(body.download_url)
      .then(async (answer) => (answer.ok ? Buffer.from(await answer.arrayBuffer()) : null))
      .catch(() => null);
    if (got) return got;
    if (attempt === 100) throw new Error(`${prn} can't be downloaded`);
    await pause(100);
  }
}

describe.each([
  "postgres+s3",
  "postgres+azure",
  "postgres+shared-files",
] as const satisfies Backend[])("two replicas on %s", (kind) => {
  let directory: string;
  let backend: RunningBackend;
  let servers: [TestServer, TestServer];
  const api = stubborn(() => servers);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "replicas-"));
    backend = await startBackend(kind, directory, { mortal: true });
    // Both at once, on a database that has nothing yet.
    servers = await Promise.all([startTestServer({}, { backend }), startTestServer({}, { backend })]);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await backend.remove();
    await rm(directory, { recursive: true, force: true });
  });

  it("start together, and found one organization with one key of each kind", () => {
    const count = (table: string) =>
      query<{ count: number }>(servers[0], `select count(*) as count from ${table}`)[0]?.count;
    expect(["organizations", "api_keys", "users", "link_keys", "audit_keys"].map(count)).toEqual([1, 1, 1, 1, 1]);
  });

  it("are one: what one began the other goes on with, and their links are each other's", async () => {
    const [one, two] = servers.map(({ url }) => callApi(url)) as [Api, Api];
    const bytes = randomBytes(2 * partSize + 5);
    const prn = await makeBinary(one, bytes);
    for (const [at, part] of cut(bytes).entries()) {
      expect([200, 201]).toContain(await sendPart(at % 2 === 0 ? one : two, prn, at + 1, part));
    }
    expect((await two("PATCH", `/binaries/${prn}`, { state: "hashable" })).status).toBe(200);
    await untilSignable(one, [prn]);
    const link = (await one("GET", `/binaries/${prn}/download_url`)).body.download_url as string;
    const other = link.replace(servers[0].url, servers[1].url);
    const got = await fetch(other);
    expect(sha256(new Uint8Array(await got.arrayBuffer()))).toBe(sha256(bytes));
    const key = (await one("POST", "/api_keys", { name: "short", scopes: ["binaries:read"] })).body.api_key;
    const asKey = callApi(servers[1].url, key.value);
    expect((await asKey("GET", `/binaries/${prn}`)).status).toBe(200);
    await one("PATCH", `/api_keys/${key.prn}`, { revoked: true });
    expect((await asKey("GET", `/binaries/${prn}`)).status).toBe(401);
  });

  it("let one of two win who want the same at once", async () => {
    const version = await makeVersion(api);
    const create = (server: TestServer) =>
      callApi(server.url)("POST", "/binaries", { artifact_version_prn: version, target: "arm-linux-gnueabi" });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => create(servers[at % 2]!)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(19);
  });

  /** Uploads while `trouble` goes on, and looks whether every byte and every record is right after it. */
  async function loseNothing(count: number, trouble: (isOver: () => boolean) => Promise<void>): Promise<void> {
    const contents = Array.from({ length: count }, () => randomBytes(partSize + 100_000));
    let over = false;
    const troubled = trouble(() => over);
    const prns = await Promise.all(contents.map((bytes) => uploadStubbornly(api, bytes)));
    await untilSignable(api, prns);
    over = true;
    await troubled;
    for (const [at, prn] of prns.entries()) expect(sha256(await download(api, prn))).toBe(sha256(contents[at]!));
    expect(contradictions(servers[0])).toEqual([]);
  }

  async function killAndStart(victim: { kill(): Promise<void>; start(): Promise<void> }, after: number): Promise<void> {
    await pause(after);
    await victim.kill();
    await pause(300);
    await victim.start();
  }

  it("lose nothing when one is killed while the other, the database and the store go on", () =>
    loseNothing(12, async (isOver) => {
      for (let turn = 0; turn < 3 || !isOver(); turn++) await killAndStart(servers[turn % 2]!, 700);
    }));

  it("lose nothing when the database is killed", () =>
    loseNothing(8, async () => {
      for (let turn = 0; turn < 3; turn++) await killAndStart(backend.postgres!, 500);
    }));

  it.skipIf(kind === "postgres+shared-files")("lose nothing when the store is killed", () =>
    loseNothing(8, async () => {
      for (let turn = 0; turn < 3; turn++) await killAndStart(backend.objects!, 400);
    }),
  );
});

it("one that stops says so first, still answers, and lets a transfer end", async () => {
  const server = await startTestServer({ PERIDIO_DRAIN_DELAY: "2", PERIDIO_DRAIN_TIME: "20" });
  const api = callApi(server.url);
  const bytes = randomBytes(20_000_000);
  const prn = await makeBinary(api, bytes);
  for (const [at, part] of cut(bytes).entries()) await sendPart(api, prn, at + 1, part);
  await api("PATCH", `/binaries/${prn}`, { state: "hashable" });
  await untilSignable(api, [prn]);
  const running = await fetch((await api("GET", `/binaries/${prn}/download_url`)).body.download_url);
  const exited = once(server.process(), "exit");
  const asked = Date.now();
  server.process().kill("SIGTERM");
  await until("it is not ready", async () => (await fetch(`${server.url}/readyz`)).status === 503);
  expect((await api("GET", `/binaries/${prn}`)).status).toBe(200);
  await pause(Math.max(0, 3_000 - (Date.now() - asked)));
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  expect(sha256(new Uint8Array(await running.arrayBuffer()))).toBe(sha256(bytes));
  expect((await exited)[0]).toBe(0);
  await server.stop();
});
