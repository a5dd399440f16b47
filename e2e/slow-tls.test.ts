import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import tls from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, makeBinary, sha256 } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { type Certified, certify } from "./support/authority.ts";
import { openDownload, openUpload } from "./support/streaming.ts";
import { until } from "./support/until.ts";

/** Seconds without any progress after which the server drops a connection. */
const idle = 1;
const mebibyte = 1_048_576;

let certified: Certified;
let server: TestServer;
let api: Api;

beforeAll(async () => {
  certified = certify();
  server = await startTestServer({ ...certified.settings, PERIDIO_IDLE_TIMEOUT: String(idle) });
  api = callApi(server.url);
});

afterAll(async () => {
  await server.stop();
  certified.remove();
});

async function downloadLink(bytes: Uint8Array): Promise<string> {
  const binary = await makeBinary(api, bytes);
  expect((await openUpload(`${server.url}/binaries/${binary}/content`, bytes.length).end(bytes)).status).toBe(200);
  return (await api("GET", `/binaries/${binary}/download_url`)).body.download_url;
}

/** Stands before the server and passes on what a client sends a few bytes at a time, whatever record they belong to. */
async function trickle(bytes: number, milliseconds: number): Promise<{ url: string; proxy: Server }> {
  const proxy = createServer(async (client) => {
    const onward = connect(Number(new URL(server.url).port), "127.0.0.1");
    for (const socket of [client, onward]) socket.on("error", () => {});
    onward.pipe(client);
    for await (const chunk of client as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length && !onward.destroyed; at += bytes) {
        onward.write(chunk.subarray(at, at + bytes));
        await pause(milliseconds);
      }
    }
    onward.end();
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return { url: `https://127.0.0.1:${(proxy.address() as AddressInfo).port}`, proxy };
}

describe("over TLS", () => {
  it("a client that stops reading is dropped, and nobody else", async () => {
    const link = await downloadLink(randomBytes(32 * mebibyte));
    const { socket, read } = await openDownload(link);
    await read();
    const { pid } = server.process();
    await pause(4 * idle * 1000);
    // What still lay in the kernels is read; then the connection is over.
    let rest = 0;
    for (let chunk = await read(); chunk; chunk = await read()) rest += chunk.length;
    expect(rest).toBeLessThan(31 * mebibyte);
    expect(socket.destroyed).toBe(true);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect([server.process().pid, server.process().exitCode]).toEqual([pid, null]);
  });

  it("a slow download comes to its end", async () => {
    const bytes = randomBytes(1.5 * mebibyte);
    const { read } = await openDownload(await downloadLink(bytes));
    const hash = createHash("sha256");
    const began = Date.now();
    for (let chunk = await read(); chunk; chunk = await read()) {
      hash.update(chunk);
      await pause(300);
    }
    expect(hash.digest("hex")).toBe(sha256(bytes));
    // Else it would show nothing.
    expect(Date.now() - began).toBeGreaterThan(4 * idle * 1000);
  });

  it("a slow upload comes to its end, though each record takes longer than the idle time", async () => {
    const bytes = randomBytes(16_000);
    const binary = await makeBinary(api, bytes);
    const { url, proxy } = await trickle(300, 100);
    const began = Date.now();
    const answer = await openUpload(`${url}/binaries/${binary}/content`, bytes.length).end(bytes);
    proxy.close();
    expect(answer.status).toBe(200);
    expect(Date.now() - began).toBeGreaterThan(4 * idle * 1000);
  });

  it("nobody holds a connection by a handshake or a refused body that never ends", async () => {
    const port = Number(new URL(server.url).port);
    const hello = Buffer.from("1603010200010001fc0303", "hex");
    const silent = connect(port, "127.0.0.1");
    const half = connect(port, "127.0.0.1", () => half.write(hello));
    const refused = tls.connect({ port, host: "127.0.0.1" }, () => {
      refused.write("POST /artifacts HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n");
    });
    const dripping = setInterval(() => refused.write(" "), 200);
    const sockets = [silent, half, refused];
    for (const socket of sockets) socket.on("error", () => {}).resume();
    await Promise.all(
      sockets.map((socket, number) => until(`connection ${number} is closed`, () => socket.closed, 90)),
    );
    clearInterval(dripping);
  });

  it("an upload that falls silent is dropped, and can be made again", async () => {
    const bytes = randomBytes(100_000);
    const binary = await makeBinary(api, bytes);
    const upload = openUpload(`${server.url}/binaries/${binary}/content`, bytes.length);
    await upload.write(bytes.subarray(0, 50_000));
    await expect(upload.answer).rejects.toThrow();
    await until("it can be sent anew", async () => {
      return (await openUpload(`${server.url}/binaries/${binary}/content`, bytes.length).end(bytes)).status === 200;
    });
  });
});
