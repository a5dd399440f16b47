import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { change, query } from "./support/query.ts";
import { until } from "./support/until.ts";

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
});
afterAll(() => server.stop());

async function newKey(fields: Record<string, unknown> = {}): Promise<{ prn: string; value: string; prefix: string }> {
  const answer = await api("POST", "/api_keys", { name: "some key", scopes: ["binaries:read"], ...fields });
  expect(answer.status).toBe(201);
  return answer.body.api_key;
}

const me = async (value: string) => (await callApi(server.url, value)("GET", "/users/me")).status;

describe("an API key", () => {
  it("shows its value once, and is stored as a hash", async () => {
    const { prn, value, prefix } = await newKey();
    expect(value.startsWith(prefix)).toBe(true);
    expect(JSON.stringify((await api("GET", `/api_keys/${prn}`)).body)).not.toContain(value);
    expect(JSON.stringify((await api("GET", "/audit_logs?limit=100")).body)).not.toContain(value);
    expect(JSON.stringify(query(server, "select * from api_keys"))).not.toContain(value);
  });

  it("tells who made it and when it was last used", async () => {
    const { prn, value } = await newKey();
    const fresh = (await api("GET", `/api_keys/${prn}`)).body.api_key;
    expect(fresh.last_used_at).toBeNull();
    expect(fresh.created_by_prn).toMatch(/^prn:1:[0-9a-f-]{36}:api_key:[0-9a-f-]{36}$/);
    const before = new Date().toISOString();
    await me(value);
    const used = await until("the use is written", async () => {
      const { api_key } = (await api("GET", `/api_keys/${prn}`)).body;
      return api_key.last_used_at === null ? null : api_key;
    });
    expect(used.last_used_at >= before).toBe(true);
  });
});

describe("rotation", () => {
  it("gives a new value beside which the old one goes on for a while", async () => {
    const { prn, value: old } = await newKey();
    const rotated = await api("POST", `/api_keys/${prn}/rotate`, { overlap_seconds: 6 });
    expect(rotated.status).toBe(200);
    const { value, previous_expires_at } = rotated.body.api_key;
    expect(value).not.toBe(old);
    expect(rotated.body.api_key.prn).toBe(prn);
    expect(await me(old)).toBe(200);
    expect(await me(value)).toBe(200);
    await until("the overlap is over", async () => new Date().toISOString() > previous_expires_at);
    expect(await me(old)).toBe(401);
    expect(await me(value)).toBe(200);
  });

  it("ends the old value at once when asked to", async () => {
    const { prn, value: old } = await newKey();
    await api("POST", `/api_keys/${prn}/rotate`, { overlap_seconds: 0 });
    expect(await me(old)).toBe(401);
  });

  it("twice leaves only the two newest values", async () => {
    const { prn, value: first } = await newKey();
    const second = (await api("POST", `/api_keys/${prn}/rotate`, {})).body.api_key.value;
    const third = (await api("POST", `/api_keys/${prn}/rotate`, {})).body.api_key.value;
    expect([await me(first), await me(second), await me(third)]).toEqual([401, 200, 200]);
  });

  it("is ended by a revocation, both values at once", async () => {
    const { prn, value: old } = await newKey();
    const { value } = (await api("POST", `/api_keys/${prn}/rotate`, {})).body.api_key;
    await api("PATCH", `/api_keys/${prn}`, { revoked: true });
    expect([await me(old), await me(value)]).toEqual([401, 401]);
    const again = await api("POST", `/api_keys/${prn}/rotate`, {});
    expect(again.status).toBe(422);
    expect(again.body.errors.prn[0]).toContain("was revoked at");
  });

  it.each([-1, 2_592_001, 1.5, "day"])("refuses an overlap of %s", async (overlap_seconds) => {
    const { prn } = await newKey();
    const answer = await api("POST", `/api_keys/${prn}/rotate`, { overlap_seconds });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toHaveProperty("overlap_seconds");
  });

  it("never gives another organization's key a value", async () => {
    const prn = `prn:1:${randomUUID()}:api_key:${randomUUID()}`;
    expect((await api("POST", `/api_keys/${prn}/rotate`, {})).status).toBe(404);
  });
});

it("a revocation in one process counts at once in another", async () => {
  const { prn, value } = await newKey();
  expect(await me(value)).toBe(200);
  // As another replica would: straight into the database.
  const id = prn.split(":").at(-1)!;
  change(server, "update api_keys set revoked_at = ? where id = ?", new Date().toISOString(), id);
  expect(await me(value)).toBe(401);
});
