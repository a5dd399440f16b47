import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { createClient } from "../client.ts";
import { nodeTransport } from "./transport.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(listener: RequestListener, certificate?: { key: string; cert: string }): Promise<string> {
  const server = certificate ? createTlsServer(certificate, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http${certificate ? "s" : ""}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A certificate that signs itself, for 127.0.0.1. */
function selfSigned(): { key: string; cert: string } {
  const directory = mkdtempSync(join(tmpdir(), "sdk-tls-"));
  const [key, cert] = [join(directory, "key.pem"), join(directory, "cert.pem")];
  const subject = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"];
  const options = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", ...options, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
  const pair = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  rmSync(directory, { recursive: true });
  return pair;
}

const signal = new AbortController().signal;

it("trusts an added certificate authority, and no other", async () => {
  const pair = selfSigned();
  const url = await serve((_request, response) => void response.end("{}"), pair);
  const trusting = createClient({ baseUrl: url, apiKey: "k", transport: nodeTransport({ ca: pair.cert }) });
  expect((await trusting.api.GET("/users/me")).response.status).toBe(200);
  const started = Date.now();
  const doubting = createClient({ baseUrl: url, apiKey: "k", transport: nodeTransport() });
  await expect(doubting.api.GET("/users/me")).rejects.toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  expect(Date.now() - started).toBeLessThan(2_000);
});

it("sends bytes in one piece or in many, always with their length", async () => {
  const seen: unknown[] = [];
  const url = await serve(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    seen.push([request.headers["content-length"], request.headers["transfer-encoding"], body]);
    response.end();
  });
  const transport = nodeTransport();
  const pieces = async function* () {
    yield Buffer.from("he");
    yield Buffer.from("llo");
  };
  await transport.put(url, {}, Buffer.from("hello"), 5, signal);
  await transport.put(url, {}, pieces, 5, signal);
  expect(seen).toEqual([
    ["5", undefined, "hello"],
    ["5", undefined, "hello"],
  ]);
});

it("tells a refusal that comes before the body is sent", async () => {
  const url = await serve((request, response) => {
    response.writeHead(413, { connection: "close" }).end("too large", () => request.resume());
  });
  const piece = Buffer.alloc(65_536);
  const pieces = async function* () {
    for (let count = 0; count < 256; count++) yield piece;
  };
  const answer = await nodeTransport().put(url, {}, pieces, 256 * piece.length, signal);
  expect([answer.status, await answer.text()]).toEqual([413, "too large"]);
});

it("fails with the error of the source when that can't be read", async () => {
  const url = await serve((request, response) => void request.resume().on("end", () => response.end()));
  // biome-ignore lint/correctness/useYield: it fails before the first piece.
  const broken = async function* (): AsyncGenerator<Uint8Array> {
    throw new Error("the disk is gone");
  };
  await expect(nodeTransport().put(url, {}, broken, 5, signal)).rejects.toThrow("the disk is gone");
});

it("follows redirects of a GET, but tells no other host who asks", async () => {
  const seen: (string | undefined)[] = [];
  const store = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.end("content");
  });
  const url = await serve((request, response) => {
    if (request.url === "/a") return void response.writeHead(302, { location: "/b" }).end();
    seen.push(request.headers.authorization);
    return void response.writeHead(307, { location: store }).end();
  });
  const request = new Request(`${url}/a`, { headers: { authorization: "Bearer k" } });
  expect(await (await nodeTransport().fetch(request)).text()).toBe("content");
  expect(seen).toEqual(["Bearer k", undefined]);
});

it("keeps its connections", async () => {
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end();
  });
  const { fetch } = nodeTransport();
  for (let count = 0; count < 5; count++) await (await fetch(new Request(url))).arrayBuffer();
  expect(ports.size).toBe(1);
});
