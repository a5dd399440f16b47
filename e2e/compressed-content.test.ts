import { randomBytes } from "node:crypto";
import { mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, sha256, sha256Base64 } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import type { Backend } from "./support/backend.ts";
import { operate } from "./support/operator.ts";
import { query } from "./support/query.ts";
import { makeSigner, signableBinary, signBinary } from "./support/signed.ts";
import { contentPlaceOf, contradictions, leftovers, storedBinary } from "./support/stored.ts";
import { until } from "./support/until.ts";

/* Content that is kept compressed is to everybody the content that it is. */

interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** As it is on the wire: `fetch` asks for codings by itself, and decodes. */
function ask(url: string, headers: Record<string, string> = {}, method = "GET"): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on("error", reject).end();
  });
}

/** What compresses, with noise in its midst. */
function firmware(size: number): Buffer {
  const bytes = Buffer.alloc(size, `the quick brown fox ${randomBytes(8).toString("hex")} jumps over the lazy dog. `);
  bytes.set(randomBytes(Math.floor(size / 4)), Math.floor(size / 2));
  return bytes;
}

const size = 5_000_000;
const settings = { PERIDIO_COMPRESS_AT_REST: "0.1", PERIDIO_REDIRECT_EXPIRY: "1", PERIDIO_DOWNLOADS: "stream" };

describe.each<Backend>(["sqlite+files", "postgres+s3"])("content that is compressed at rest, on %s", (backend) => {
  let server: TestServer;
  let api: Api;
  const plain = firmware(size);
  let first: string;
  let second: string;
  let link: string;

  beforeAll(async () => {
    server = await startTestServer(settings, { backend });
    api = callApi(server.url);
    first = await signableBinary(server, api, {}, plain);
    second = await signableBinary(server, api, {}, plain);
    await isCompressed(first);
    link = (await api("GET", `/binaries/${first}/download_url`)).body.download_url;
  });
  afterAll(async () => {
    expect(contradictions(server)).toEqual([]);
    await server.stop();
  });

  const isCompressed = (prn: string) =>
    until(`${prn} is compressed`, () => storedBinary(server, prn).content_coding === "zstd");
  const fileOf = (prn: string) => {
    const row = storedBinary(server, prn);
    return join(contentPlaceOf(server, row), row.content_file!);
  };

  it("takes less, for all that share it; what was there before goes", async () => {
    const row = storedBinary(server, first);
    expect(fileOf(second)).toBe(fileOf(first));
    expect(statSync(fileOf(first)).size).toBe(Number(row.stored_size));
    expect(Number(row.stored_size)).toBeLessThan(size * 0.4);
    await until("the old is gone", () => query(server, "select * from discarded_content").length === 0);
    expect(leftovers(server)).toEqual([]);
    // Limits are about contents, however these are kept.
    expect((await api("GET", "/usage")).body.usage.stored_bytes.used).toBe(size);
    expect(row.content_coding).toBe("zstd");
  });

  it("is sent as it came to who doesn't ask for zstd", async () => {
    for (const accept of [undefined, "gzip, deflate, br", "*", "zstd;q=0", "identity, zstd;q=0.5"]) {
      const got = await ask(link, accept === undefined ? {} : { "accept-encoding": accept });
      expect(got.status).toBe(200);
      expect(got.body.equals(plain)).toBe(true);
      expect(got.headers).toMatchObject({
        etag: `"${sha256(plain)}"`,
        "content-length": String(size),
        "accept-ranges": "bytes",
        "repr-digest": `sha-256=:${sha256Base64(plain)}:`,
        vary: expect.stringContaining("Accept-Encoding"),
      });
      expect(got.headers["content-encoding"]).toBeUndefined();
    }
  });

  it("gives any ranges of what came, one or several", async () => {
    for (const [start, end] of [
      [0, 0],
      [1_048_575, 1_048_576],
      [size - 10, size - 1],
      [2_400_000, 4_100_001],
    ] as const) {
      const got = await ask(link, { range: `bytes=${start}-${end}`, "accept-encoding": "zstd" });
      expect([got.status, got.headers["content-range"]]).toEqual([206, `bytes ${start}-${end}/${size}`]);
      expect(got.headers["content-encoding"]).toBeUndefined();
      expect(got.body.equals(plain.subarray(start, end + 1))).toBe(true);
    }
    const several = await ask(link, { range: "bytes=10-19,3000000-3000009" });
    expect([several.status, several.headers["content-type"]]).toEqual([206, expect.stringContaining("byteranges")]);
    expect(several.body.includes(plain.subarray(3_000_000, 3_000_010))).toBe(true);
    expect((await ask(link, { range: `bytes=${size}-` })).status).toBe(416);
    const resumed = await ask(link, { range: "bytes=100-", "if-range": `"${sha256(plain)}"` });
    expect([resumed.status, resumed.body.length]).toEqual([206, size - 100]);
    const encoded = await ask(link, { range: "bytes=100-", "if-range": `"${sha256(plain)}.zstd"` });
    expect([encoded.status, encoded.body.length]).toEqual([200, size]);
  });

  it("is sent as it is stored to who asks for zstd, as a representation of its own", async () => {
    const got = await ask(link, { "accept-encoding": "gzip, zstd" });
    const row = storedBinary(server, first);
    expect(got.headers).toMatchObject({
      "content-encoding": "zstd",
      "content-length": String(row.stored_size),
      etag: `"${sha256(plain)}.zstd"`,
      "repr-digest": `sha-256=:${sha256Base64(got.body)}:`,
      vary: expect.stringContaining("Accept-Encoding"),
    });
    expect(got.headers["accept-ranges"]).toBeUndefined();
    expect(zstdDecompressSync(got.body).equals(plain)).toBe(true);
    const head = await ask(link, { "accept-encoding": "zstd" }, "HEAD");
    const { date: _, ...told } = got.headers;
    expect([head.status, head.body.length, head.headers]).toEqual([
      200,
      0,
      expect.objectContaining({ etag: told.etag }),
    ]);
    const same = await ask(link, { "accept-encoding": "zstd", "if-none-match": told.etag as string });
    expect([same.status, same.headers.etag]).toEqual([304, told.etag]);
    const other = await ask(link, { "if-none-match": told.etag as string });
    expect([other.status, other.body.length]).toEqual([200, size]);
    const plainOnly = await ask(link, { "accept-encoding": "zstd", "if-match": `"${sha256(plain)}"` });
    expect([plainOnly.status, plainOnly.body.length]).toEqual([200, size]);
    // And whatever `fetch` asks for, it gives what came.
    const fetched = await fetch(link, { headers: { "accept-encoding": "zstd" } });
    expect(["zstd", null]).toContain(fetched.headers.get("content-encoding"));
  });

  it("is signed, shared by what comes later, and checked", async () => {
    const signer = await makeSigner(api);
    expect((await signBinary(api, signer, second)).status).toBe(201);
    const third = await signableBinary(server, api, {}, plain);
    expect(storedBinary(server, third)).toMatchObject({ content_coding: "zstd" });
    expect(fileOf(third)).toBe(fileOf(first));
    expect(JSON.parse((await operate(server, "fsck", "--deep")).trim().split("\n").at(-1)!)).toMatchObject({ left: 0 });
    await api("PATCH", `/binaries/${third}`, { state: "uploadable" });
    expect(storedBinary(server, third)).toMatchObject({ content_coding: null, stored_size: null });
  });

  it("that doesn't get smaller stays as it came", async () => {
    const noise = randomBytes(3_000_000);
    const prn = await signableBinary(server, api, {}, noise);
    await until("it was looked at", () => storedBinary(server, prn).content_coding === "identity");
    const url = (await api("GET", `/binaries/${prn}/download_url`)).body.download_url;
    const got = await ask(url, { "accept-encoding": "zstd" });
    expect([got.headers["content-encoding"], got.body.equals(noise)]).toEqual([undefined, true]);
    expect(leftovers(server)).toEqual([]);
  });

  it("that was damaged is served to nobody, and comes back from a backup", async () => {
    const content = firmware(2_200_000);
    const prn = await signableBinary(server, api, {}, content);
    await isCompressed(prn);
    const backup = mkdtempSync(join(tmpdir(), "compressed-backup-"));
    await operate(server, "backup", backup);
    const file = openSync(fileOf(prn), "r+");
    writeSync(file, randomBytes(8), 0, 8, 50_000);
    const url = (await api("GET", `/binaries/${prn}/download_url`)).body.download_url;
    const broken = await ask(url).catch(() => null);
    expect(broken === null || broken.status >= 500).toBe(true);
    if (backend === "sqlite+files") {
      const out = await operate(server, "fsck", "--deep", "--repair", "--backup", backup);
      expect(JSON.parse(out.split("\n")[0]!)).toMatchObject({ kind: "wrong_hash", repaired: true });
      expect((await ask(url)).body.equals(content)).toBe(true);
      await isCompressed(prn);
      expect((await ask(url)).body.equals(content)).toBe(true);
    } else {
      await api("DELETE", `/binaries/${prn}`);
    }
    rmSync(backup, { recursive: true });
  });

  it("goes with the last that needs it", async () => {
    const path = fileOf(first);
    expect(zstdDecompressSync(readFileSync(path)).equals(plain)).toBe(true);
    for (const prn of [first, second]) expect((await api("POST", `/binaries/${prn}/destroy`)).status).toBe(200);
    await until("it is gone", () => statSync(path, { throwIfNoEntry: false }) === undefined);
  });
});

