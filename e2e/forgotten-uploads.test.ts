import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, announcePart, callApi, cut, makeBinary, partSize, sendPart, sha256, untilVerified } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { type Backend, type RunningBackend, startBackend } from "./support/backend.ts";
import { change, query } from "./support/query.ts";
import { bucket } from "./support/s3-server.ts";
import { contradictions, leftovers, storedBinary, storedEvents, storedParts } from "./support/stored.ts";
import { until } from "./support/until.ts";

/* Uploads that were begun and given up, by two replicas where there are several: days pass by ageing what is stored. */

const day = 86_400_000;

/** What the store itself keeps of uploads that aren't whole. */
async function unfinished(backend: RunningBackend): Promise<string[]> {
  const { objects } = backend;
  if (!objects) return [];
  if (objects.objects) {
    const uploads = join(objects.objects, bucket, ".sgwtmp/multipart");
    const keys = existsSync(uploads) ? await readdir(uploads) : [];
    const each = keys.map((key) => readdir(join(uploads, key)));
    return (await Promise.all(each)).flat();
  }
  const { AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_KEY: key } = objects.environment;
  const service = new BlobServiceClient(objects.endpoint, new StorageSharedKeyCredential(account!, key!));
  const names: string[] = [];
  const found = service.getContainerClient(bucket).listBlobsFlat({ includeUncommitedBlobs: true });
  for await (const { name } of found) names.push(name);
  return names;
}

