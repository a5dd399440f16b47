import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type Answer,
  type Api,
  announcePart,
  callApi,
  cut,
  makeBinary,
  makeVersion,
  partSize,
  sendPart,
  sha256,
} from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { operate } from "./support/operator.ts";
import { addOrganization } from "./support/organization.ts";
import { query } from "./support/query.ts";
import { contradictions } from "./support/stored.ts";

let server: TestServer;
/** A fresh organization for each test. */
let organization: { prn: string; key: string };
let api: Api;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  expect(contradictions(server)).toEqual([]);
  await server.stop();
});
beforeEach(async () => {
  organization = await addOrganization(server, "Limited");
  api = callApi(server.url, organization.key);
});

const limit = (...assignments: string[]) => operate(server, "organizations", "limit", organization.prn, ...assignments);
const usage = async () => (await api("GET", "/usage")).body.usage;
const times = <T>(count: number, ask: (number: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, number) => ask(number)));

async function upload(bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
  const prn = await makeBinary(api, bytes);
  return put(prn, bytes, headers);
}

async function put(prn: string, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(`${server.url}/binaries/${prn}/content`, {
    method: "PUT",
    headers: { authorization: `Bearer ${organization.key}`, "content-type": "application/octet-stream", ...headers },
    body: new Uint8Array(bytes),
  });
  return { status: answer.status, body: await answer.json(), headers: answer.headers };
}

describe("stored bytes", () => {
  it("hold under 50 parallel direct uploads", async () => {
    await limit("stored-bytes=10000");
    const contents = Array.from({ length: 50 }, () => randomBytes(1000));
    const answers = await Promise.all(contents.map((bytes) => upload(bytes)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 200);
    for (const { status, body } of refused) {
      expect(status).toBe(507);
      expect(body.errors).toMatchObject({
        code: "quota_exceeded",
        quota: "stored_bytes",
        allowed: 10_000,
        needed: 1000,
      });
      expect(body.errors.used).toBeGreaterThan(9000);
    }
    expect(await usage()).toMatchObject({ stored_bytes: { used: 10_000, allowed: 10_000 } });
  });

  it("hold under 50 parallel multipart uploads, refused at the announcement", async () => {
    const size = 2 * partSize;
    await limit(`stored-bytes=${5 * size}`);
    const bytes = randomBytes(size);
    const binaries = await times(50, (number) => makeBinary(api, bytes, `device-${number}`));
    const announce = (prn: string) =>
      api("PUT", `/binaries/${prn}/parts/1`, {
        size: partSize,
        hash: sha256(bytes.subarray(0, partSize)),
        expected_binary_size: size,
      });
    const answers = await Promise.all(binaries.map(announce));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 507)).toHaveLength(45);
    expect((await usage()).stored_bytes.used).toBe(5 * size);
    const [prn] = binaries.filter((_, number) => answers[number]!.status === 201);
    for (const [at, part] of cut(bytes, partSize).entries()) expect(await sendPart(api, prn!, at + 1, part)).toBe(200);
    expect((await usage()).stored_bytes.used).toBe(5 * size);
  });

  it("count what parts add up to while nobody has said how large the whole will be", async () => {
    const version = await makeVersion(api);
    const { body } = await api("POST", "/binaries", { artifact_version_prn: version, target: "t" });
    const parts = [randomBytes(partSize), randomBytes(partSize), randomBytes(10)];
    await limit(`stored-bytes=${2 * partSize}`);
    await announcePart(api, body.binary.prn, 1, parts[0]!);
    await announcePart(api, body.binary.prn, 2, parts[1]!);
    expect((await usage()).stored_bytes.used).toBe(2 * partSize);
    const third = await api("PUT", `/binaries/${body.binary.prn}/parts/3`, { size: 10, hash: sha256(parts[2]!) });
    expect(third.status).toBe(507);
    expect((await usage()).stored_bytes.used).toBe(2 * partSize);
  });

  it("are given back by a reset, by a deletion, by a destruction and by a failed upload", async () => {
    await limit("stored-bytes=1000");
    const bytes = randomBytes(1000);
    const prn = await makeBinary(api, bytes);
    expect((await put(prn, randomBytes(1000))).status).toBe(422);
    expect((await usage()).stored_bytes.used).toBe(0);
    expect((await put(prn, bytes)).status).toBe(200);
    expect((await usage()).stored_bytes.used).toBe(1000);
    await api("PATCH", `/binaries/${prn}`, { state: "uploadable" });
    expect((await usage()).stored_bytes.used).toBe(0);
    expect((await put(prn, bytes)).status).toBe(200);
    expect((await api("POST", `/binaries/${prn}/destroy`)).status).toBe(200);
    expect(await usage()).toMatchObject({ stored_bytes: { used: 0 }, binaries: { used: 0 } });
    const next = await makeBinary(api, bytes);
    expect((await put(next, bytes)).status).toBe(200);
    expect((await api("DELETE", `/binaries/${next}`)).status).toBe(204);
    expect(await usage()).toMatchObject({ stored_bytes: { used: 0 }, binaries: { used: 0 } });
  });

  it("that were lowered below what is there refuse more, and lose nothing", async () => {
    const bytes = randomBytes(1000);
    expect((await upload(bytes)).status).toBe(200);
    await limit("stored-bytes=500");
    const refused = await upload(randomBytes(1));
    expect(refused.status).toBe(507);
    expect(refused.body.errors.detail).toBe(
      "1000 of 500 allowed bytes are stored in this organization; 1 more are needed",
    );
    await limit("stored-bytes=none");
    expect((await upload(randomBytes(1))).status).toBe(200);
  });

  it("are asked for before a body whose length nobody knows", async () => {
    await limit("stored-bytes=1000");
    const version = await makeVersion(api);
    const { body } = await api("POST", "/binaries", {
      artifact_version_prn: version,
      target: "t",
      hash: sha256(Buffer.from("x")),
    });
    const answer = await fetch(`${server.url}/binaries/${body.binary.prn}/content`, {
      method: "PUT",
      headers: { authorization: `Bearer ${organization.key}`, "content-type": "application/octet-stream" },
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(Buffer.from("x"));
          controller.close();
        },
      }),
      duplex: "half",
    } as RequestInit);
    expect(answer.status).toBe(422);
    expect((await answer.json()) as object).toHaveProperty("errors.size");
  });
});

