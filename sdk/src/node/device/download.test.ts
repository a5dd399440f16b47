import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { nodeTransport } from "../transport.ts";
import { type DownloadSettings, download } from "./download.ts";
import { useLinks } from "./links.ts";
import { type StandIn, startStandIn } from "./stand-in.fixture.ts";
import { makeThrottle } from "./throttle.ts";

const bytes = randomBytes(1_000_003);
const chunkBytes = 100_000;

let standIn: StandIn;
let path: string;

beforeEach(async () => {
  standIn = await startStandIn();
  const directory = await mkdtemp(join(tmpdir(), "device-download-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  path = join(directory, "content");
});

function settings(changes: Partial<DownloadSettings> = {}): DownloadSettings {
  return {
    transport: nodeTransport(),
    concurrency: 4,
    chunkBytes,
    throttle: makeThrottle(null),
    patience: { total: 5_000 },
    signal: new AbortController().signal,
    onProgress: () => {},
    ...changes,
  };
}

const refuse = async (): Promise<string[]> => {
  throw new Error("nobody should ask for links");
};

const links = (urls: string[], ask = refuse) => useLinks(urls, ask);

/** Lets the first `count` requests for content be answered like this. */
function first(count: number, answer: (response: import("node:http").ServerResponse) => void): void {
  let seen = 0;
  standIn.intercept = (request, response) => {
    if (!request.url?.startsWith("/content/") || seen++ >= count) return false;
    answer(response);
    return true;
  };
}

it("asks for ranges, several at once, that make the whole", async () => {
  let most = 0;
  let open = 0;
  standIn.intercept = async () => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 50));
    open--;
    return false;
  };
  await download(path, bytes.length, links([standIn.serve(bytes)]), settings());
  expect((await readFile(path)).equals(bytes)).toBe(true);
  expect(standIn.ranges.length).toBe(11);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
});

it("finds out the size where nobody told it", async () => {
  await download(path, null, links([standIn.serve(bytes)]), settings());
  expect((await readFile(path)).equals(bytes)).toBe(true);
});

it("brings nothing for nothing", async () => {
  await download(path, 0, links([standIn.serve(Buffer.of())]), settings());
  expect((await stat(path)).size).toBe(0);
  expect(standIn.ranges).toEqual([]);
});

it("goes on where it was stopped: no byte comes twice but those behind the last checkpoint", async () => {
  const url = standIn.serve(bytes);
  const stop = new AbortController();
  const onProgress = (received: number) => received > bytes.length / 2 && stop.abort(new Error("stopped"));
  const stopped = download(
    path,
    bytes.length,
    links([url]),
    settings({ concurrency: 1, signal: stop.signal, onProgress }),
  );
  await expect(stopped).rejects.toThrow("stopped");
  standIn.ranges.length = 0;
  await download(path, bytes.length, links([url]), settings({ concurrency: 1 }));
  expect((await readFile(path)).equals(bytes)).toBe(true);
  expect(standIn.ranges.length).toBeLessThanOrEqual(7);
});

it("begins anew when the file is gone, or the size is another", async () => {
  await download(path, bytes.length, links([standIn.serve(bytes)]), settings());
  await rm(path);
  await download(path, bytes.length, links([standIn.serve(bytes)]), settings());
  expect((await readFile(path)).equals(bytes)).toBe(true);
  const other = bytes.subarray(7);
  await download(path, other.length, links([standIn.serve(other)]), settings());
  expect((await readFile(path)).equals(other)).toBe(true);
});

it("goes on when connections break off", async () => {
  let broken = 0;
  const url = standIn.serve(bytes);
  standIn.intercept = (request, response) => {
    const [, from] = /^bytes=(\d+)-/.exec(request.headers.range ?? "") ?? [];
    if (broken++ > 5) return false;
    response.writeHead(206, {
      "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
      "content-length": 9_000,
    });
    response.write(bytes.subarray(Number(from), Number(from) + 5_000), () => response.destroy());
    return true;
  };
  await download(path, bytes.length, links([url]), settings());
  expect((await readFile(path)).equals(bytes)).toBe(true);
});

it("asks for new links when the old ones are over, once for all who want them", async () => {
  first(4, (response) => response.writeHead(403).end('{"errors":{"code":"link_expired","detail":"over"}}'));
  let asked = 0;
  const url = standIn.serve(bytes);
  const ask = async () => {
    asked++;
    return [`${url}?new`];
  };
  await download(path, bytes.length, links([url], ask), settings());
  expect((await readFile(path)).equals(bytes)).toBe(true);
  expect(asked).toBe(1);
});

it("doesn't renew for ever", async () => {
  standIn.intercept = (_request, response) => {
    response.writeHead(403).end();
    return true;
  };
  const url = standIn.serve(bytes);
  const ask = async () => [url];
  const failing = download(path, bytes.length, links([url], ask), settings({ patience: { total: 600_000 } }));
  await expect(failing).rejects.toThrow("after 5 renewals");
});

it("takes the next address when one is down", async () => {
  await download(path, bytes.length, links(["http://127.0.0.1:1/x", standIn.serve(bytes)]), settings());
  expect((await readFile(path)).equals(bytes)).toBe(true);
});

it("takes the whole in one piece from a server that ignores ranges", async () => {
  standIn.intercept = (request, response) => {
    if (!request.url?.startsWith("/content/")) return false;
    response.end(bytes);
    return true;
  };
  await download(path, bytes.length, links([standIn.serve(bytes)]), settings());
  expect((await readFile(path)).equals(bytes)).toBe(true);
});

it.each([
  ["another range", { "content-range": `bytes 5-9/${bytes.length}` }],
  ["a range of another size", { "content-range": "bytes 0-99999/100000000" }],
  ["no range", {}],
])("refuses an answer with %s", async (_what, headers) => {
  first(100, (response) => response.writeHead(206, headers).end("12345"));
  const failing = download(path, bytes.length, links([standIn.serve(bytes)]), settings({ concurrency: 1 }));
  await expect(failing).rejects.toThrow("were asked for; the answer has");
});

it("refuses more bytes than it asked for, and writes none of them", async () => {
  standIn.intercept = (request, response) => {
    const [, from] = /^bytes=(\d+)-/.exec(request.headers.range ?? "") ?? [];
    response.writeHead(206, { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` });
    response.end(bytes.subarray(Number(from)));
    return true;
  };
  const failing = download(path, bytes.length, links([standIn.serve(bytes)]), settings({ concurrency: 1 }));
  await expect(failing).rejects.toThrow("more bytes came");
  expect((await stat(path)).size).toBe(bytes.length);
});

it("gives up with the server's words when it has lost its patience", async () => {
  standIn.intercept = (_request, response) => {
    response.writeHead(500).end('{"errors":{"detail":"the store is away","code":"x"}}');
    return true;
  };
  const failing = download(path, bytes.length, links([standIn.serve(bytes)]), settings({ patience: { total: 300 } }));
  await expect(failing).rejects.toThrow("the store is away");
});

it("refuses what the disk has no room for, before a byte comes", async () => {
  const failing = download(path, 2 ** 52, links([standIn.serve(bytes)]), settings({ chunkBytes: 2 ** 40 }));
  await expect(failing).rejects.toThrow(/the disk has room for|EFBIG|ENOSPC/);
  expect(standIn.ranges).toEqual([]);
});

it("takes no more bytes a second than it may", async () => {
  const part = bytes.subarray(0, 300_000);
  const began = performance.now();
  await download(path, part.length, links([standIn.serve(part)]), settings({ throttle: makeThrottle(300_000) }));
  expect(performance.now() - began).toBeGreaterThan(500);
});
