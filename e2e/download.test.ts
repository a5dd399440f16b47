import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, cut, makeBinary, sendPart, sha256, untilVerified } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { rawRequest } from "./support/raw-http.ts";
import { expectRefusal, refusal } from "./support/refusal.ts";
import { until } from "./support/until.ts";

let server: TestServer;
let api: Api;
let directory: string;
/** A link to `content`. */
let link: string;

const content = randomBytes(12_000_000);
const size = content.length;
const etag = `"${sha256(content)}"`;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "e2e-download-"));
  server = await startTestServer({ PERIDIO_DOWNLOADS: "stream" });
  api = callApi(server.url);
  link = await linkTo(api, await verified(api, content));
});

afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

async function verified(to: Api, bytes: Uint8Array): Promise<string> {
  const prn = await makeBinary(to, bytes);
  await upload(to, prn, bytes);
  return prn;
}

async function upload(to: Api, prn: string, bytes: Uint8Array): Promise<void> {
  for (const [at, part] of cut(bytes).entries()) expect(await sendPart(to, prn, at + 1, part)).toBe(200);
  await to("PATCH", `/binaries/${prn}`, { state: "hashable" });
  expect((await untilVerified(to, prn)).state).toBe("signable");
}

async function linkTo(from: Api, prn: string): Promise<string> {
  return (await from("GET", `/binaries/${prn}/download_url`)).body.download_url;
}

async function get(url: string, headers: Record<string, string> = {}, method = "GET") {
  const answer = await fetch(url, { method, headers });
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
}

function expectBytes(actual: Buffer, expected: Buffer): void {
  expect([actual.length, sha256(actual)]).toEqual([expected.length, sha256(expected)]);
}

