import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { acceptContent } from "./content-body.ts";
import { type IdleLimits, limitIdleConnections } from "./idle-connections.ts";

const idleMs = 300;
const size = 6_000_000;
const nowhere = async () => () => undefined;

let app: FastifyInstance;
let sockets: Socket[] = [];

async function start(limits: IdleLimits = {}, host = "127.0.0.1"): Promise<void> {
  app = fastify({ forceCloseConnections: true, http: { connectionsCheckingInterval: 50 } });
  limitIdleConnections(app.server, idleMs, limits);
  acceptContent(app);
  app.get("/content", (_request, reply) => reply.send(Buffer.alloc(size, "x")));
  app.get("/slow", async () => {
    await delay(6 * idleMs);
    return "done";
  });
  app.get("/fast", async () => "done");
  app.put("/upload", async (request) => {
    let received = 0;
    for await (const chunk of request.raw) received += (chunk as Buffer).length;
    return String(received);
  });
  app.put("/late", async (request) => {
    await delay(6 * idleMs);
    let received = 0;
    for await (const chunk of request.raw) received += (chunk as Buffer).length;
    return String(received);
  });
  await app.listen({ host, port: 0 });
}

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await app.close();
});

const port = () => (app.server.address() as AddressInfo).port;

/** A connection that reads `step` bytes at a time with a pause after each, so kernel buffers stay small and full. */
async function open({ step = 65_536, pauseMs = () => 0 as number } = {}) {
  const seen = { bytes: 0, text: "", closed: 0 };
  const socket = connect({
    port: port(),
    host: "127.0.0.1",
    onread: {
      buffer: Buffer.alloc(step),
      callback: (length, buffer) => {
        seen.bytes += length;
        if (seen.text.length < 1000) seen.text += Buffer.from(buffer).toString("latin1", 0, Math.min(length, 500));
        const pause = pauseMs();
        if (pause > 0) setTimeout(() => socket.resume(), pause);
        return pause === 0;
      },
    },
  });
  sockets.push(socket);
  const started = Date.now();
  socket.on("error", () => {});
  const closed = once(socket, "close").then(() => Date.now() - started);
  await once(socket, "connect");
  return { socket, seen, closed };
}

const bodyLength = (seen: { bytes: number; text: string }) => seen.bytes - seen.text.indexOf("\r\n\r\n") - 4;
const linux = process.platform === "linux";

