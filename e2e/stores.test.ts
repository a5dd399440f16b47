import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, cut, makeBinary, partSize, sendPart, sha256, untilVerified } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { startAzure } from "./support/azure-server.ts";
import { peridioOf } from "./support/peridio.ts";
import { query } from "./support/query.ts";
import { bucket, type ObjectServer, s3Keys, startS3 } from "./support/s3-server.ts";
import { until } from "./support/until.ts";

/*
 * Stores of organizations beside the server's own: SQLite and files here, as a small installation has them, with S3 and
 * Azure as what an organization brings.
 */

let server: TestServer;
let s3: ObjectServer;
let azure: ObjectServer;
let api: Api;

const keys = { access_key_id: s3Keys.accessKeyId, secret_access_key: s3Keys.secretAccessKey };

beforeAll(async () => {
  [s3, azure] = await Promise.all([startS3(), startAzure()]);
  server = await startTestServer(
    { PERIDIO_STORE_ALLOW_PRIVATE: "true", PERIDIO_REDIRECT_EXPIRY: "3" },
    { backend: "sqlite+files" },
  );
  api = callApi(server.url);
});
afterAll(async () => {
  await server?.stop();
  await s3?.stop();
  await azure?.stop();
});

let count = 0;

/** An S3 store of its own prefix; returns its PRN. */
async function addS3(more: object = {}): Promise<string> {
  const url = `s3://${bucket}/store-${++count}?endpoint=${s3.endpoint}`;
  const answer = await api("POST", "/content_stores", { name: `s3 ${count}`, url, credentials: keys, ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.content_store.prn;
}

async function addAzure(): Promise<string> {
  const url = `azblob://${bucket}/store-${++count}?account=devstoreaccount1&endpoint=${azure.endpoint}`;
  const credentials = { account_key: azure.environment.AZURE_STORAGE_KEY };
  const answer = await api("POST", "/content_stores", { name: `azure ${count}`, url, credentials });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.content_store.prn;
}

async function activate(store: string): Promise<void> {
  const answer = await api("POST", `/content_stores/${store}/activate`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(answer.body.content_store.state).toBe("active");
}

async function deactivate(store: string): Promise<void> {
  expect((await api("POST", `/content_stores/${store}/deactivate`)).status).toBe(200);
}

/** Uploads in parts of 5 MiB, and waits until it is verified; returns the PRN. */
async function uploadParts(bytes: Buffer): Promise<string> {
  const prn = await makeBinary(api, bytes);
  for (const [at, part] of cut(bytes).entries()) expect(await sendPart(api, prn, at + 1, part)).toBe(200);
  expect((await api("PATCH", `/binaries/${prn}`, { state: "hashable" })).status).toBe(200);
  expect((await untilVerified(api, prn)).state).toBe("signable");
  return prn;
}

async function uploadWhole(bytes: Buffer): Promise<string> {
  const prn = await makeBinary(api, bytes);
  expect(await putWhole(prn, bytes)).toBe(200);
  return prn;
}

async function putWhole(prn: string, bytes: Buffer): Promise<number> {
  const answer = await fetch(`${server.url}/binaries/${prn}/content`, {
    method: "PUT",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/octet-stream" },
    body: new Uint8Array(bytes),
  });
  await answer.arrayBuffer();
  return answer.status;
}

async function linkOf(prn: string): Promise<string> {
  return (await api("GET", `/binaries/${prn}/download_url`)).body.download_url;
}

async function fetchAll(link: string): Promise<Buffer> {
  const answer = await fetch(link);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

async function download(prn: string): Promise<Buffer> {
  return fetchAll(await linkOf(prn));
}

async function storeOf(prn: string): Promise<string | null> {
  return (await api("GET", `/binaries/${prn}`)).body.binary.content_store_prn;
}

async function move(from: string, to: string, more: object = {}): Promise<string> {
  const answer = await api("POST", "/content_moves", { from, to, ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.content_move.prn;
}

function untilMoved(prn: string) {
  return until(`${prn} is done`, async () => {
    const { content_move } = (await api("GET", `/content_moves/${prn}`)).body;
    return content_move.state === "done" && content_move;
  });
}

describe("a store that an organization adds", () => {
  it.each([
    ["S3", addS3],
    ["Azure", addAzure],
  ])("%s is tested step by step, and keeps nothing of the test", async (name, add) => {
    const store = await add();
    const { status, body } = await api("POST", `/content_stores/${store}/test`);
    expect(status).toBe(200);
    const failed = body.store_test.steps.filter(({ outcome }: { outcome: string }) => outcome === "failed");
    expect(failed).toEqual([]);
    expect(body.store_test.passed).toBe(true);
    const skipped = body.store_test.steps.filter(({ outcome }: { outcome: string }) => outcome === "skipped");
    const expected = name === "S3" ? ["assume_role"] : ["assume_role", "refuse_wrong_bytes"];
    expect(skipped.map(({ step }: { step: string }) => step)).toEqual(expected);
    expect((await api("GET", `/content_stores/${store}`)).body.content_store.last_test).toEqual(body.store_test);
    expect((await api("DELETE", `/content_stores/${store}`)).status).toBe(204);
    expect((await api("GET", `/content_stores/${store}`)).status).toBe(404);
  });

  it("says what failed, in the store's words, and isn't activated", async () => {
    const wrong = await addS3({ credentials: { ...keys, secret_access_key: "wrong" } });
    const { body } = await api("POST", `/content_stores/${wrong}/test`);
    expect(body.store_test.passed).toBe(false);
    expect(body.store_test.steps[1]).toMatchObject({ step: "reach", outcome: "failed" });
    expect(body.store_test.steps[1].detail).toContain("403");
    expect(body.store_test.steps[2]).toMatchObject({ outcome: "skipped", detail: "an earlier step failed" });
    const refused = await api("POST", `/content_stores/${wrong}/activate`);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.state[0]).toMatch(/^can't become 'active': the step 'reach' failed: .*403/);
    expect((await api("GET", `/content_stores/${wrong}`)).body.content_store.state).toBe("inactive");

    const none = await addS3({ url: `s3://missing?endpoint=${s3.endpoint}` });
    const missing = (await api("POST", `/content_stores/${none}/activate`)).body.errors.state[0];
    expect(missing).toContain("the bucket or container doesn't exist there; create it");
    const nowhere = await addS3({ url: `s3://${bucket}?endpoint=http://127.0.0.1:9` });
    const unreachable = (await api("POST", `/content_stores/${nowhere}/activate`)).body.errors.state[0];
    expect(unreachable).toContain("the server doesn't reach it; is the endpoint, with its port, the right one?");
  });

  it("takes new credentials only when they work", async () => {
    const store = await addS3();
    const wrong = { ...keys, secret_access_key: "wrong" };
    const refused = await api("PATCH", `/content_stores/${store}`, { credentials: wrong });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.credentials[0]).toMatch(/^must work: the step 'reach' failed/);
    const changed = await api("PATCH", `/content_stores/${store}`, { name: "renamed", credentials: keys });
    expect(changed.body.content_store.name).toBe("renamed");
  });

  const good = `s3://${bucket}`;
  it.each<[object, string, string]>([
    [{ url: "file:/etc" }, "url", "must start with s3://, gs:// or azblob://; got 'file:/etc'"],
    [{ url: `${good}?profile=admin` }, "url", "can't have profile: that is for the server's own store"],
    [{ url: `${good}?external_id=x` }, "url", "can't have external_id: that is for the server's own store"],
    [
      { url: good, credentials: {} },
      "credentials",
      "must have access_key_id and secret_access_key for a store at s3://",
    ],
    [{ url: good, credentials: undefined }, "credentials", "must have access_key_id and secret_access_key"],
    [
      { url: `${good}?role_arn=arn:aws:iam::1:role/x` },
      "credentials",
      "can't have access_key_id and secret_access_key",
    ],
    [{ url: "gs://b", credentials: { account_key: "eA==" } }, "credentials", "must have access_key_id and secret"],
    [{ url: "azblob://b?account=acme" }, "credentials", "must have account_key for a store at azblob://"],
    [{ url: "azblob://b", credentials: { account_key: "eA==" } }, "url", "needs an account"],
    [
      { url: "azblob://b?account=evil.example.com%2F", credentials: { account_key: "eA==" } },
      "url",
      "needs an account of 3 to 24 lowercase letters and digits",
    ],
    [{ url: `${good}?region=x.example.com%2F` }, "url", "must be a word such as eu-central-1"],
    [{ url: `${good}?colour=red` }, "url", "has an unknown option 'colour'"],
  ])("%j is refused with a reason", async (body, field, reason) => {
    const answer = await api("POST", "/content_stores", { name: "x", credentials: keys, ...body });
    expect(answer.status).toBe(422);
    expect(answer.body.errors[field].join()).toContain(reason);
  });

  it("tells its secrets to nobody: no answer, no log, no trail, no table has them", async () => {
    await addS3();
    const seen = [
      JSON.stringify((await api("GET", "/content_stores?limit=100")).body),
      JSON.stringify((await api("GET", "/audit_logs?limit=100&search=type:'content_store'")).body),
      server.output(),
      JSON.stringify(query(server, "select * from content_stores")),
    ];
    for (const text of seen) {
      expect(text.length).toBeGreaterThan(100);
      expect(text).not.toContain(keys.secret_access_key);
      expect(text).not.toContain(keys.access_key_id);
    }
  });

  it("that is reached by a role has an external id, which is the organization's own", async () => {
    const role = { url: `${good}?role_arn=arn:aws:iam::1:role/x`, name: "role" };
    const [first, second] = [await api("POST", "/content_stores", role), await api("POST", "/content_stores", role)];
    expect(first.body.content_store.external_id).toMatch(/^[0-9a-f]{32}$/);
    expect(second.body.content_store.external_id).toBe(first.body.content_store.external_id);
  });
});

describe("content in an organization's store", () => {
  it("is uploaded in parts and whole, verified, downloaded, reset and destroyed there, beside the server's own", async () => {
    const before = await uploadWhole(randomBytes(1000));
    const store = await addS3();
    await activate(store);
    const [parts, whole] = [randomBytes(2 * partSize + 5), randomBytes(100_000)];
    const [inParts, direct] = [await uploadParts(parts), await uploadWhole(whole)];
    expect(await storeOf(before)).toBeNull();
    for (const [prn, bytes] of [
      [inParts, parts],
      [direct, whole],
    ] as const) {
      expect(await storeOf(prn)).toBe(store);
      const redirect = await fetch(await linkOf(prn), { redirect: "manual" });
      expect(redirect.status).toBe(302);
      expect(redirect.headers.get("location")).toContain(s3.endpoint);
      expect(sha256(await download(prn))).toBe(sha256(bytes));
    }
    expect((await fetch(await linkOf(before), { redirect: "manual" })).status).toBe(200);
    const { binaries } = (await api("GET", `/binaries?search=content_store_prn:'${store}'`)).body;
    expect(binaries.map(({ prn }: { prn: string }) => prn).sort()).toEqual([inParts, direct].sort());

    const wrong = randomBytes(100_000);
    const mistaken = await makeBinary(api, wrong);
    expect(await putWhole(mistaken, randomBytes(100_000))).toBe(422);
    const refused = await api("DELETE", `/content_stores/${store}`);
    expect(refused.status).toBe(409);
    expect(refused.body.errors.detail).toBe("new content is kept in this store; deactivate it first");
    await deactivate(store);
    const kept = await api("DELETE", `/content_stores/${store}`);
    expect(kept.body.errors).toMatchObject({ code: "conflict", binaries: 3 });
    expect(kept.body.errors.detail).toBe("3 binaries are kept in this store; move them to another first");

    // A reset begins anew in the store that is active now: the server's own.
    expect((await api("PATCH", `/binaries/${inParts}`, { state: "uploadable" })).status).toBe(200);
    expect(await storeOf(inParts)).toBeNull();
    expect(await putWhole(inParts, parts)).toBe(200);
    expect(sha256(await download(inParts))).toBe(sha256(parts));
    expect((await api("POST", `/binaries/${direct}/destroy`)).status).toBe(200);
    expect((await api("DELETE", `/binaries/${mistaken}`)).status).toBe(204);
    await until("the store can be deleted", async () => {
      return (await api("DELETE", `/content_stores/${store}`)).status === 204;
    });
  });
});

describe("a move", () => {
  it("brings all content to another store while links go on working, and lets go of the old", async () => {
    const [from, to] = [await addS3(), await addAzure()];
    await activate(from);
    const contents = [randomBytes(0), randomBytes(77), randomBytes(2 * partSize + 5)];
    const binaries = [
      await uploadWhole(contents[0]!),
      await uploadWhole(contents[1]!),
      await uploadParts(contents[2]!),
    ];
    const links = await Promise.all(binaries.map(linkOf));
    const empty = await makeBinary(api, randomBytes(10));
    const midst = randomBytes(partSize + 9);
    const begun = await makeBinary(api, midst);
    expect(await sendPart(api, begun, 1, midst.subarray(0, partSize))).toBe(200);
    await activate(to);
    const usage = (await api("GET", "/usage")).body;

    const moving = await move(from, to);
    const other = await api("POST", "/content_moves", { from: "server", to });
    expect(other.status).toBe(409);
    expect(other.body.errors.detail).toContain(`the move ${moving} is 'running'`);
    await until("all but the one in the midst of its upload are moved", async () => {
      const { content_move } = (await api("GET", `/content_moves/${moving}`)).body;
      return content_move.moved_binaries === 4 && content_move.rest.binaries === 1 && content_move.rest.waiting === 1;
    });
    for (const [at, prn] of binaries.entries()) {
      expect(await storeOf(prn)).toBe(to);
      expect((await fetchAll(links[at]!)).equals(contents[at]!)).toBe(true);
    }
    expect(await storeOf(empty)).toBe(to);
    expect(await storeOf(begun)).toBe(from);
    expect(await sendPart(api, begun, 2, midst.subarray(partSize))).toBe(200);
    expect((await api("PATCH", `/binaries/${begun}`, { state: "hashable" })).status).toBe(200);
    const done = await untilMoved(moving);
    expect(done).toMatchObject({
      moved_binaries: 5,
      moved_bytes: 77 + 2 * partSize + 5 + partSize + 9,
      last_error: null,
    });
    expect(await storeOf(begun)).toBe(to);
    expect((await download(begun)).equals(midst)).toBe(true);
    expect((await api("GET", "/usage")).body.stored_bytes).toEqual(usage.stored_bytes);

    await until("the old store is empty and can be deleted", async () => {
      return (await api("DELETE", `/content_stores/${from}`)).status === 204;
    });
    await deactivate(to);
    // And back into files of the server, where they came from.
    await untilMoved(await move(to, "server"));
    for (const [at, prn] of binaries.entries()) expect((await download(prn)).equals(contents[at]!)).toBe(true);
    const trail = (await api("GET", `/audit_logs?search=resource_prn:'${begun}' and subtype:'moved'`)).body.audit_logs;
    expect(trail).toHaveLength(2);
  });

  it("can be paused, resumed and cancelled, and says why it gets nowhere", async () => {
    const broken = await addS3();
    await activate(broken);
    const prn = await uploadWhole(randomBytes(3 * partSize));
    await deactivate(broken);
    const moving = await move(broken, "server");
    expect((await api("POST", `/content_moves/${moving}/pause`)).body.content_move.state).toBe("paused");
    const at = await storeOf(prn);
    if (at !== null) {
      expect((await api("POST", `/content_moves/${moving}/resume`)).body.content_move.state).toBe("running");
    }
    await until("it is moved", async () => (await storeOf(prn)) === null);
    await until("it is over", async () => {
      const { state } = (await api("GET", `/content_moves/${moving}`)).body.content_move;
      return state === "done";
    });
    const over = await api("POST", `/content_moves/${moving}/cancel`);
    expect(over.status).toBe(409);
    expect(over.body.errors.detail).toBe("the move is 'done'; begin another");
  });

  it.each([
    [{ from: "server", to: "server" }, "must be another store than from; got 'server' for both"],
  ])("%j is refused", async (body, reason) => {
    const answer = await api("POST", "/content_moves", body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.to).toEqual([reason]);
  });
});

describe("a server that is killed with -9 in the midst of moves", () => {
  it("loses and spoils nothing, and ends the move", async () => {
    const store = await addS3();
    const contents = Array.from({ length: 24 }, (_, at) => randomBytes(at % 3 === 0 ? 12_000_000 : 1_000 + at));
    const binaries: string[] = [];
    for (const bytes of contents) binaries.push(await uploadWhole(bytes));
    let from = "server";
    let to = store;
    let kills = 0;
    for (let turn = 0; turn < 2; turn++) {
      const moving = await move(from, to);
      for (;;) {
        // At any moment of a copy, its comparison, or the switch.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 400));
        await server.kill();
        kills++;
        await server.start();
        const { content_move } = (await api("GET", `/content_moves/${moving}`)).body;
        if (content_move.state === "done" || kills >= 12 * (turn + 1)) break;
      }
      await untilMoved(moving);
      for (const [at, prn] of binaries.entries()) expect((await download(prn)).equals(contents[at]!)).toBe(true);
      [from, to] = [to, from];
    }
    expect(query(server, "select * from content_copies")).toEqual([]);
    await until("what was left behind is gone", () => query(server, "select * from discarded_content").length === 0);
    await until("the store is empty", async () => (await api("DELETE", `/content_stores/${store}`)).status === 204);
    expect(kills).toBeGreaterThan(4);
  });
});

describe("peridio storage", () => {
  it("creates, tests, activates, moves and deletes", async () => {
    const peridio = peridioOf(server);
    const url = `s3://${bucket}/cli?endpoint=${s3.endpoint}`;
    const ran = async (...words: string[]) => {
      const { code, stdout, stderr } = await peridio("storage", ...words);
      expect(code, stderr).toBe(0);
      return stdout === "" ? null : JSON.parse(stdout);
    };
    const words = ["--access-key-id", keys.access_key_id, "--secret-access-key", keys.secret_access_key];
    const { prn } = (await ran("create", "--name", "ours", "--url", url, ...words)).content_store;
    expect((await ran("test", "--prn", prn)).store_test.passed).toBe(true);
    expect((await ran("activate", "--prn", prn)).content_store.state).toBe("active");
    const bytes = randomBytes(1000);
    const binary = await uploadWhole(bytes);
    expect(await storeOf(binary)).toBe(prn);
    expect((await ran("deactivate", "--prn", prn)).content_store.state).toBe("inactive");
    const moved = (await ran("move", "--from", prn, "--to", "server", "--wait")).content_move;
    expect(moved).toMatchObject({ state: "done", moved_binaries: 1, moved_bytes: 1000 });
    expect((await ran("moves", "get", "--prn", moved.prn)).content_move.rest.binaries).toBe(0);
    expect((await ran("moves", "list")).content_moves[0].prn).toBe(moved.prn);
    expect((await ran("list")).content_stores[0].prn).toBe(prn);
    await until("it can be deleted", async () => (await peridio("storage", "delete", "--prn", prn)).code === 0);
  });
});