describe("a download", () => {
  it("has the bytes, and all that a client wants to know of them", async () => {
    const { status, headers, body } = await get(link, { "accept-encoding": "gzip, br, zstd" });
    expect(status).toBe(200);
    expectBytes(body, content);
    expect(Object.fromEntries(headers)).toMatchObject({
      "accept-ranges": "bytes",
      "content-length": String(size),
      "content-type": "application/octet-stream",
      "content-disposition": expect.stringMatching(
        /^attachment; filename="firmware_[\d_]+-1\.0\.0-aarch64-linux-gnu"$/,
      ),
      etag,
      "peridio-request-id": expect.stringMatching(/^[\w-]{20}$/),
    });
    expect(headers.get("content-encoding")).toBeNull();
    const seconds = Number(/max-age=(\d+)/.exec(headers.get("cache-control") ?? "")?.[1]);
    expect(seconds).toBeGreaterThan(86_000);
    expect(seconds).toBeLessThanOrEqual(86_400);
  });

  it("answers HEAD like GET, without the bytes", async () => {
    const [head, whole] = [await get(link, {}, "HEAD"), await get(link)];
    expect([head.status, head.body.length]).toEqual([200, 0]);
    for (const name of ["content-length", "content-type", "content-disposition", "etag", "accept-ranges"]) {
      expect([name, head.headers.get(name)]).toEqual([name, whole.headers.get(name)]);
    }
  });

  it.each([
    ["the first bytes", "bytes=0-99", 0, 99],
    ["one byte", "bytes=5242880-5242880", 5_242_880, 5_242_880],
    ["bytes across two parts", "bytes=5242000-5243999", 5_242_000, 5_243_999],
    ["all from a byte on", "bytes=11999000-", 11_999_000, size - 1],
    ["all of it", "bytes=0-", 0, size - 1],
    ["the last bytes", "bytes=-500", size - 500, size - 1],
    ["more last bytes than there are", `bytes=-${size + 1}`, 0, size - 1],
    ["an end behind the end", "bytes=11999999-99999999", size - 1, size - 1],
    ["one range and an unsatisfiable one", `bytes=0-9,${size}-`, 0, 9],
  ])("sends %s for Range: %s", async (_what, range, start, end) => {
    const { status, headers, body } = await get(link, { range });
    expect([status, headers.get("content-range")]).toEqual([206, `bytes ${start}-${end}/${size}`]);
    expect([headers.get("content-length"), headers.get("etag")]).toEqual([String(end - start + 1), etag]);
    expectBytes(body, content.subarray(start, end + 1));
  });

  it.each([`bytes=${size}-`, "bytes=99999999999999999999-", "bytes=-0"])("is a 416 for Range: %s", async (range) => {
    const answer = await get(link, { range });
    expect([answer.status, answer.headers.get("content-range")]).toEqual([416, `bytes */${size}`]);
    expect(JSON.parse(answer.body.toString()).errors.code).toBe("range_not_satisfiable");
  });

  it.each([
    "bytes=9-0",
    "bytes=a-b",
    "bytes=",
    "items=0-1",
    "bytes=0-1-2",
    "0-99",
  ])("is whole for Range: %s", async (range) => {
    const { status, body } = await get(link, { range });
    expect(status).toBe(200);
    expectBytes(body, content);
  });

  it.each([
    [
      [0, 99],
      [1_000_000, 1_000_099],
    ],
    [
      [11_999_000, 11_999_999],
      [0, 0],
      [5_242_000, 5_243_999],
    ],
  ])("sends several ranges as multipart/byteranges", async (...ranges) => {
    const range = `bytes=${ranges.map(([start, end]) => `${start}-${end}`).join(", ")}`;
    const { status, headers, body } = await get(link, { range });
    expect([status, headers.get("content-length")]).toEqual([206, String(body.length)]);
    const boundary = /^multipart\/byteranges; ?boundary="?([^"]+)"?$/.exec(headers.get("content-type")!)![1]!;
    const parts = body.toString("latin1").split(`--${boundary}`);
    expect([parts[0]!.trim(), parts.at(-1)!.trim()]).toEqual(["", "--"]);
    for (const [at, [start, end]] of ranges.entries()) {
      const [head, ...rest] = parts[at + 1]!.split("\r\n\r\n");
      expect(head!.toLowerCase()).toContain(`content-range: bytes ${start}-${end}/${size}`);
      expect(head!.toLowerCase()).toContain("content-type: application/octet-stream");
      expectBytes(Buffer.from(rest.join("\r\n\r\n").slice(0, -2), "latin1"), content.subarray(start, end! + 1));
    }
    expect(parts).toHaveLength(ranges.length + 2);
  });

  it("does not let ranges multiply what is sent", async () => {
    const { body } = await get(link, { range: `bytes=${Array(200).fill("0-").join(",")}` });
    expect(body.length).toBeLessThanOrEqual(size + 1000);
  });

  it.each([
    ["the ETag", etag, 206],
    ["another ETag", '"0"', 200],
    ["a weak ETag", `W/${etag}`, 200],
    ["a date", "Wed, 21 Oct 2099 07:28:00 GMT", 200],
  ])("with If-Range naming %s (%s) is a %i", async (_what, ifRange, expected) => {
    const { status, body } = await get(link, { range: "bytes=0-99", "if-range": ifRange });
    expect(status).toBe(expected);
    expectBytes(body, expected === 206 ? content.subarray(0, 100) : content);
  });

  it.each([
    [{ "if-none-match": etag }, 304],
    [{ "if-none-match": `"0", W/${etag}` }, 304],
    [{ "if-none-match": "*" }, 304],
    [{ "if-none-match": '"0"' }, 200],
    [{ "if-match": etag }, 200],
    [{ "if-match": '"0"' }, 412],
    [{ "if-none-match": etag, range: "bytes=0-9" }, 304],
  ])("with %j is a %i", async (headers, expected) => {
    for (const method of ["GET", "HEAD"]) {
      const answer = await get(link, headers, method);
      expect([method, answer.status]).toEqual([method, expected]);
      if (expected === 304) expect([answer.headers.get("etag"), answer.body.length]).toEqual([etag, 0]);
    }
  });

  it("ignores Range in a HEAD, as RFC 9110 § 14.2 has it", async () => {
    const answer = await get(link, { range: "bytes=0-9" }, "HEAD");
    expect([answer.status, answer.headers.get("content-length")]).toEqual([200, String(size)]);
  });

  it("of an empty file has no bytes", async () => {
    const empty = await linkTo(api, await verified(api, new Uint8Array()));
    const { status, headers, body } = await get(empty);
    expect([status, headers.get("content-length"), body.length]).toEqual([200, "0", 0]);
    expect((await get(empty, { range: "bytes=0-" })).status).toBe(416);
  });

  it("takes no API key for a link, and none in its place", async () => {
    const { status } = await get(link.split("?")[0]!, { authorization: "Bearer e2e-test-key-0123456789" });
    expect(status).toBe(403);
  });

  it("ends a connection that is to be closed after the last byte", async () => {
    const answer = await rawRequest("GET", link, ["range: bytes=0-9"]);
    expect([answer.status, answer.headers["content-length"]]).toEqual([206, "10"]);
    expectBytes(Buffer.from(answer.body, "latin1"), content.subarray(0, 10));
  });

  it("works on after the server was killed and started again", async () => {
    await server.kill();
    await server.start();
    expectBytes((await get(link)).body, content);
  });
});

