import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, callApi, cut, makeVersion, partSize, sendPart, sha256, untilVerified } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { type Backend, type RunningBackend, startBackend } from "./support/backend.ts";
import { addOrganization } from "./support/organization.ts";
import { change, query } from "./support/query.ts";
import { makeRandom, type Random } from "./support/random.ts";
import { makeSigner, signableBinary, signBinary } from "./support/signed.ts";
import { contentPlaceOf, contradictions, leftovers, storedBinaries, storedBinary } from "./support/stored.ts";
import { until } from "./support/until.ts";

/* Binaries of an organization that have the same content share it; it goes when the last of them goes. */

async function download(api: Api, prn: string): Promise<{ status: number; hash: string }> {
  const { status, body } = await api("GET", `/binaries/${prn}/download_url`);
  if (status !== 200) return { status, hash: "" };
  const answer = await fetch(body.download_url);
  return { status: answer.status, hash: sha256(new Uint8Array(await answer.arrayBuffer())) };
}

const used = async (api: Api) => (await api("GET", "/usage")).body.usage;

async function create(api: Api, content: Uint8Array, more: object = {}): Promise<Answer> {
  const declared = { hash: sha256(content), size: content.length };
  const version = await makeVersion(api);
  return api("POST", "/binaries", { artifact_version_prn: version, target: "t", ...declared, ...more });
}

function put(url: string, prn: string, content: Uint8Array, key = apiKey): Promise<Response> {
  return fetch(`${url}/binaries/${prn}/content`, {
    method: "PUT",
    headers: { authorization: `Bearer ${key}` },
    body: content as Uint8Array<ArrayBuffer>,
  });
}

const nothingLeft = (server: TestServer) =>
  until(
    "what nobody needs is gone",
    () => query(server, "select * from discarded_content").length === 0 && leftovers(server).length === 0,
    20,
  ).catch(() => expect(leftovers(server)).toEqual([]));