describe("a slow download", { timeout: 60_000 }, () => {
  it.each(linux ? ["127.0.0.1", "::"] : [])("survives many idle periods, by the kernel's word (%s)", async (host) => {
    await start({}, host);
    let fired = 0;
    app.server.on("timeout", () => fired++);
    const { socket, seen } = await open({ pauseMs: () => 40 });
    socket.write("GET /content HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    await once(socket, "close");
    expect(bodyLength(seen)).toBe(size);
    // Else it was never silent, and this shows nothing.
    expect(fired).toBeGreaterThan(3);
  });

  it("survives where the kernel says nothing", async () => {
    await start({ readQueues: nowhere });
    const { socket, seen } = await open({ pauseMs: () => 40 });
    socket.write("GET /content HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    await once(socket, "close");
    expect(bodyLength(seen)).toBe(size);
  });

  it.runIf(linux)("whose end lies in the kernel when the answer is written outlives the keep-alive limit", async () => {
    await start({ keepAliveMs: 100 });
    const { socket, seen } = await open({ pauseMs: () => 40 });
    socket.write("GET /content HTTP/1.1\r\nhost: x\r\n\r\n");
    await once(socket, "close");
    expect(bodyLength(seen)).toBe(size);
  });
});

describe("a client that stops reading", { timeout: 60_000 }, () => {
  async function stopReading(): Promise<{ socket: Socket; response: IncomingMessage }> {
    const asked = get({ port: port(), host: "127.0.0.1", path: "/content", agent: false });
    asked.on("error", () => {});
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    response.on("error", () => {});
    response.pause();
    sockets.push(response.socket);
    return { socket: response.socket, response };
  }

  it.runIf(linux)("is dropped after two looks", async () => {
    await start();
    const dropped = once(app.server, "connection").then(([socket]: Socket[]) => once(socket!, "close"));
    const began = Date.now();
    await stopReading();
    await dropped;
    expect(Date.now() - began).toBeGreaterThan(idleMs);
    expect(Date.now() - began).toBeLessThan(6 * idleMs);
  });

  it("is dropped after the longer time where the kernel says nothing", async () => {
    await start({ readQueues: nowhere, unknownMs: 4 * idleMs });
    const dropped = once(app.server, "connection").then(([socket]: Socket[]) => once(socket!, "close"));
    const began = Date.now();
    await stopReading();
    await dropped;
    expect(Date.now() - began).toBeGreaterThan(4 * idleMs);
    expect(Date.now() - began).toBeLessThan(10 * idleMs);
  });
});

describe("an upload", () => {
  it("of a byte now and then survives", async () => {
    await start();
    const { socket, seen } = await open();
    socket.write("PUT /upload HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 20\r\n\r\n");
    for (let i = 0; i < 20; i++) {
      await delay(100);
      socket.write("x");
    }
    await once(socket, "close");
    expect(seen.text).toMatch(/^HTTP\/1.1 200 [\s\S]*20$/);
  });

  it("that falls silent half-way is dropped", async () => {
    await start();
    const { socket, seen, closed } = await open();
    socket.write("PUT /upload HTTP/1.1\r\nhost: x\r\ncontent-length: 20\r\n\r\nhalf");
    expect(await closed).toBeLessThan(5 * idleMs);
    expect(seen.text).toBe("");
  });

  it.runIf(linux)("that waits for us to read it survives", async () => {
    await start();
    const { socket, seen } = await open();
    const body = "x".repeat(size);
    socket.write(`PUT /late HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${size}\r\n\r\n${body}`);
    await once(socket, "close");
    expect(seen.text).toMatch(new RegExp(`^HTTP/1.1 200 [\\s\\S]*${size}$`));
  });
});

describe("a request", () => {
  it("that we are slow to answer isn't dropped", async () => {
    await start();
    const { socket, seen } = await open();
    socket.write("GET /slow HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    await once(socket, "close");
    expect(seen.text).toMatch(/done$/);
  });

  it("whose head is slow is dropped, however steadily it comes", async () => {
    await start({ headersMs: 500 });
    const { socket, seen, closed } = await open();
    socket.write("GET /fast HTTP/1.1\r\n");
    const drip = setInterval(() => socket.write("a: b\r\n"), 50);
    expect(await closed).toBeLessThan(1500);
    clearInterval(drip);
    expect(seen.text).toMatch(/^(HTTP\/1.1 408|$)/);
  });

  it("that never comes ends the connection", async () => {
    await start();
    const { closed } = await open();
    expect(await closed).toBeLessThan(5 * idleMs);
  });
});

describe("a connection between requests", () => {
  it("is kept for a while, and then closed", async () => {
    await start({ keepAliveMs: 600 });
    const { socket, seen, closed } = await open();
    socket.write("GET /fast HTTP/1.1\r\nhost: x\r\n\r\n");
    await delay(450);
    socket.write("GET /fast HTTP/1.1\r\nhost: x\r\n\r\n");
    await delay(200);
    expect(seen.text.match(/done/g)).toHaveLength(2);
    const lasted = await closed;
    expect(lasted).toBeGreaterThan(900);
    expect(lasted).toBeLessThan(4000);
  });
});

it("keeps a connection on which something moves while we look", async () => {
  const readQueues = async () => {
    await delay(300);
    return () => ({ unacknowledged: 0, unread: 0 });
  };
  await start({ readQueues });
  const { socket, seen } = await open();
  for (const pause of [450, 350]) {
    await delay(pause);
    socket.write("GET /fast HTTP/1.1\r\nhost: x\r\n\r\n");
  }
  await delay(200);
  expect(seen.text.match(/done/g)).toHaveLength(2);
});

it("reads the kernel's table once for many connections", async () => {
  let looks = 0;
  await start({
    readQueues: async () => {
      looks++;
      return () => undefined;
    },
  });
  const connections = await Promise.all(Array.from({ length: 20 }, () => open()));
  await Promise.all(connections.map(({ closed }) => closed));
  await delay(200);
  expect(looks).toBeLessThan(10);
  expect(looks).toBeGreaterThan(0);
});

it("leaves no limit on the whole of a transfer", async () => {
  await start();
  expect(app.server.requestTimeout).toBe(0);
  expect(app.server.headersTimeout).toBe(30_000);
});