const run = promisify(execFile);

/** Runs curl; answers its exit code. */
async function curl(...words: string[]): Promise<number> {
  return run("curl", ["--silent", "--show-error", ...words]).then(
    () => 0,
    (error: { code: number }) => error.code,
  );
}

describe("curl", () => {
  it("resumes a download that was cut", async () => {
    const file = join(directory, "resumed.bin");
    await writeFile(file, content.subarray(0, 7_654_321));
    expect(await curl("-C", "-", "-o", file, link)).toBe(0);
    expectBytes(await readFile(file), content);
  });

  it("resumes a download that was killed half way", async () => {
    const file = join(directory, "killed.bin");
    // 28 is its own time limit: about 2 MB have come by then.
    expect(await curl("--limit-rate", "2M", "--max-time", "1", "-o", file, link)).toBe(28);
    const got = (await stat(file)).size;
    expect(got).toBeGreaterThan(0);
    expect(got).toBeLessThan(size);
    expect(await curl("-C", "-", "-o", file, link)).toBe(0);
    expectBytes(await readFile(file), content);
  });

  it("fetches pieces at the same time, and they fit together", async () => {
    const piece = 1_000_000;
    const files = Array.from({ length: size / piece }, (_, at) => join(directory, `piece-${at}`));
    const codes = await Promise.all(
      files.map((file, at) => curl("-r", `${at * piece}-${(at + 1) * piece - 1}`, "-o", file, link)),
    );
    expect(new Set(codes)).toEqual(new Set([0]));
    expectBytes(Buffer.concat(await Promise.all(files.map((file) => readFile(file)))), content);
  });

  it("saves under the name that the server gives", async () => {
    expect(await curl("--output-dir", directory, "-O", "-J", link)).toBe(0);
    const name = new URL(link).pathname.split("/").at(-1)!;
    expectBytes(await readFile(join(directory, name)), content);
  });

  it("fails, and writes no file, when the link was changed", async () => {
    const file = join(directory, "nothing.bin");
    expect(await curl("--fail", "-o", file, `${link}x`)).toBe(22);
    await expect(stat(file)).rejects.toThrow("ENOENT");
  });
});