describe.each<Backend>(["sqlite+files", "postgres+s3"])("on %s", (backend) => {
  let server: TestServer;
  let api: Api;

  beforeAll(async () => {
    server = await startTestServer({}, { backend });
    api = callApi(server.url);
  });
  afterAll(async () => {
    expect(contradictions(server)).toEqual([]);
    await nothingLeft(server);
    await server.stop();
  });

  const fileOf = (prn: string): string => {
    const row = storedBinary(server, prn);
    return join(contentPlaceOf(server, row), row.content_file!);
  };

  it("is kept once, counts once, and is there until the last binary goes", async () => {
    const content = randomBytes(70_000);
    const before = await used(api);
    const prns: string[] = [];
    for (let number = 0; number < 3; number++) prns.push(await signableBinary(server, api, {}, content));
    expect(new Set(prns.map(fileOf)).size).toBe(1);
    const after = await used(api);
    expect(after.stored_bytes.used - before.stored_bytes.used).toBe(70_000);
    expect(after.deduplicated_bytes - before.deduplicated_bytes).toBe(140_000);
    const path = fileOf(prns[0]!);
    for (const prn of prns) {
      expect(await download(api, prn)).toEqual({ status: 200, hash: sha256(content) });
      expect((await used(api)).stored_bytes.used - before.stored_bytes.used).toBe(70_000);
      expect((await api("POST", `/binaries/${prn}/destroy`)).status).toBe(200);
      await pause(50);
    }
    expect((await used(api)).stored_bytes.used).toBe(before.stored_bytes.used);
    expect((await used(api)).deduplicated_bytes).toBe(before.deduplicated_bytes);
    if (server.contentRoot) await until("the content is gone", () => !existsSync(path));
  });

  it("of an upload in parts is that of one in a single request", async () => {
    const content = randomBytes(partSize + 1_000);
    const first = await signableBinary(server, api, {}, content);
    const second = (await create(api, content)).body.binary.prn;
    for (const [at, part] of cut(content).entries())
      expect(await sendPart(api, second, at + 1, part)).toBeLessThan(300);
    await api("PATCH", `/binaries/${second}`, { state: "hashable" });
    expect((await untilVerified(api, second)).state).toBe("signable");
    expect(fileOf(second)).toBe(fileOf(first));
    await nothingLeft(server);
    await api("DELETE", `/binaries/${first}`);
    expect(await download(api, second)).toEqual({ status: 200, hash: sha256(content) });
    // Reset and uploaded again, it comes to share what it had before.
    const third = await signableBinary(server, api, {}, content);
    await api("PATCH", `/binaries/${second}`, { state: "uploadable" });
    expect((await put(server.url, second, content)).status).toBe(200);
    expect(fileOf(second)).toBe(fileOf(third));
    expect(await download(api, third)).toEqual({ status: 200, hash: sha256(content) });
  });

  it("stays when a binary that brought it is deleted and another is made with its id", async () => {
    const [content, other] = [randomBytes(9_000), randomBytes(8_000)];
    const id = randomUUID();
    const first = await signableBinary(server, api, { id }, content);
    const second = await signableBinary(server, api, {}, content);
    expect((await api("DELETE", `/binaries/${first}`)).status).toBe(204);
    const again = await signableBinary(server, api, { id }, other);
    expect(again).toBe(first);
    await nothingLeft(server);
    expect(await download(api, second)).toEqual({ status: 200, hash: sha256(content) });
    expect(await download(api, again)).toEqual({ status: 200, hash: sha256(other) });
  });

  it("is taken without an upload by who asks for it, and only then", async () => {
    const content = randomBytes(5_000);
    const first = await signableBinary(server, api, {}, content);
    const plain = await create(api, content);
    expect(plain.body.binary.state).toBe("uploadable");
    const reused = await create(api, content, { reuse_content: true });
    expect([reused.status, reused.body.binary.state]).toEqual([201, "signable"]);
    expect(fileOf(reused.body.binary.prn)).toBe(fileOf(first));
    const signer = await makeSigner(api);
    expect((await signBinary(api, signer, reused.body.binary.prn)).status).toBe(201);
    expect(await download(api, reused.body.binary.prn)).toEqual({ status: 200, hash: sha256(content) });
    const unknown = await create(api, randomBytes(10), { reuse_content: true });
    expect([unknown.status, unknown.body.binary.state]).toEqual([201, "uploadable"]);
    const otherSize = await create(api, content, { reuse_content: true, size: 4_999 });
    expect(otherSize.body.binary.state).toBe("uploadable");
    const undeclared = await create(api, content, { reuse_content: true, size: null });
    expect([undeclared.status, undeclared.body.errors.size]).toEqual([422, expect.anything()]);
  });

  it("counts its uploaders among those who may not sign", async () => {
    const content = randomBytes(5_100);
    const { api_key } = (await api("POST", "/api_keys", { name: "uploader", scopes: ["admin"] })).body;
    const uploader = callApi(server.url, api_key.value);
    await signableBinary({ url: server.url, key: api_key.value }, uploader, {}, content);
    const { body: signing } = await api("POST", "/api_keys", { name: "signer", scopes: ["admin"] });
    const other = callApi(server.url, signing.api_key.value);
    const signer = await makeSigner(api);
    const organization = (await api("GET", "/users/me")).body.data.organization_prn;
    await api("PATCH", `/organizations/${organization}`, { separate_signer: true });
    const reused = (await create(other, content, { reuse_content: true })).body.binary.prn;
    const answers = [await signBinary(uploader, signer, reused), await signBinary(other, signer, reused)];
    await api("PATCH", `/organizations/${organization}`, { separate_signer: false });
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });

  it("of another organization is none", async () => {
    const content = randomBytes(6_000);
    const theirs = await signableBinary(server, api, {}, content);
    const { key } = await addOrganization(server, `other ${randomUUID()}`);
    const stranger = callApi(server.url, key);
    const asked = await create(stranger, content, { reuse_content: true });
    const nowhere = await create(stranger, randomBytes(6_000), { reuse_content: true });
    const shape = ({ status, body }: Answer) => ({
      status,
      binary: { ...body.binary, prn: 0, artifact_version_prn: 0 },
    });
    const changing = { hash: 0, inserted_at: 0, updated_at: 0, created_at: 0 };
    const told = [asked, nowhere].map(shape).map((one) => ({ ...one, binary: { ...one.binary, ...changing } }));
    expect(told[0]).toEqual(told[1]);
    expect(asked.body.binary.state).toBe("uploadable");
    expect((await put(server.url, asked.body.binary.prn, content, key)).status).toBe(200);
    expect(fileOf(asked.body.binary.prn)).not.toBe(fileOf(theirs));
    expect(await used(stranger)).toMatchObject({ stored_bytes: { used: 6_000 }, deduplicated_bytes: 0 });
  });

  it("that is quarantined, or lost, is shared by nobody who brings it whole", async () => {
    const content = randomBytes(7_000);
    const [bad, alsoBad] = [
      await signableBinary(server, api, {}, content),
      await signableBinary(server, api, {}, content),
    ];
    const quarantine = JSON.stringify({ fault: "wrong_hash", detail: "planted", at: "2026-01-01T00:00:00.000000Z" });
    change(server, "update binaries set quarantine = ? where hash = ?", quarantine, sha256(content));
    const reused = await create(api, content, { reuse_content: true });
    expect(reused.body.binary.state).toBe("uploadable");
    const whole = await signableBinary(server, api, {}, content);
    expect(fileOf(whole)).not.toBe(fileOf(bad));
    expect(await download(api, whole)).toEqual({ status: 200, hash: sha256(content) });
    for (const prn of [bad, alsoBad]) await api("POST", `/binaries/${prn}/destroy`);
    await nothingLeft(server);
    if (!server.contentRoot || backend !== "sqlite+files") return;
    await rm(fileOf(whole));
    const healed = await signableBinary(server, api, {}, content);
    expect(await download(api, healed)).toEqual({ status: 200, hash: sha256(content) });
    await api("POST", `/binaries/${whole}/destroy`);
  });
});

