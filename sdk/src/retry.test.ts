import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { nodeTransport } from "./node/transport.ts";
import { retrying } from "./retry.ts";

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Reply = number | "cut";

/** A server that answers with each of `replies` in turn, then with 200; counts what it was asked. */
async function serving(...replies: Reply[]) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.method!);
    const reply = replies.shift() ?? 200;
    if (reply === "cut") return request.socket.destroy();
    response.writeHead(reply, { "retry-after": "0" }).end();
    return undefined;
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen };
}

const fetch = retrying(nodeTransport().fetch, { total: 60_000 });

it("repeats a GET after 5xx, 429 and a cut connection", async () => {
  const { url, seen } = await serving(503, 429, "cut", 500);
  expect((await fetch(new Request(url))).status).toBe(200);
  expect(seen.length).toBe(5);
});

it("repeats a PUT with its body", async () => {
  const { url, seen } = await serving("cut", 503);
  const answer = await fetch(new Request(url, { method: "PUT", body: "{}" }));
  expect(answer.status).toBe(200);
  expect(seen).toEqual(["PUT", "PUT", "PUT"]);
});

it("never repeats a POST that the server may have acted on", async () => {
  const cut = await serving("cut");
  await expect(fetch(new Request(cut.url, { method: "POST", body: "{}" }))).rejects.toThrow();
  expect(cut.seen.length).toBe(1);
  const failed = await serving(500);
  expect((await fetch(new Request(failed.url, { method: "POST" }))).status).toBe(500);
  expect(failed.seen.length).toBe(1);
});

it("repeats a POST that was turned away", async () => {
  const { url, seen } = await serving(429, 503);
  expect((await fetch(new Request(url, { method: "POST" }))).status).toBe(200);
  expect(seen.length).toBe(3);
});

it("does not repeat what is wrong, nor what is full", async () => {
  for (const status of [400, 404, 409, 422, 507]) {
    const { url, seen } = await serving(status);
    expect((await fetch(new Request(url))).status).toBe(status);
    expect(seen.length).toBe(1);
  }
});

it("stops when it is told to", async () => {
  const { url } = await serving(...Array<Reply>(20).fill("cut"));
  const signal = AbortSignal.timeout(200);
  await expect(fetch(new Request(url, { signal }))).rejects.toThrow();
});