describe("a link", () => {
  const read = (url: string) => callApi("", "")("GET", url);

  it("is not made for a binary that is not verified", async () => {
    const prn = await makeBinary(api, content.subarray(0, 10));
    const early = "the binary is 'uploadable'; only verified content (signable, signed) can be downloaded";
    expectRefusal(await api("GET", `/binaries/${prn}/download_url`), refusal(409, "conflict", early));
  });

  it("stops with a reset, and does not come to life with the next content", async () => {
    const bytes = randomBytes(100);
    const prn = await verified(api, bytes);
    const old = await linkTo(api, prn);
    await api("PATCH", `/binaries/${prn}`, { state: "uploadable" });
    const resting = "the binary is 'uploadable'; only verified content (signable, signed) can be downloaded";
    expectRefusal(await read(old), refusal(409, "conflict", resting));
    await upload(api, prn, bytes);
    const gone = "this content was reset or deleted since the link was made";
    expectRefusal(await read(old), refusal(410, "gone", gone));
    expectBytes((await get(await linkTo(api, prn))).body, bytes);
  });

  it("stops when the binary is destroyed", async () => {
    const prn = await verified(api, randomBytes(100));
    const old = await linkTo(api, prn);
    await api("POST", `/binaries/${prn}/destroy`);
    const destroyed = "the binary is 'destroyed'; only verified content (signable, signed) can be downloaded";
    expectRefusal(await read(old), refusal(409, "conflict", destroyed));
    expectRefusal(await api("GET", `/binaries/${prn}/download_url`), refusal(409, "conflict", destroyed));
  });

  it("stops when the binary is deleted", async () => {
    const prn = await verified(api, randomBytes(100));
    const old = await linkTo(api, prn);
    expect((await api("DELETE", `/binaries/${prn}`)).status).toBe(204);
    expectRefusal(await read(old), refusal(410, "gone", "this content was reset or deleted since the link was made"));
  });

  it("that expires while its download runs lets it run to the end, and starts no other", async () => {
    const hasty = await startTestServer({ PERIDIO_DOWNLOAD_EXPIRY: "1", PERIDIO_DOWNLOADS: "stream" });
    const own = callApi(hasty.url);
    const prn = await verified(own, content);
    // A busy machine may take longer than a second to ask.
    const { url, running } = await until("a download runs", async () => {
      const url = await linkTo(own, prn);
      const running = await fetch(url);
      return running.ok ? { url, running } : null;
    });
    const late = await until("the link has expired", async () => {
      const answer = await read(url);
      return answer.status === 403 ? answer : null;
    });
    expectBytes(Buffer.from(await running.arrayBuffer()), content);
    expect([late.status, late.body.errors.code]).toEqual([403, "link_expired"]);
    await hasty.stop();
  });
});

describe("a client that", () => {
  it("goes away in the middle leaves no failure behind", async () => {
    for (let count = 0; count < 10; count++) {
      const { hostname, port, pathname, search } = new URL(link);
      const socket = connect(Number(port), hostname);
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
      await once(socket, "data");
      socket.resetAndDestroy();
    }
    expectBytes((await get(link)).body, content);
    expect(server.output()).not.toMatch(/"level":(50|60)/);
  });

  it("says nothing more for longer than the idle time is dropped, one that trickles is not", async () => {
    const strict = await startTestServer({ PERIDIO_IDLE_TIMEOUT: "1", PERIDIO_DOWNLOADS: "stream" });
    const own = callApi(strict.url);
    const bytes = randomBytes(30);
    const [silent, trickling] = [await makeBinary(own, bytes), await makeBinary(own, bytes)];
    const start = async (prn: string) => {
      const { hostname, port } = new URL(strict.url);
      const socket = connect(Number(port), hostname).on("error", () => {});
      socket.write(`PUT /binaries/${prn}/content HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n`);
      socket.write("authorization: Bearer e2e-test-key-0123456789\r\ncontent-length: 30\r\n\r\n");
      let answer = "";
      socket.on("data", (chunk) => {
        answer += chunk;
      });
      return { socket, closed: once(socket, "close"), answer: () => answer };
    };
    const [quiet, slow] = [await start(silent), await start(trickling)];
    quiet.socket.write(bytes.subarray(0, 10));
    const began = Date.now();
    for (const byte of bytes) {
      slow.socket.write(Buffer.from([byte]));
      await pause(100);
    }
    await slow.closed;
    expect(slow.answer()).toMatch(/^HTTP\/1\.1 200 /);
    await Promise.race([quiet.closed, pause(5000)]);
    expect(quiet.socket.destroyed).toBe(true);
    expect(Date.now() - began).toBeLessThan(8000);
    expect((await own("GET", `/binaries/${silent}`)).body.binary.state).toBe("uploadable");
    await strict.stop();
  });
});
