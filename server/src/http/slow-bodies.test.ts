import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { ApiError } from "@open-peridio/contract";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptContent } from "./content-body.ts";
import { answerErrors, answerUnroutable } from "./errors.ts";
import { limitIdleConnections } from "./idle-connections.ts";
import { acceptJson } from "./json-body.ts";
import { limitSlowBodies } from "./slow-bodies.ts";

const graceMs = 300;

let app: FastifyInstance;
let handled: string[] = [];
let sockets: Socket[] = [];

beforeEach(async () => {
  handled = [];
  app = fastify({ forceCloseConnections: true, frameworkErrors: answerUnroutable });
  limitIdleConnections(app.server, 5_000);
  limitSlowBodies(app, { graceMs, bytesPerSecond: 500 });
  answerErrors(app);
  acceptJson(app);
  app.addHook("onRequest", (request, _reply, done) => {
    done(request.url === "/closed" ? new ApiError("unauthenticated", "a key is needed") : undefined);
  });
  for (const path of ["/json", "/closed"]) {
    app.post(path, async ({ body }) => {
      handled.push(path);
      return { length: JSON.stringify(body).length };
    });
  }
  app.get("/things", async () => "things");
  app.register(async (streams) => {
    acceptContent(streams);
    streams.put("/content", async (request) => {
      let received = 0;
      for await (const chunk of request.raw) received += (chunk as Buffer).length;
      return String(received);
    });
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await app.close();
});

/** Sends the head of a request, then its body a piece at a time. Tells what came back when the connection is over. */
async function drip(
  head: string,
  body: string,
  { step, everyMs, connection = "close" }: { step: number; everyMs: number; connection?: string },
) {
  const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
  sockets.push(socket);
  const seen = { text: "", sent: 0, over: false };
  socket.on("data", (chunk) => {
    seen.text += chunk;
  });
  socket.on("error", () => {});
  const closed = once(socket, "close").then(() => {
    seen.over = true;
  });
  await once(socket, "connect");
  const headers = ["host: x", "content-type: application/json", `content-length: ${body.length}`];
  socket.write(`${[head, ...headers, `connection: ${connection}`].join("\r\n")}\r\n\r\n`);
  while (seen.sent < body.length && !seen.over) {
    socket.write(body.slice(seen.sent, seen.sent + step));
    seen.sent += step;
    await delay(everyMs);
  }
  await closed;
  return seen;
}

const tooSlow = { step: 5, everyMs: 50 };
const json = JSON.stringify({ text: "x".repeat(2_000) });

describe("a small body", () => {
  it("that trickles is refused, and its handler never runs", async () => {
    const { text, sent } = await drip("POST /json HTTP/1.1", json, tooSlow);
    expect(text).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
    expect(text).toMatch(/"detail":"the body of the request comes too slowly; send at least 500 bytes a second"/);
    expect(text).toMatch(/peridio-request-id: [\w-]{20}\r\n/);
    expect(sent).toBeLessThan(json.length);
    expect(handled).toEqual([]);
  });

  it("that comes slowly, but as fast as a modem, is taken whole", async () => {
    const began = performance.now();
    const { text } = await drip("POST /json HTTP/1.1", json, { step: 50, everyMs: 40 });
    expect(text).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    // Else it would show nothing.
    expect(performance.now() - began).toBeGreaterThan(3 * graceMs);
  });

  it("that came whole lets its connection be for later ones", async () => {
    const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
    sockets.push(socket);
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    for (let count = 0; count < 2; count++) {
      socket.write(
        `POST /json HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n${json}`,
      );
      await delay(3 * graceMs);
    }
    expect(text.match(/200 OK/g)).toHaveLength(2);
    expect(socket.destroyed).toBe(false);
  });
});

describe("what trickles in after the answer is cut off:", () => {
  it.each([
    { what: "without a key", head: "POST /closed HTTP/1.1", status: 401 },
    { what: "to a path that no route can be looked up for", head: "POST /%zz HTTP/1.1", status: 400 },
    { what: "with a GET", head: "GET /things HTTP/1.1", status: 200 },
  ])("$what", async ({ head, status }) => {
    const { text, sent } = await drip(head, json, { ...tooSlow, connection: "keep-alive" });
    expect(text.match(/HTTP\/1.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
    expect(sent).toBeLessThan(json.length);
  });

  it("to no route at all", async () => {
    const { text, sent } = await drip("POST /nowhere HTTP/1.1", json, tooSlow);
    expect(text).toMatch(/^HTTP\/1.1 408 /);
    expect(sent).toBeLessThan(json.length);
  });
});

it("content may trickle for as long as it takes", async () => {
  const { text } = await drip("PUT /content HTTP/1.1", "x".repeat(200), tooSlow);
  expect(text).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(text).toMatch(/200$/);
});
