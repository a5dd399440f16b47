import { randomBytes, randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { type Api, announcePart, callApi, cut, makeBinary, makeVersion, partSize, sendPart, sha256 } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { usualBackend } from "./support/backend.ts";
import { crashServer } from "./support/crashes.ts";
import { query } from "./support/query.ts";
import { makeRandom, type Random } from "./support/random.ts";
import { contradictions, leftovers, storedBinary, storedEvents } from "./support/stored.ts";
import { openUpload } from "./support/streaming.ts";
import { bytesOf, type Firmware, stubbornClient } from "./support/stubborn-client.ts";
import { type SystemCall, startTracedServer } from "./support/traced-server.ts";
import { until } from "./support/until.ts";

/** Where content is elsewhere, less is crashed: it is the same server, and takes as long again. */
const full = usualBackend === "sqlite+files";
const scale = full
  ? { firmwares: 20, crashes: { part: 6, hashable: 3, sign: 3 }, least: { part: 5, hashable: 2, sign: 2 }, parts: 80 }
  : { firmwares: 8, crashes: { part: 2, hashable: 2, sign: 2 }, least: { part: 1, hashable: 1, sign: 1 }, parts: 40 };

let server: TestServer;

afterEach(() => server?.stop());

async function organizationOf(api: Api): Promise<string> {
  return (await api("GET", "/users/me")).body.data.organization_prn;
}

async function download(api: Api, binary: string): Promise<Buffer> {
  const { body } = await api("GET", `/binaries/${binary}/download_url`);
  return Buffer.from(await (await fetch(body.download_url)).arrayBuffer());
}

/** Three to six parts: of one size, of sizes that must be moved, or one for a direct upload. */
function makeParts(random: Random, number: number): Buffer[] {
  const count = random.between(3, 6);
  if (number % 4 === 0) return [randomBytes(count * partSize - 1)];
  const last = random.between(1, partSize);
  const sizes = Array.from({ length: count }, (_, at) => (at === count - 1 ? last : partSize));
  if (number % 4 === 1) sizes[1] = partSize + random.between(1, partSize);
  return sizes.map((size) => randomBytes(size));
}

describe("a server that is killed with -9", () => {
  it("keeps what it acknowledged, claims nothing else, and lets all uploads end", async () => {
    const random = makeRandom();
    console.log(`E2E_SEED=${random.seed}`);
    server = await startTestServer();
    const api = callApi(server.url);
    const { witness, problems, crashed, found } = crashServer(server, random, scale.crashes);
    const organization = await organizationOf(api);
    const client = stubbornClient(server.url, organization, witness);
    const key = await client.registerKey();
    const version = await makeVersion(api);
    const firmwares = Array.from(
      { length: scale.firmwares },
      (_, number): Firmware => ({
        id: randomUUID(),
        version,
        target: `device-${number}`,
        parts: makeParts(random, number),
        ...(number % 5 === 2 && { mistaken: randomBytes(partSize + number) }),
      }),
    );

    await Promise.all(firmwares.map((firmware) => client.bringToSigned(firmware, key)));
    await witness.serverUp();

    console.log("crashes:", crashed, "found in:", [...found].join(", "));
    expect(problems).toEqual([]);
    expect(crashed.part).toBeGreaterThanOrEqual(scale.least.part);
    expect(crashed.hashable).toBeGreaterThanOrEqual(scale.least.hashable);
    expect(crashed.sign).toBeGreaterThanOrEqual(scale.least.sign);
    expect(contradictions(server)).toEqual([]);
    for (const firmware of firmwares) {
      const prn = `${organization}:binary:${firmware.id}`;
      expect(storedBinary(server, prn).state).toBe("signed");
      expect(bytesOf(firmware).equals(await download(api, prn))).toBe(true);
    }
    await until("discarded content is gone", () => query(server, "select * from discarded_content").length === 0);
    expect(leftovers(server)).toEqual([]);
  });
});

describe("a verification that kill -9 interrupts", () => {
  /** The smaller part in front makes all others lie at places that they must be moved from. */
  const layouts = [
    { layout: "parts that lie at their places", first: 2 * partSize },
    { layout: "parts that must be moved", first: partSize },
  ];

  // A store elsewhere has no places, and a restarted server waits for the lease of the killed one, each time.
  it.each(full ? layouts : layouts.slice(0, 1))("ends by itself after the restart: $layout", async ({ first }) => {
    server = await startTestServer();
    const api = callApi(server.url);
    const bytes = randomBytes(scale.parts * partSize);
    const prn = await makeBinary(api, bytes);
    const parts = [bytes.subarray(0, first), ...cut(bytes.subarray(first), 2 * partSize)];
    await announcePart(api, prn, 1, parts[0]!);
    for (const [at, part] of parts.entries()) expect(await sendPart(api, prn, at + 1, part)).toBeLessThan(300);
    // Forgets the hash that followed the parts, so that all of it is still to do.
    await server.kill();
    await server.start();

    const answer = await api("PATCH", `/binaries/${prn}`, { state: "hashable" });
    await server.kill();
    expect(answer.status).toBe(200);
    expect(["hashable", "hashing"]).toContain(storedBinary(server, prn).state);

    await server.start();
    await until("hashing", () => storedBinary(server, prn).state === "hashing");
    await server.kill();
    expect(storedBinary(server, prn).state).toBe("hashing");
    expect(contradictions(server)).toEqual([]);

    await server.start();
    await until("signable", () => storedBinary(server, prn).state === "signable");
    expect(contradictions(server)).toEqual([]);
    await until("nothing is left over", () => leftovers(server).length === 0);
    expect(storedEvents(server, prn).map(({ to }) => to)).toEqual(["uploadable", "hashable", "hashing", "signable"]);
    expect(sha256(await download(api, prn))).toBe(sha256(bytes));
  });
});

// By the system calls of the server; a store elsewhere makes its own.
describe.runIf(full)("what is acknowledged", () => {
  const ways = [
    { what: "a part", file: "content" },
    { what: "a direct upload", file: "direct-" },
  ];

  it.each(ways)("is on the disk: $what", async ({ what, file }) => {
    const traced = await startTracedServer();
    const api = callApi(traced.url);
    const bytes = randomBytes(partSize);
    const prn = await makeBinary(api, bytes);
    if (what === "a part") expect(await sendPart(api, prn, 1, bytes)).toBe(200);
    else expect((await openUpload(`${traced.url}/binaries/${prn}/content`, partSize).end(bytes)).status).toBe(200);
    const calls = await traced.stop();

    const content = `${traced.dataDirectory}/content/`;
    const log = `${traced.dataDirectory}/peridio.db-wal>`;
    const isContent = ({ text }: SystemCall) => text.includes(`<${content}`) && text.includes(`/0/${file}`);
    const isDirectory = ({ name, text }: SystemCall) => name === "fsync" && /\/0>/.test(text) && text.includes(content);
    const isLog = ({ text }: SystemCall) => text.includes(log);
    const isSync = ({ name }: SystemCall) => name === "fdatasync" || name === "fsync";

    const written = calls.findLast((call) => isContent(call) && !isSync(call))!;
    const synced = calls.find((call) => isContent(call) && isSync(call) && call.began > written.ended)!;
    const named = calls.find(isDirectory)!;
    const recorded = calls.find((call) => isLog(call) && !isSync(call) && call.began > synced.ended)!;
    const recordSynced = calls.find((call) => isLog(call) && isSync(call) && call.began > recorded.ended)!;
    // The answer to the upload is the last but one that names its hash; nothing is asked after it.
    const answered = calls.findLast(({ text }) => text.includes("HTTP/1.1 200") && text.includes(sha256(bytes)))!;
    const order = { written, synced, recorded, recordSynced, answered };
    for (const [name, call] of Object.entries({ ...order, named })) expect(call, name).toBeDefined();
    expect(
      Object.entries(order)
        .toSorted(([, a], [, b]) => a.began - b.began)
        .map(([name]) => name),
    ).toEqual(["written", "synced", "recorded", "recordSynced", "answered"]);
    expect(recordSynced.ended).toBeLessThan(answered.began);
    expect(named.ended).toBeLessThan(recorded.began);
  });
});
