import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeEach, expect, it } from "vitest";
import { ApiError } from "./api-error.ts";
import { bodyOf, call, createClient } from "./client.ts";

/** What the server answers, and what it was asked. */
let reply: { status: number; body: string; headers?: Record<string, string> };
let seen: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: string }[];
let url: string;

beforeEach(async () => {
  seen = [];
  reply = { status: 200, body: '{"data":{}}' };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    const { method, url, headers } = request;
    seen.push({ method: method!, url: url!, headers, body });
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers }).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return () => server.close();
});

it.each([
  ["", "/users/me"],
  ["/", "/users/me"],
  ["/v1", "/v1/users/me"],
  ["/v1/", "/v1/users/me"],
])("takes a base address that ends in '%s'", async (end, path) => {
  const client = createClient({ baseUrl: url + end, apiKey: "k" });
  await client.api.GET("/users/me");
  await call(client, "GET", "/users/me");
  expect(seen.map((request) => request.url)).toEqual([path, path]);
});

it.each(["127.0.0.1:4000", "ftp://host", "", "https://"])("refuses '%s' as an address", (baseUrl) => {
  expect(() => createClient({ baseUrl, apiKey: "k" })).toThrow("must look like https://");
});

it("says who asks, in which version", async () => {
  await createClient({ baseUrl: url, apiKey: "k", apiVersion: 1 }).api.GET("/users/me");
  await call(createClient({ baseUrl: url, apiKey: "k" }), "POST", "/artifacts", { body: { name: "a" } });
  expect(seen[0]!.headers).toMatchObject({ authorization: "Bearer k", "x-api-version": "1" });
  expect(seen[1]).toMatchObject({
    method: "POST",
    body: '{"name":"a"}',
    headers: { authorization: "Bearer k", "x-api-version": "2", "content-type": "application/json" },
  });
});

it("sends a search as it was written", async () => {
  await call(createClient({ baseUrl: url, apiKey: "k" }), "GET", "/binaries", { query: { search: "name~'a b&c'" } });
  expect(new URL(seen[0]!.url!, url).searchParams.get("search")).toBe("name~'a b&c'");
});

it("answers null where there is no body", async () => {
  reply = { status: 204, body: "" };
  expect(await call(createClient({ baseUrl: url, apiKey: "k" }), "DELETE", "/artifacts/x")).toBeNull();
});

async function errorFor(status: number, body: unknown): Promise<ApiError> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  reply = { status, body: text, headers: { "peridio-request-id": "r1" } };
  const client = createClient({ baseUrl: url, apiKey: "k", patience: { total: 0 } });
  const [typed, untyped] = await Promise.all(
    [bodyOf(client.api.GET("/users/me")), call(client, "GET", "/users/me")].map((answer) =>
      answer.catch((error: unknown) => error),
    ),
  );
  expect(typed).toBeInstanceOf(ApiError);
  expect(typed).toEqual(untyped);
  return typed as ApiError;
}

it("throws what the server says was wrong", async () => {
  expect(await errorFor(409, { errors: { detail: "it is used", code: "conflict" } })).toMatchObject({
    status: 409,
    message: "it is used",
    detail: "it is used",
    code: "conflict",
    fields: null,
    requestId: "r1",
  });
});

it("throws the fields of a 422, as one sentence and one by one", async () => {
  const fields = { hash: ["must be 64 characters"], size: ["must be whole", "must not be negative"] };
  expect(await errorFor(422, { errors: fields })).toMatchObject({
    code: "validation_failed",
    message: "hash must be 64 characters; size must be whole, must not be negative",
    fields,
  });
});

it.each([
  "<html>Bad gateway</html>",
  "",
  "[]",
  "null",
  '{"status":"forbidden"}',
])("throws the status when the body is '%s'", async (body) => {
  expect(await errorFor(502, body)).toMatchObject({ status: 502, message: "the server answered 502", code: "unknown" });
});