describe("binaries", () => {
  it("hold under 50 that are created at once", async () => {
    await limit("binaries=7");
    const version = await makeVersion(api);
    const answers = await times(50, (number) =>
      api("POST", "/binaries", { artifact_version_prn: version, target: `device-${number}` }),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(7);
    expect(answers.find(({ status }) => status === 507)!.body.errors).toMatchObject({
      code: "quota_exceeded",
      quota: "binaries",
      used: 7,
      allowed: 7,
      needed: 1,
    });
    expect((await usage()).binaries).toEqual({ used: 7, allowed: 7 });
    const [{ count }] = query<{ count: number }>(
      server,
      "select count(*) as count from binaries where organization_id = ?",
      organization.prn.slice("prn:1:".length),
    ) as [{ count: number }];
    expect(count).toBe(7);
  });
});

it("a part larger than allowed is refused with 413", async () => {
  await limit(`part-size=${partSize}`);
  const prn = await makeBinary(api, randomBytes(10));
  const hash = sha256(Buffer.from("x"));
  const answer = await api("PUT", `/binaries/${prn}/parts/1`, { size: partSize + 1, hash });
  expect(answer.status).toBe(413);
  expect(answer.body.errors).toMatchObject({ quota: "part_size", allowed: partSize, needed: partSize + 1 });
});

it("settings are the limits of organizations that have none of their own", async () => {
  const other = await startTestServer({ PERIDIO_QUOTA_BINARIES: "1", PERIDIO_QUOTA_PART_SIZE: "10" });
  const call = callApi(other.url);
  expect((await call("GET", "/usage")).body.usage).toMatchObject({
    binaries: { used: 0, allowed: 1 },
    stored_bytes: { used: 0, allowed: null },
    part_size: { allowed: 10 },
  });
  await other.stop();
});

it.each([
  "stored-bytes=-1",
  "stored-bytes=many",
  "bytes=1",
  "binaries",
])("the operator's '%s' is refused", async (word) => {
  await expect(limit(word)).rejects.toThrow(/must be/);
  expect(await usage()).toMatchObject({ stored_bytes: { allowed: null }, binaries: { allowed: null } });
});