describe.each<[Backend, number]>([
  ["sqlite+files", 1],
  ["postgres+shared-files", 2],
  ["postgres+s3", 2],
  ["postgres+azure", 1],
])("uploads on %s that nobody goes on with", (kind, replicas) => {
  let directory: string;
  let backend: RunningBackend;
  let servers: TestServer[];
  let server: TestServer;
  let api: Api;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "forgotten-"));
    backend = await startBackend(kind, directory);
    servers = await Promise.all(Array.from({ length: replicas }, () => startTestServer({}, { backend })));
    server = servers[0]!;
    if (kind === "sqlite+files") server.contentRoot = join(server.dataDirectory, "content");
    api = callApi(server.url);
  });
  afterAll(async () => {
    await Promise.all(servers.map((one) => one.stop()));
    await backend.remove();
    await rm(directory, { recursive: true, force: true });
  });

  /** As if all that happened to it had happened `days` before. */
  function age(prn: string, days: number): void {
    const id = prn.slice(prn.lastIndexOf(":") + 1);
    const at = new Date(Date.now() - days * day).toISOString().replace("Z", "000Z");
    change(server, "update binaries set updated_at = ? where id = ?", at, id);
    change(server, "update binary_parts set updated_at = ? where binary_id = ?", at, id);
  }

  const names = (prn: string) => storedEvents(server, prn).map(({ subtype }) => subtype);

  async function begin(parts: number): Promise<string> {
    const bytes = randomBytes(3 * partSize);
    const prn = await makeBinary(api, bytes);
    for (const [at, part] of cut(bytes).slice(0, parts).entries()) await sendPart(api, prn, at + 1, part);
    await api("GET", `/binaries/${prn}/parts`);
    return prn;
  }

  it("are told of a day before, removed with all their bytes, and can begin anew; others are left alone", async () => {
    const usedBefore = (await api("GET", "/usage")).body.usage.stored_bytes.used;
    const forgotten = await begin(2);
    const goesOn = await begin(1);
    const late = randomBytes(2 * partSize);
    const done = await makeBinary(api, late);
    for (const [at, part] of cut(late).entries()) await sendPart(api, done, at + 1, part);
    age(done, 30);
    expect((await api("PATCH", `/binaries/${done}`, { state: "hashable" })).status).toBe(200);
    await untilVerified(api, done);
    age(done, 30);
    age(forgotten, 6.5);
    age(goesOn, 6.5);
    await until("both are told of", () => [forgotten, goesOn].every((prn) => names(prn).includes("upload_expiring")));
    const { events } = (await api("GET", `/events?resource_prn=${forgotten}`)).body;
    const data = events.map((event: { data: { type: string; data: object } }) => event.data);
    const expiring = data.find(({ type }: { type: string }) => type === "upload_expiring");
    expect(expiring?.data).toMatchObject({ parts: 2, bytes: 2 * partSize, revision: 0 });
    const left = Date.parse(expiring.data.expires_at) - Date.now();
    expect(left).toBeGreaterThan(0.9 * day);

    // Time goes by; of one of them another part arrives.
    const bytes = randomBytes(partSize);
    expect([200, 201]).toContain(await sendPart(api, goesOn, 2, bytes));
    age(forgotten, 8);
    const warned = new Date(Date.now() - 1.1 * day).toISOString().replace("Z", "000Z");
    change(server, "update upload_watches set warned_at = ?", warned);
    await until("it is removed", () => names(forgotten).includes("upload_expired"));

    expect(storedParts(server, forgotten)).toEqual([]);
    expect(storedBinary(server, forgotten)).toMatchObject({ state: "uploadable", revision: 1, upload_id: null });
    expect((await api("GET", "/usage")).body.usage.stored_bytes.used).toBe(usedBefore + 5 * partSize);
    await until("its bytes are gone", async () => {
      if (query(server, "select * from discarded_content").length > 0) return false;
      return (await unfinished(backend)).every((name) => !name.includes(forgotten.slice(-36)));
    });
    expect(leftovers(server).filter((name) => name.includes(forgotten.slice(-36)))).toEqual([]);
    if (kind === "postgres+s3") expect(await unfinished(backend)).toHaveLength(1);
    // Each was told once, whatever the number of replicas.
    expect(names(forgotten)).toEqual(["created", "upload_expiring", "upload_expired"]);
    expect(names(goesOn)).toEqual(["created", "upload_expiring"]);
    expect(storedParts(server, goesOn)).toHaveLength(2);
    expect(names(done)).toEqual(["created", "hashable", "hashing", "signable"]);
    expect(contradictions(server)).toEqual([]);

    const again = randomBytes(1000);
    expect((await api("PATCH", `/binaries/${forgotten}`, { hash: sha256(again), size: 1000 })).status).toBe(200);
    expect([200, 201]).toContain(await sendPart(api, forgotten, 1, again));
    expect((await api("PATCH", `/binaries/${forgotten}`, { state: "hashable" })).status).toBe(200);
    expect((await untilVerified(api, forgotten)).state).toBe("signable");
  });

  it.runIf(kind === "postgres+s3")("go on when the store has a part that nobody told of", async () => {
    const bytes = randomBytes(2 * partSize);
    const prn = await makeBinary(api, bytes);
    const [first] = cut(bytes) as [Buffer];
    const link = await announcePart(api, prn, 1, first);
    age(prn, 6.5);
    const headers = { "x-amz-checksum-sha256": Buffer.from(sha256(first), "hex").toString("base64") };
    expect((await fetch(link, { method: "PUT", headers, body: new Uint8Array(first) })).status).toBe(200);
    await until("the part is seen", () => storedParts(server, prn)[0]?.state === "valid");
    expect(names(prn)).toEqual(["created"]);
  });

  it.runIf(kind === "sqlite+files")("are not removed under a request that still sends", async () => {
    const bytes = randomBytes(2 * partSize);
    const prn = await makeBinary(api, bytes);
    await sendPart(api, prn, 1, cut(bytes)[0]!);
    const sending = request(`${server.url}/binaries/${prn}/content`, {
      method: "PUT",
      headers: { authorization: `Bearer ${apiKey}`, "content-length": bytes.length },
    });
    const answered = new Promise<number>((resolve) => sending.on("response", (answer) => resolve(answer.statusCode!)));
    sending.write(bytes.subarray(0, 1000));
    await until("it is known to be at work", () => query(server, "select * from upload_watches").length > 0);
    const old = new Date(Date.now() - 9 * day).toISOString().replace("Z", "000Z");
    const warned = new Date(Date.now() - 2 * day).toISOString().replace("Z", "000Z");
    age(prn, 9);
    change(server, "update upload_watches set seen_at = ?, warned_at = ?", old, warned);
    const other = await begin(1);
    age(other, 6.5);
    // A round has been here.
    await until("another is told of", () => names(other).includes("upload_expiring"));
    sending.end(bytes.subarray(1000));
    expect(await answered).toBe(200);
    expect((await api("GET", `/binaries/${prn}`)).body.binary.state).toBe("signable");
  });
});