it("is kept by each binary where the operator says so", async () => {
  const server = await startTestServer({ PERIDIO_DEDUPLICATE: "false" });
  const api = callApi(server.url);
  const content = randomBytes(1_000);
  await signableBinary(server, api, {}, content);
  await signableBinary(server, api, {}, content);
  expect((await create(api, content, { reuse_content: true })).body.binary.state).toBe("uploadable");
  expect(await used(api)).toMatchObject({ stored_bytes: { used: 2_000 }, deduplicated_bytes: 0 });
  await server.stop();
});

describe.each<{ kind: Backend; crashes: boolean }>([
  { kind: "postgres+shared-files", crashes: false },
  { kind: "postgres+shared-files", crashes: true },
])("two servers on $kind, killed with -9 in between: $crashes", ({ kind, crashes }) => {
  let directory: string;
  let backend: RunningBackend;
  let servers: [TestServer, TestServer];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "shared-content-"));
    backend = await startBackend(kind, directory);
    servers = await Promise.all([startTestServer({}, { backend }), startTestServer({}, { backend })]);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await backend.remove();
    await rm(directory, { recursive: true, force: true });
  });

  it("keep a content exactly as long as some binary needs it", async () => {
    const random = makeRandom();
    console.log(`E2E_SEED=${random.seed}`);
    const contents = [randomBytes(1_000), randomBytes(200_000), randomBytes(partSize + 10)];
    let over = false;
    const crashing = crashes ? crashNowAndThen(servers, random, () => over) : Promise.resolve();
    const workers = Array.from({ length: 6 }, (_, number) => live(servers, contents, makeRandom(random.seed + number)));
    await Promise.all(workers);
    over = true;
    await crashing;

    const api = callApi(servers[0].url);
    await until(
      "nothing is being verified",
      () => !storedBinaries(servers[0]).some(({ state }) => state === "hashing" || state === "hashable"),
    );
    await until("what is to go is gone", () => query(servers[0], "select * from discarded_content").length === 0);
    expect(contradictions(servers[0])).toEqual([]);
    const rows = storedBinaries(servers[0]).filter(({ state }) => state === "signable" || state === "signed");
    for (const row of rows) {
      const prn = `prn:1:${row.organization_id}:binary:${row.id}`;
      expect(await download(api, prn)).toEqual({ status: 200, hash: row.hash });
    }
    // The rest goes one by one; in the end nothing is there.
    for (const row of storedBinaries(servers[0]).filter(({ state }) => state !== "destroyed")) {
      const prn = `prn:1:${row.organization_id}:binary:${row.id}`;
      if (row.state === "uploadable") expect((await api("DELETE", `/binaries/${prn}`)).status).toBe(204);
      else expect((await api("POST", `/binaries/${prn}/destroy`)).status).toBe(200);
    }
    await nothingLeft(servers[0]);
    await until("no file is left", () => filesBelow(servers[0].contentRoot!).length === 0, 20).catch(() =>
      expect(filesBelow(servers[0].contentRoot!)).toEqual([]),
    );
    expect((await used(api)).stored_bytes.used).toBe(0);
  });
});

