import { randomBytes } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, cut, makeBinary, partSize, sendPart, sha256, untilVerified } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { startAzure } from "./support/azure-server.ts";
import { peridioOf } from "./support/peridio.ts";
import { query } from "./support/query.ts";
import { bucket, type ObjectServer, s3Keys, startS3 } from "./support/s3-server.ts";
import { until } from "./support/until.ts";

/* Stores of organizations, on S3 and Azure, beside the server's own on files. */

let server: TestServer;
let s3: ObjectServer;
let azure: ObjectServer;
let api: Api;

const keys = { access_key_id: s3Keys.accessKeyId, secret_access_key: s3Keys.secretAccessKey };

beforeAll(async () => {
  [s3, azure] = await Promise.all([startS3(), startAzure()]);
  server = await startTestServer({ PERIDIO_STORE_ALLOW_PRIVATE: "true", PERIDIO_REDIRECT_EXPIRY: "3" });
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

  it("can be paused, resumed and cancelled", async () => {
    const from = await addS3();
    await activate(from);
    const binaries: string[] = [];
    for (let at = 0; at < 20; at++) binaries.push(await uploadWhole(randomBytes(partSize)));
    await deactivate(from);
    const moving = await move(from, "server");
    expect((await api("POST", `/content_moves/${moving}/pause`)).body.content_move.state).toBe("paused");
    // What was being copied has ended: nothing is under way any more.
    await until("nothing is being copied", () => query(server, "select * from content_copies").length === 0);
    const { moved_binaries, rest } = (await api("GET", `/content_moves/${moving}`)).body.content_move;
    expect(moved_binaries).toBeLessThan(20);
    expect(moved_binaries + rest.binaries).toBe(20);
    expect((await api("POST", `/content_moves/${moving}/resume`)).body.content_move.state).toBe("running");
    await untilMoved(moving);
    expect(await Promise.all(binaries.map(storeOf))).toEqual(binaries.map(() => null));
    const over = await api("POST", `/content_moves/${moving}/cancel`);
    expect(over.status).toBe(409);
    expect(over.body.errors.detail).toBe("the move is 'done'; begin another");
  });

  it("of one artifact leaves the others where they are", async () => {
    const to = await addS3();
    const [one, other] = [await uploadWhole(randomBytes(10)), await uploadWhole(randomBytes(10))];
    const { artifact_version_prn } = (await api("GET", `/binaries/${one}`)).body.binary;
    const { artifact_prn } = (await api("GET", `/artifact_versions/${artifact_version_prn}`)).body.artifact_version;
    expect(await untilMoved(await move("server", to, { artifact_prn }))).toMatchObject({ moved_binaries: 1 });
    expect([await storeOf(one), await storeOf(other)]).toEqual([to, null]);
    await untilMoved(await move(to, "server"));
  });

  it("keeps a content that is spoilt where it is, says so, and brings over the others", async () => {
    const from = await addS3();
    await activate(from);
    const [spoilt, good] = [await uploadWhole(randomBytes(1_000)), await uploadWhole(randomBytes(1_000))];
    await deactivate(from);
    const [, , organization, , id] = spoilt.split(":");
    const directory = join(s3.objects!, bucket, `store-${count}`, organization!, id!, "0");
    const [file] = await readdir(directory);
    await writeFile(join(directory, file!), randomBytes(1_000));
    const moving = await move(from, "server");
    const { last_error } = await until("it says so", async () => {
      const { content_move } = (await api("GET", `/content_moves/${moving}`)).body;
      return content_move.last_error !== null && content_move.moved_binaries === 1 && content_move;
    });
    const reason = "the store that it is moved from no longer has the content that was verified";
    expect(last_error).toBe(`${spoilt}: ${reason}`);
    expect([await storeOf(spoilt), await storeOf(good)]).toEqual([from, null]);
    const ended = await api("POST", `/content_moves/${moving}/cancel`);
    expect(ended.body.content_move.state).toBe("cancelled");
    await until("no copy is left", () => query(server, "select * from content_copies").length === 0);
    expect((await api("POST", `/binaries/${spoilt}/destroy`)).status).toBe(200);
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
        if (content_move.state === "done" || kills >= 6 * (turn + 1)) break;
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

describe("without the operator's leave", () => {
  let guarded: TestServer;
  let call: Api;
  beforeAll(async () => {
    guarded = await startTestServer();
    call = callApi(guarded.url);
  });
  afterAll(() => guarded?.stop());

  const azureKey = { account_key: "eA==" };
  it.each<[string, object, string]>([
    ["s3://b?endpoint=http://s3.example.com", keys, "must start with https://; got 'http://s3.example.com'"],
    ["s3://b?endpoint=https://10.0.0.1", keys, "must lead to the public internet; 10.0.0.1 does not"],
    ["s3://b?endpoint=https://s3.example.com&public_endpoint=https://[::1]", keys, "::1 does not"],
    ["azblob://b?account=acme&endpoint=https://169.254.169.254/x", azureKey, "169.254.169.254 does not"],
  ])("%s is no address of a store", async (url, credentials, reason) => {
    const answer = await call("POST", "/content_stores", { name: "x", url, credentials });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.url[0]).toContain(reason);
  });

  it.each<[string, object]>([
    ["s3://b?endpoint=https://localhost:PORT", keys],
    ["azblob://b?account=acme&endpoint=https://localhost:PORT/acme", azureKey],
  ])("%s, a name that leads into this network, is never connected to", async (address, credentials) => {
    let connections = 0;
    const listener = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const { port } = listener.address() as { port: number };
    const url = address.replace("PORT", String(port));
    const { content_store } = (await call("POST", "/content_stores", { name: "x", url, credentials })).body;
    const { store_test } = (await call("POST", `/content_stores/${content_store.prn}/test`)).body;
    listener.close();
    expect(store_test.steps[1]).toMatchObject({ step: "reach", outcome: "failed" });
    expect(store_test.steps[1].detail).toContain("'localhost' leads to");
    expect(store_test.steps[1].hint).toContain("PERIDIO_STORE_ALLOW_PRIVATE");
    expect(connections).toBe(0);
  });
});

describe("a store that is reached by a role", () => {
  /** What answers for Amazon's STS: of two roles one insists on the external id. */
  let sts: Server;
  let amazon: TestServer;
  let expectedId = "";
  beforeAll(async () => {
    sts = createHttpServer(async (request, answer) => {
      const form = new URLSearchParams(await readText(request));
      const strict = form.get("RoleArn")!.endsWith("/strict");
      if (strict && form.get("ExternalId") !== expectedId) {
        const error = "<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized</Message></Error>";
        answer.writeHead(403).end(`<ErrorResponse>${error}</ErrorResponse>`);
        return;
      }
      const credentials =
        `<AccessKeyId>${keys.access_key_id}</AccessKeyId><SecretAccessKey>${keys.secret_access_key}</SecretAccessKey>` +
        "<Expiration>2100-01-01T00:00:00Z</Expiration>";
      const result = `<AssumeRoleResult><Credentials>${credentials}</Credentials></AssumeRoleResult>`;
      answer.writeHead(200).end(`<AssumeRoleResponse>${result}</AssumeRoleResponse>`);
    });
    await new Promise<void>((resolve) => sts.listen(0, "127.0.0.1", resolve));
    amazon = await startTestServer({
      PERIDIO_STORE_ALLOW_PRIVATE: "true",
      AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${(sts.address() as { port: number }).port}`,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      ...s3.environment,
    });
  });
  afterAll(async () => {
    await amazon?.stop();
    sts?.close();
  });

  it("works when the role asks for the external id, and is refused when it trusts anybody", async () => {
    const call = callApi(amazon.url);
    const add = async (role: string) => {
      const url = `s3://${bucket}/${role}?role_arn=arn:aws:iam::123456789012:role/${role}&path_style=true`;
      return (await call("POST", "/content_stores", { name: role, url })).body.content_store;
    };
    const strict = await add("strict");
    expect(strict.external_id).toMatch(/^[0-9a-f]{32}$/);
    const before = await call("POST", `/content_stores/${strict.prn}/activate`);
    expect(before.body.errors.state[0]).toContain("the step 'assume_role' failed: AccessDenied");
    expectedId = strict.external_id;
    const after = await call("POST", `/content_stores/${strict.prn}/activate`);
    expect(after.status, JSON.stringify(after.body)).toBe(200);
    const careless = await add("careless");
    const refused = await call("POST", `/content_stores/${careless.prn}/activate`);
    expect(refused.body.errors.state[0]).toContain("role/careless can be assumed with any external id");
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
