import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream, mkdtempSync, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { get, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import fc from "fast-check";
import fastify, { type FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readFileRange } from "../content/read-range.ts";
import { answerErrors } from "../http/errors.ts";
import { sendContent } from "./send-content.ts";

const curl = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "send-content-"));
const bytes = randomBytes(3_000_001);
const hash = createHash("sha256").update(bytes).digest("hex");
const etag = `"${hash}"`;
const large = randomBytes(24 * 2 ** 20);
const hugeSize = 2 ** 33;
const files: Record<string, { size: number; path: string }> = {
  firmware: { size: bytes.length, path: join(folder, "firmware") },
  empty: { size: 0, path: join(folder, "empty") },
  large: { size: large.length, path: join(folder, "large") },
  huge: { size: hugeSize, path: join(folder, "huge") },
  /** Shorter on the disk than the record says. */
  cut: { size: 2 * bytes.length, path: join(folder, "firmware") },
  missing: { size: 5, path: join(folder, "missing") },
};

let app: FastifyInstance;
let address: string;
let port: number;
let stuck: Readable;
/** Content that was opened, and how much of it is open still. */
let opened = 0;
let stillOpen = 0;
/** Bytes read from files. */
let bytesRead = 0;

async function* readTracked(path: string, start: number, end: number): AsyncGenerator<Buffer> {
  opened++;
  stillOpen++;
  try {
    for await (const chunk of readFileRange(path, start, end)) {
      bytesRead += chunk.length;
      yield chunk;
    }
  } finally {
    stillOpen--;
  }
}

/** What this process holds open in the test's folder, as Linux tells. */
function openFiles(): string[] {
  if (process.platform !== "linux") return [];
  const paths = readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return "closed";
    }
  });
  return paths.filter((path) => path.startsWith(folder));
}

