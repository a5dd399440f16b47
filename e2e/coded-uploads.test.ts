import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Api,
  announcePart,
  callApi,
  makeBinary,
  makeVersion,
  sha256,
  sha256Base64,
  untilVerified,
} from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { peridioOf } from "./support/peridio.ts";

let server: TestServer;
let api: Api;
let wire: Awaited<ReturnType<typeof layWire>>;

beforeAll(async () => {
  wire = await layWire();
  server = await startTestServer({ PERIDIO_CONTENT_PUBLIC_URL: wire.url });
  wire.target = server.url;
  api = callApi(server.url);
});
afterAll(async () => {
  await server.stop();
  await wire.close();
});

/** What stands between the CLI and the server, and counts what the former sends. */
async function layWire() {
  const through = http.createServer((incoming, outgoing) => {
    if (wire.refuses && incoming.headers["content-encoding"] !== undefined) {
      incoming.resume();
      return void outgoing.writeHead(415).end();
    }
    const { method, headers } = incoming;
    const passed = http.request(wire.target + incoming.url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.on("data", (piece: Buffer) => {
      wire.sent += piece.length;
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => through.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(through.address() as AddressInfo).port}`;
  const close = async () => {
    through.closeAllConnections();
    await new Promise((resolve) => through.close(resolve));
  };
  return { url, target: "", sent: 0, refuses: false, close };
}

const content = Buffer.concat([randomBytes(100_000), Buffer.alloc(300_000, "firmware"), randomBytes(50_000)]);
const coders = { gzip: gzipSync, zstd: zstdCompressSync };

async function put(url: string, coding: string, body: Uint8Array, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: "PUT",
    headers: { authorization: `Bearer ${apiKey}`, "content-encoding": coding, ...headers },
    body: body as Uint8Array<ArrayBuffer>,
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? null : JSON.parse(text) };
}

const contentUrl = (prn: string) => `${server.url}/binaries/${prn}/content`;
const stateOf = async (prn: string) => (await api("GET", `/binaries/${prn}`)).body.binary.state;

describe("content that comes compressed", () => {
  it.each([
    "gzip",
    "zstd",
  ] as const)("by %s is kept plain, with the hash and the size of the plain bytes", async (coding) => {
    const prn = await makeBinary(api, content);
    const coded = coders[coding](content);
    const digest = {
      "x-amz-checksum-sha256": sha256Base64(content),
      "content-digest": `sha-256=:${sha256Base64(coded)}:`,
    };
    const answer = await put(contentUrl(prn), coding, coded, digest);
    expect([answer.status, answer.body.binary?.state]).toEqual([200, "signable"]);
    const { download_url } = (await api("GET", `/binaries/${prn}/download_url`)).body;
    expect(sha256(Buffer.from(await (await fetch(download_url)).arrayBuffer()))).toBe(sha256(content));
  });

  it.each(["gzip", "zstd"] as const)("in parts by %s is verified like any other", async (coding) => {
    const prn = await makeBinary(api, content);
    const link = await announcePart(api, prn, 1, content);
    expect((await put(link, coding, coders[coding](content))).status).toBe(200);
    // Once more, when it is valid already.
    expect((await put(link, coding, coders[coding](content))).status).toBe(200);
    await api("PATCH", `/binaries/${prn}`, { state: "hashable" });
    expect((await untilVerified(api, prn)).state).toBe("signable");
  });

  it("in a coding that isn't known is refused with those that are", async () => {
    const prn = await makeBinary(api, content);
    for (const coding of ["br", "gzip, zstd"]) {
      const answer = await put(contentUrl(prn), coding, brotliCompressSync(content));
      expect([answer.status, answer.headers.get("accept-encoding")]).toEqual([415, "zstd, gzip"]);
      expect(answer.body.errors.detail).toContain(`got '${coding}'`);
    }
    const link = await announcePart(api, prn, 1, content);
    expect((await put(link, "deflate", content)).status).toBe(415);
  });

  it("is refused when it is damaged, cut off, or something else, and the right one is taken then", async () => {
    const prn = await makeBinary(api, content);
    for (const coding of ["gzip", "zstd"] as const) {
      const coded = coders[coding](content);
      const damaged = Buffer.from(coded);
      damaged[0]! ^= 255;
      expect((await put(contentUrl(prn), coding, damaged)).status).toBe(400);
      expect((await put(contentUrl(prn), coding, coded.subarray(0, coded.length - 9))).status).toBe(400);
      const other = await put(contentUrl(prn), coding, coders[coding](content.subarray(1)));
      expect(other.body.errors.size[0]).toContain(`got ${content.length - 1}`);
      const longer = await put(contentUrl(prn), coding, coders[coding](Buffer.concat([content, content])));
      expect(longer.body.errors.size[0]).toContain("got more");
      const digest = { "content-digest": `sha-256=:${sha256Base64(content)}:` };
      expect((await put(contentUrl(prn), coding, coded, digest)).body.errors.code).toBe("checksum_mismatch");
      expect(await stateOf(prn)).toBe("uploadable");
    }
    expect((await put(contentUrl(prn), "zstd", coders.zstd(content))).status).toBe(200);
  });
});

/** A frame of blocks of 128 KiB zeros, of four bytes each. */
function zeros(bytes: number): Buffer {
  const count = Math.ceil(bytes / 131_072);
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38]);
  const block = (last: 0 | 1) => {
    const header = (131_072 << 3) | (1 << 1) | last;
    return Buffer.from([header & 255, (header >> 8) & 255, header >> 16, 0]);
  };
  return Buffer.concat([head, ...Array.from({ length: count - 1 }, () => block(0)), block(1)]);
}

const memoryOf = (field: string): number => {
  const status = readFileSync(`/proc/${server.process().pid}/status`, "utf8");
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)![1]) * 1024;
};

describe("the CLI", () => {
  /** Bytes of its body, as they were on the wire, and what the server has then. */
  async function upload(bytes: Buffer, ...words: string[]) {
    const folder = mkdtempSync(join(tmpdir(), "e2e-coded-"));
    const file = join(folder, "content");
    writeFileSync(file, bytes);
    const prn = await makeBinary(api, bytes);
    const before = wire.sent;
    const run = peridioOf({ url: wire.url, dataDirectory: folder });
    const { code, stderr } = await run("binaries", "upload", "--binary-prn", prn, "--file", file, ...words);
    rmSync(folder, { recursive: true });
    expect(code, stderr).toBe(0);
    expect(await stateOf(prn)).toBe("signable");
    return wire.sent - before;
  }

  const large = Buffer.concat(Array.from({ length: 40 }, () => content));

  it("compresses when a sample shows that it pays, and not when it is told not to", async () => {
    expect(await upload(large)).toBeLessThan(large.length / 2);
    expect(await upload(large, "--compress", "never")).toBeGreaterThanOrEqual(large.length);
  });

  it("sends plain what can't be compressed", async () => {
    const random = randomBytes(2_000_000);
    expect(await upload(random)).toBeGreaterThanOrEqual(random.length);
  });

  it("sends plain what a server doesn't take compressed", async () => {
    wire.refuses = true;
    expect(await upload(large)).toBeGreaterThanOrEqual(large.length);
    wire.refuses = false;
  });

  it("compresses parts as well", async () => {
    const parts = Buffer.concat(Array.from({ length: 240 }, () => content));
    expect(await upload(parts, "--binary-part-size", "5242880")).toBeLessThan(parts.length / 2);
  });
});

describe("a bomb of 100 GB", () => {
  it.each([
    ["that says so", 100_000_000_000, 413, "to more than 250 times its size"],
    ["that says that it has 5 MB", 5_000_000, 422, "got more"],
  ])("%s is refused at once, within 64 MB of memory", async (_what, size, status, words) => {
    const version = await makeVersion(api);
    const body = { artifact_version_prn: version, target: "arm", hash: "0".repeat(64), size };
    const { prn } = (await api("POST", "/binaries", body)).body.binary;
    const bomb = zeros(100_000_000_000);
    writeFileSync(`/proc/${server.process().pid}/clear_refs`, "5");
    const before = memoryOf("VmRSS");
    const answer = await put(contentUrl(prn), "zstd", bomb);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(words);
    expect(memoryOf("VmHWM") - before).toBeLessThan(64_000_000);
    expect(await stateOf(prn)).toBe("uploadable");
  });
});