function filesBelow(root: string): string[] {
  if (!existsSync(root)) return [];
  const entries = readdirSync(root, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

async function crashNowAndThen(servers: TestServer[], random: Random, isOver: () => boolean): Promise<void> {
  for (let turn = 0; turn < 6 || !isOver(); turn++) {
    await pause(random.between(50, 1_200));
    const victim = random.pick(servers);
    await victim.kill();
    await victim.start();
  }
}

/** Does with a few binaries of the same contents whatever may be done; what is answered meanwhile is right, or refused. */
async function live(servers: TestServer[], contents: Buffer[], random: Random): Promise<void> {
  const ask: Api = (...request) =>
    callApi(random.pick(servers).url)(...request).catch(() => ({ status: 599, body: {}, headers: new Headers() }));
  const own = new Map<string, Buffer>();
  for (let step = 0; step < 30; step++) {
    const content = random.pick(contents);
    const known = own.size === 0 ? undefined : random.pick([...own.keys()]);
    switch (random.between(0, 7)) {
      case 0:
      case 1:
      case 2: {
        const version = await makeVersion(ask).catch(() => null);
        if (!version) break;
        const declared = { hash: sha256(content), size: content.length, reuse_content: random.between(0, 1) === 0 };
        const { status, body } = await ask("POST", "/binaries", {
          artifact_version_prn: version,
          target: "t",
          ...declared,
        });
        if (status === 201) own.set(body.binary.prn, content);
        break;
      }
      case 3:
      case 4:
        if (known) await put(random.pick(servers).url, known, own.get(known)!).catch(() => {});
        break;
      case 5:
        if (!known) break;
        for (const [at, part] of cut(own.get(known)!).entries())
          await sendPart(ask, known, at + 1, part).catch(() => 0);
        await ask("PATCH", `/binaries/${known}`, { state: "hashable" });
        break;
      case 6:
        if (!known) break;
        if (random.between(0, 1) === 0) await ask("PATCH", `/binaries/${known}`, { state: "uploadable" });
        else if ((await ask("POST", `/binaries/${known}/destroy`)).status === 200) own.delete(known);
        else if ((await ask("DELETE", `/binaries/${known}`)).status === 204) own.delete(known);
        break;
      case 7: {
        if (!known) break;
        const got = await download(ask, known).catch(() => ({ status: 599, hash: "" }));
        if (got.status === 200) expect(got.hash).toBe(sha256(own.get(known)!));
        break;
      }
    }
  }
}