beforeAll(async () => {
  writeFileSync(files.firmware!.path, bytes);
  writeFileSync(files.large!.path, large);
  writeFileSync(files.empty!.path, "");
  writeFileSync(files.huge!.path, "");
  truncateSync(files.huge!.path, hugeSize);
  app = fastify({ exposeHeadRoutes: false, forceCloseConnections: true });
  answerErrors(app);
  app.route<{ Params: { name: string } }>({
    method: ["GET", "HEAD"],
    url: "/:name",
    handler: async (request, reply) => {
      const { size, path } = files[request.params.name]!;
      const open = (start: number, end: number) => readTracked(path, start, end);
      return sendContent(request, reply, { size, hash, filename: "näme.bin", cacheSeconds: 60, open });
    },
  });
  // Readables are content as well, as an object store gives them; this one never yields a byte.
  app.get("/readable", (request, reply) => {
    const open = (start: number, end: number) => createReadStream(files.firmware!.path, { start, end });
    return sendContent(request, reply, { size: bytes.length, hash, filename: "readable", cacheSeconds: 60, open });
  });
  app.get("/stuck", (request, reply) =>
    sendContent(request, reply, { size: 10, hash, filename: "stuck", cacheSeconds: 60, open: () => stuck }),
  );
  address = await app.listen({ host: "127.0.0.1", port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  opened = 0;
  bytesRead = 0;
  stuck = new Readable({ read() {} });
});
afterEach(async () => {
  await until(() => stillOpen === 0, "all content is closed");
  expect(openFiles()).toEqual([]);
});

async function fetchBytes(name: string, headers: Record<string, string> = {}, method = "GET") {
  const response = await fetch(`${address}/${name}`, { method, headers });
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body };
}

/** Parts of a multipart/byteranges body, read as RFC 2046 § 5.1.1 says. */
function readParts(contentType: string, body: Buffer): { type: string; range: string; bytes: Buffer }[] {
  const boundary = /^multipart\/byteranges; boundary=([\w'()+,./:=?-]{1,70})$/.exec(contentType)![1]!;
  const text = body.toString("latin1");
  const pieces = `\r\n${text}`.split(`\r\n--${boundary}`);
  expect(pieces.shift()).toBe("");
  expect(pieces.pop()).toBe("--\r\n");
  return pieces.map((piece) => {
    const [, type, range, content] = /^\r\nContent-Type: (.*)\r\nContent-Range: (.*)\r\n\r\n([\s\S]*)$/.exec(piece)!;
    return { type: type!, range: range!, bytes: Buffer.from(content!, "latin1") };
  });
}

async function until(met: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !met(); tries++) {
    if (tries === 250) throw new Error(`waited in vain until ${what}`);
    await delay(20);
  }
}

describe("content", () => {
  it("is sent whole, with all that a client may want to know of it", async () => {
    const { status, headers, body } = await fetchBytes("firmware");
    expect(status).toBe(200);
    expect(body.equals(bytes)).toBe(true);
    expect(Object.fromEntries(headers)).toMatchObject({
      etag,
      "accept-ranges": "bytes",
      "cache-control": "public, max-age=60, immutable",
      "content-disposition": "attachment; filename=\"n_me.bin\"; filename*=UTF-8''n%C3%A4me.bin",
      "content-length": String(bytes.length),
      "content-type": "application/octet-stream",
      "repr-digest": `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`,
      "x-content-type-options": "nosniff",
    });
    for (const absent of ["transfer-encoding", "content-encoding", "content-range", "last-modified"]) {
      expect(headers.has(absent)).toBe(false);
    }
  });

  it("is never coded, whatever the client accepts", async () => {
    const { headers, body } = await fetchBytes("firmware", { "accept-encoding": "gzip, br, zstd", te: "trailers" });
    expect(headers.has("content-encoding")).toBe(false);
    expect(body.length).toBe(bytes.length);
  });

  it("has the same headers, and no body, for HEAD, which knows no ranges", async () => {
    const [whole, head] = await Promise.all([
      fetchBytes("firmware"),
      fetchBytes("firmware", { range: "bytes=0-4" }, "HEAD"),
    ]);
    expect(head.status).toBe(200);
    const ofConnection = ["date", "connection", "keep-alive"];
    const plain = (headers: Headers) =>
      Object.fromEntries([...headers].filter(([name]) => !ofConnection.includes(name)));
    expect(plain(head.headers)).toEqual(plain(whole.headers));
    expect(opened).toBe(1);
  });

  it("may come from a Readable", async () => {
    const [whole, range] = await Promise.all([
      fetchBytes("readable"),
      fetchBytes("readable", { range: "bytes=9-1000008,5-6" }),
    ]);
    expect(whole.body.equals(bytes)).toBe(true);
    const [first, second] = readParts(range.headers.get("content-type")!, range.body);
    expect(first!.bytes.equals(bytes.subarray(9, 1_000_009))).toBe(true);
    expect(second!.bytes.equals(bytes.subarray(5, 7))).toBe(true);
  });

  it("may be empty", async () => {
    const { status, headers, body } = await fetchBytes("empty");
    expect([status, headers.get("content-length"), body.length]).toEqual([200, "0", 0]);
    const beyond = await fetchBytes("empty", { range: "bytes=0-" });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */0"]);
  });

  it("may be larger than 4 GiB", async () => {
    const head = await fetchBytes("huge", {}, "HEAD");
    expect(head.headers.get("content-length")).toBe(String(hugeSize));
    const { headers, body } = await fetchBytes("huge", { range: "bytes=-3" });
    expect(headers.get("content-range")).toBe(`bytes ${hugeSize - 3}-${hugeSize - 1}/${hugeSize}`);
    expect(body).toEqual(Buffer.alloc(3));
  });
});

describe("a range", () => {
  it("is sent as asked for", async () => {
    const { status, headers, body } = await fetchBytes("firmware", { range: "bytes=1000000-1000099" });
    expect(status).toBe(206);
    expect(headers.get("content-range")).toBe(`bytes 1000000-1000099/${bytes.length}`);
    expect(headers.get("content-length")).toBe("100");
    expect(headers.get("etag")).toBe(etag);
    expect(body.equals(bytes.subarray(1_000_000, 1_000_100))).toBe(true);
  });

  it("lets curl resume", async () => {
    const path = join(folder, "resumed");
    writeFileSync(path, bytes.subarray(0, 1_234_567));
    await curl("curl", ["-sSf", "-C", "-", "-o", path, `${address}/firmware`]);
    const { stdout } = await curl("sha256sum", [path]);
    expect(stdout.split(" ")[0]).toBe(hash);
  });

  it("beyond the end is refused, and says how long the content is", async () => {
    const { status, headers, body } = await fetchBytes("firmware", { range: `bytes=${bytes.length}-` });
    expect(status).toBe(416);
    expect(headers.get("content-range")).toBe(`bytes */${bytes.length}`);
    expect(headers.has("cache-control")).toBe(false);
    expect(JSON.parse(body.toString()).errors.code).toBe("range_not_satisfiable");
  });

  it("counts only while If-Range names this content", async () => {
    const range = "bytes=0-4";
    const lengths = [];
    for (const ifRange of [etag, `"${"0".repeat(64)}"`, `W/${etag}`, "Wed, 01 Jan 2025 00:00:00 GMT"]) {
      const { status, body } = await fetchBytes("firmware", { range, "if-range": ifRange });
      lengths.push([status, body.length]);
    }
    expect(lengths).toEqual([[206, 5], ...Array(3).fill([200, bytes.length])]);
  });
});

describe("several ranges", () => {
  const position = fc.nat(bytes.length - 1);
  const ranges = fc
    .uniqueArray(position, { minLength: 4, maxLength: 20 })
    .map((positions) => positions.sort((a, b) => a - b))
    .map((sorted) => sorted.slice(0, sorted.length & ~1))
    .map((even) => even.flatMap((start, i) => (i % 2 === 0 ? [{ start, end: even[i + 1]! - 1 }] : [])))
    .map((pairs) => pairs.filter((pair, i) => pairs[i - 1]?.end !== pair.start - 1))
    .filter((pairs) => pairs.length > 1)
    .chain((pairs) => fc.shuffledSubarray(pairs, { minLength: 2 }));

  it("are sent as parts in the order of the request, with the exact length", async () => {
    await fc.assert(
      fc.asyncProperty(ranges, async (ranges) => {
        const header = `bytes=${ranges.map(({ start, end }) => `${start}-${end}`).join(", ")}`;
        const { status, headers, body } = await fetchBytes("firmware", { range: header });
        expect(status).toBe(206);
        expect(headers.get("content-length")).toBe(String(body.length));
        expect(headers.has("content-range")).toBe(false);
        const parts = readParts(headers.get("content-type")!, body);
        expect(parts.map(({ type, range }) => ({ type, range }))).toEqual(
          ranges.map(({ start, end }) => ({
            type: "application/octet-stream",
            range: `bytes ${start}-${end}/${bytes.length}`,
          })),
        );
        parts.forEach((part, i) => {
          expect(part.bytes.equals(bytes.subarray(ranges[i]!.start, ranges[i]!.end + 1))).toBe(true);
        });
      }),
      { numRuns: 30 },
    );
  });
});

describe("a condition", () => {
  it("that the client has the content is 304, without a body", async () => {
    const { status, headers, body } = await fetchBytes("firmware", { "if-none-match": etag, range: "bytes=0-4" });
    expect([status, body.length]).toEqual([304, 0]);
    expect(headers.get("etag")).toBe(etag);
    expect(headers.get("cache-control")).toBe("public, max-age=60, immutable");
    expect(opened).toBe(0);
  });

  it("that the content is another is 412, and that isn't cached", async () => {
    const { status, headers, body } = await fetchBytes("firmware", { "if-match": '"x"', "if-none-match": etag });
    expect(status).toBe(412);
    expect(headers.has("cache-control")).toBe(false);
    expect(JSON.parse(body.toString()).errors.detail).toContain("If-Match");
  });
});

describe("a client that goes away", () => {
  /** Asks, takes the first bytes, and is gone. */
  async function leaveEarly(name: string, headers: Record<string, string> = {}): Promise<void> {
    const asked = get(`${address}/${name}`, { headers, agent: false });
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    await once(response, "data");
    response.destroy();
  }

  it("leaves no file open", async () => {
    await Promise.all(Array.from({ length: 20 }, () => leaveEarly("huge")));
    expect(opened).toBe(20);
    await until(() => stillOpen === 0, "all are closed");
  });

  it("leaves no file open between several ranges", async () => {
    const range = `bytes=0-9,${2 ** 31}-${2 ** 32},5000000000-6000000000`;
    await Promise.all(Array.from({ length: 20 }, () => leaveEarly("huge", { range })));
    await until(() => stillOpen === 0, "all are closed");
    const before = opened;
    await delay(100);
    expect(opened).toBe(before);
  });

  it("leaves nothing open when it never saw a byte", async () => {
    for (let i = 0; i < 50; i++) {
      const socket = connect(port, "127.0.0.1");
      await once(socket, "connect");
      socket.write("GET /huge HTTP/1.1\r\nhost: x\r\n\r\n");
      if (i % 2 === 0) await delay(i % 10);
      socket.resetAndDestroy();
    }
    await delay(100);
    await until(() => stillOpen === 0, "all are closed");
  });

  it("leaves nothing open of requests that wait behind another", async () => {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.pause();
    socket.write("GET /huge HTTP/1.1\r\nhost: x\r\n\r\n".repeat(3));
    await until(() => opened === 3, "all are open");
    await delay(100);
    socket.resetAndDestroy();
    await until(() => stillOpen === 0, "all are closed");
  });

  it("frees a source that is silent", async () => {
    const asked = get(`${address}/stuck`, { agent: false });
    asked.on("error", () => {});
    await until(() => stuck.readableDidRead || stuck.listenerCount("readable") > 0, "it is being read");
    asked.destroy();
    await until(() => stuck.closed, "it is closed");
  });
});

describe("a client that doesn't read", () => {
  it("makes us read no further than buffers hold", async () => {
    const asked = get(`${address}/huge`, { agent: false });
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    response.pause();
    await delay(1000);
    const read = bytesRead;
    await delay(300);
    expect(bytesRead).toBe(read);
    expect(read).toBeLessThan(64 * 2 ** 20);
    response.destroy();
  });
});

describe("a client that reads slowly", () => {
  it("gets the bytes as they are, although the memory they are read into is used again", async () => {
    const asked = get(`${address}/large`, { agent: false });
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    const received = createHash("sha256");
    for await (const chunk of response) {
      received.update(chunk as Buffer);
      await delay(1);
    }
    expect(received.digest("hex")).toBe(createHash("sha256").update(large).digest("hex"));
  });
});

describe("content that can't be read", () => {
  it("at all is an error that nobody caches", async () => {
    const { status, headers, body } = await fetchBytes("missing");
    expect(status).toBe(500);
    expect(JSON.parse(body.toString()).errors.code).toBe("internal_error");
    expect(headers.get("content-length")).toBe(String(body.length));
    for (const absent of ["cache-control", "etag", "repr-digest", "accept-ranges", "content-disposition"]) {
      expect(headers.has(absent)).toBe(false);
    }
  });

  it("to its end breaks the connection instead of passing for the whole", async () => {
    // On a connection that is to be kept: one that closes anyway would hide a missing end.
    const asked = httpRequest(`${address}/cut`, { agent: false, headers: { connection: "keep-alive" } });
    asked.end();
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    let received = 0;
    response.on("data", (chunk: Buffer) => {
      received += chunk.length;
    });
    await expect(once(response, "end")).rejects.toThrow("aborted");
    expect(received).toBeLessThanOrEqual(bytes.length);
    expect(response.complete).toBe(false);
  });
});
