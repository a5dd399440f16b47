import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, callApi, makeVersion } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { change, query } from "./support/query.ts";
import { bucket, type ObjectServer, s3Keys, startS3 } from "./support/s3-server.ts";
import { makeSigner, signedBinary } from "./support/signed.ts";
import { until } from "./support/until.ts";

let server: TestServer;
let s3: ObjectServer;
let api: Api;

beforeAll(async () => {
  s3 = await startS3();
  server = await startTestServer({ PERIDIO_STORE_ALLOW_PRIVATE: "true", PERIDIO_REDIRECT_EXPIRY: "1" });
  api = callApi(server.url);
});
afterAll(async () => {
  await server?.stop();
  await s3?.stop();
});

async function readyDelta(to: string) {
  return until("a delta is ready", async () => {
    const { deltas } = (await api("GET", `/deltas?search=to_binary_prn:'${to}'`)).body;
    return deltas.length === 1 && deltas[0].state === "ready" && deltas[0];
  });
}

it("a delta is made anew in the store to which its binary moved, from where both are then, and the store can be deleted", async () => {
  const signer = await makeSigner(api);
  const version = await makeVersion(api);
  const { artifact_prn } = (await api("GET", `/artifact_versions/${version}`)).body.artifact_version;
  const second = await api("POST", "/artifact_versions", { artifact_prn, version: "2.0.0" });
  const old = randomBytes(100_000);
  const from = await signedBinary(server, api, signer, { artifact_version_prn: version }, old);
  const next = { artifact_version_prn: second.body.artifact_version.prn };
  const to = await signedBinary(server, api, signer, next, Buffer.concat([old, Buffer.from("more")]));
  await api("POST", "/deltas", { from_binary_prn: from, to_binary_prn: to, algorithms: ["zstd"] });
  const before = await readyDelta(to);

  const url = `s3://${bucket}/deltas?endpoint=${s3.endpoint}`;
  const credentials = { access_key_id: s3Keys.accessKeyId, secret_access_key: s3Keys.secretAccessKey };
  const { prn: store } = (await api("POST", "/content_stores", { name: "s3", url, credentials })).body.content_store;
  const move = async (ends: object) => {
    const { content_move } = (await api("POST", "/content_moves", ends)).body;
    await until("it has moved", async () => {
      return (await api("GET", `/content_moves/${content_move.prn}`)).body.content_move.state === "done";
    });
  };
  await move({ from: "server", to: store });
  const after = await readyDelta(to);
  expect(after.prn).not.toBe(before.prn);
  expect(await query(server, "select store_id from deltas")).toEqual([{ store_id: store.split(":").at(-1) }]);
  await move({ from: store, to: "server" });
  await readyDelta(to);
  expect(await query(server, "select store_id from deltas")).toEqual([{ store_id: null }]);
  // What was being written when it went is looked for once more an hour later.
  await until("only that is left", async () => {
    const left = (await query(server, "select due_at, inserted_at from discarded_content")) as { due_at: string }[];
    return left.every(({ due_at }) => Date.parse(due_at) - Date.now() > 1_800_000);
  });
  change(server, "delete from discarded_content");
  await until("it can be deleted", async () => (await api("DELETE", `/content_stores/${store}`)).status === 204);
});