it.each<[Record<string, string>, string]>([
  [{ PERIDIO_ACCEL_PATH: "/content" }, "with PERIDIO_ACCEL_PATH"],
  [{ PERIDIO_COMPRESS_AT_REST: "1" }, "must be a share such as 0.1"],
])("a server with %j says why it can't compress", async (more, words) => {
  await expect(startTestServer({ ...settings, ...more })).rejects.toThrow(words);
});

it("a server that is killed with -9 while it compresses loses nothing, and leaves nothing", async () => {
  const server = await startTestServer(settings);
  const api = callApi(server.url);
  const contents = Array.from({ length: 6 }, () => firmware(3_000_000));
  const prns: string[] = [];
  for (const content of contents) prns.push(await signableBinary(server, api, {}, content));
  for (let turn = 0; turn < 5; turn++) {
    // The lease of the killed one has to end first.
    await until("something is being written", () => query(server, "select * from discarded_content").length > 0, 30);
    await server.kill();
    await server.start();
  }
  for (const prn of prns) {
    await until("it is compressed", () => storedBinary(server, prn).content_coding === "zstd");
  }
  for (const [at, prn] of prns.entries()) {
    const url = (await api("GET", `/binaries/${prn}/download_url`)).body.download_url;
    expect((await ask(url)).body.equals(contents[at]!)).toBe(true);
  }
  expect(contradictions(server)).toEqual([]);
  // What a crash left behind is marked, and goes a day later.
  const marked = query<{ binary_id: string }>(server, "select binary_id from discarded_content");
  const unknown = leftovers(server).filter((path) => !marked.some(({ binary_id }) => path.includes(binary_id)));
  expect(unknown).toEqual([]);
  await server.stop();
});
