import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readlinkSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, announcePart, callApi, makeBinary, partSize, sendPart, sha256, untilVerified } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { contradictions, filesOf, leftovers, storedBinary, storedParts } from "./support/stored.ts";
import { openDownload, openUpload } from "./support/streaming.ts";
import { until } from "./support/until.ts";

/** Seconds without any progress after which the server drops a connection. */
const idle = 1;

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startTestServer({ PERIDIO_IDLE_TIMEOUT: String(idle) });
  api = callApi(server.url);
});

afterAll(async () => {
  expect(contradictions(server)).toEqual([]);
  expect(leftovers(server)).toEqual([]);
  await server.stop();
});

const mebibyte = 1_048_576;
const part = randomBytes(partSize);

async function downloadLink(bytes: Uint8Array): Promise<string> {
  const binary = await makeBinary(api, bytes);
  expect((await openUpload(`${server.url}/binaries/${binary}/content`, bytes.length).end(bytes)).status).toBe(200);
  return (await api("GET", `/binaries/${binary}/download_url`)).body.download_url;
}

/** Content files that the server has open. */
function openContent(): string[] {
  const directory = `/proc/${server.process().pid}/fd`;
  const opened = readdirSync(directory).flatMap((name) => {
    try {
      return [readlinkSync(`${directory}/${name}`)];
    } catch {
      return []; // Closed since it was listed.
    }
  });
  return opened.filter((path) => path.startsWith(`${server.dataDirectory}/content/`));
}

const nothingOpen = () => until("the server has let go", () => openContent().length === 0, 30);

describe("a slow client", () => {
  const paces = [
    // Either lies in the buffers of the kernel for longer than the idle time, in which the server sees nothing move:
    // the one as a whole, the other until a third of a full buffer has been taken.
    { what: "a small file, very slowly", size: 1.5 * mebibyte, milliseconds: 400 },
    { what: "a large file", size: 6 * mebibyte, milliseconds: 160 },
  ];

  it.concurrent.each(paces)("gets every byte of $what", async ({ size, milliseconds }) => {
    const bytes = randomBytes(size);
    const { read } = await openDownload(await downloadLink(bytes));
    const hash = createHash("sha256");
    const began = Date.now();
    for (let chunk = await read(); chunk; chunk = await read()) {
      hash.update(chunk);
      await pause(milliseconds);
    }
    expect(hash.digest("hex")).toBe(sha256(bytes));
    // Else it would show nothing.
    expect(Date.now() - began).toBeGreaterThan(4 * idle * 1000);
  });

  it.concurrent("sends a part, a few bytes at a time", async () => {
    const binary = await makeBinary(api, part);
    const upload = openUpload(await announcePart(api, binary, 1, part), partSize);
    const step = 30;
    for (let at = 0; at < step * 30; at += step) {
      await upload.write(part.subarray(at, at + step));
      await pause(200);
    }
    expect((await upload.end(part.subarray(step * 30))).status).toBe(200);
    await api("PATCH", `/binaries/${binary}`, { state: "hashable" });
    expect((await untilVerified(api, binary)).state).toBe("signable");
  });
});

describe("a client that falls silent", () => {
  it("in the middle of a part is dropped, and the part is as if nothing had come", async () => {
    const binary = await makeBinary(api, part);
    const upload = openUpload(await announcePart(api, binary, 1, part), partSize);
    await upload.write(part.subarray(0, 2 * mebibyte));
    await expect(upload.answer).rejects.toThrow();
    await nothingOpen();
    expect(storedParts(server, binary)[0]!.state).toBe("uploadable");
    expect(await sendPart(api, binary, 1, part)).toBe(200);
    await api("PATCH", `/binaries/${binary}`, { state: "hashable" });
    expect((await untilVerified(api, binary)).state).toBe("signable");
  });

  it("in the middle of a direct upload is dropped, and its bytes are removed", async () => {
    const binary = await makeBinary(api, part);
    const upload = openUpload(`${server.url}/binaries/${binary}/content`, partSize);
    await upload.write(part.subarray(0, 2 * mebibyte));
    await expect(upload.answer).rejects.toThrow();
    await nothingOpen();
    await until("its file is gone", () => filesOf(server, storedBinary(server, binary)).size === 0);
    expect(storedBinary(server, binary).state).toBe("uploadable");
  });

  it("in the middle of a download is dropped, and the file is closed", async () => {
    const bytes = randomBytes(32 * mebibyte);
    const { socket, read } = await openDownload(await downloadLink(bytes));
    await read();
    await until("the file is open", () => openContent().length > 0);
    await nothingOpen();
    let rest = 0;
    for (let chunk = await read(); chunk; chunk = await read()) rest += chunk.length;
    expect(socket.destroyed).toBe(true);
    expect(rest).toBeLessThan(bytes.length);
  });
});
