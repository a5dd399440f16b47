import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, announcePart, callApi, makeBinary, partSize } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { peridioOf } from "./support/peridio.ts";
import { makeSigner, signedBinary } from "./support/signed.ts";

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
});
afterAll(() => server.stop());

const metric = async (name: string) => {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
};

it("tells what is kept, shared and unfinished, in API, CLI and metrics", async () => {
  const bytes = randomBytes(10_000);
  const signer = await makeSigner(api);
  for (let copies = 0; copies < 2; copies++) await signedBinary(server, api, signer, {}, bytes);
  const unfinished = await makeBinary(api, randomBytes(2 * partSize));
  await announcePart(api, unfinished, 1, randomBytes(partSize));

  const { status, body } = await api("GET", "/storage_figures");
  expect(status).toBe(200);
  expect(body.storage_figures.stores).toEqual([
    {
      content_store_prn: null,
      binaries: 3,
      plain_bytes: 20_000,
      stored_bytes: 10_000 + 2 * partSize,
      deduplicated_bytes: 10_000,
      compression_saved_bytes: 0,
      archived_bytes: 0,
      unfinished_uploads: { binaries: 1, bytes: 2 * partSize },
      deltas: { count: 0, bytes: 0 },
      waiting_for_removal: expect.any(Number),
    },
  ]);
  expect(await metric("peridio_stored_bytes")).toBe(10_000 + 2 * partSize);
  expect(await metric("peridio_binaries")).toBe(3);

  const { stdout } = await peridioOf(server)("storage", "figures", "--output", "table");
  expect(stdout).toMatch(/store +plain_bytes +stored_bytes/);
  expect(stdout).toMatch(/the server's own +20000 +10495760 +10000 +0/);
});
