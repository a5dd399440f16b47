import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, makeVersion, sha256 } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { operate } from "./support/operator.ts";
import { query } from "./support/query.ts";
import { bucket, type ObjectServer, s3Keys, startS3 } from "./support/s3-server.ts";
import { makeSigner, signableBinary, signedBinary } from "./support/signed.ts";
import { contentPlaceOf, contradictions, leftovers, storedBinary } from "./support/stored.ts";
import { until } from "./support/until.ts";

/* What looks at content elsewhere than in the record's own way: moves, fsck, backups, deltas. */

let server: TestServer;
let s3: ObjectServer;
let api: Api;
let store: string;

beforeAll(async () => {
  s3 = await startS3();
  server = await startTestServer({
    PERIDIO_STORE_ALLOW_PRIVATE: "true",
    PERIDIO_REDIRECT_EXPIRY: "5",
    PERIDIO_SCRUB_RATE: "0",
  });
  api = callApi(server.url);
  const url = `s3://${bucket}/shared?endpoint=${s3.endpoint}`;
  const credentials = { access_key_id: s3Keys.accessKeyId, secret_access_key: s3Keys.secretAccessKey };
  store = (await api("POST", "/content_stores", { name: "s3", url, credentials })).body.content_store.prn;
});
afterAll(async () => {
  await server?.stop();
  await s3?.stop();
});

async function move(from: string, to: string, more: object = {}): Promise<void> {
  const { content_move } = (await api("POST", "/content_moves", { from, to, ...more })).body;
  await until("it has moved", async () => {
    return (await api("GET", `/content_moves/${content_move.prn}`)).body.content_move.state === "done";
  });
}

async function hashOf(prn: string): Promise<string> {
  const { body } = await api("GET", `/binaries/${prn}/download_url`);
  const answer = await fetch(body.download_url);
  expect(answer.status, answer.url).toBe(200);
  return sha256(new Uint8Array(await answer.arrayBuffer()));
}

const contentOf = (prn: string) => {
  const row = storedBinary(server, prn);
  return `${row.store_id} ${contentPlaceOf(server, row)}/${row.content_file}`;
};
const fileOf = (prn: string) => contentOf(prn).replace(/^\S+ /, "");
const used = async () => (await api("GET", "/usage")).body.usage.stored_bytes.used;
const settled = () =>
  until("what moved away is gone", () => query(server, "select * from discarded_content").length === 0);
const objects = () => {
  const root = join(s3.objects!, bucket, "shared");
  if (!existsSync(root)) return [];
  const entries = readdirSync(root, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile() && !entry.parentPath.includes(".sgwtmp"));
};

describe("moves", () => {
  it("bring a content over once, and all that share it with it", async () => {
    const content = randomBytes(50_000);
    const prns: string[] = [];
    for (let number = 0; number < 5; number++) prns.push(await signableBinary(server, api, {}, content));
    await api("POST", `/binaries/${prns[0]}/destroy`);
    const left = prns.slice(1);
    await move("server", store);
    expect(new Set(left.map(contentOf)).size).toBe(1);
    expect(storedBinary(server, left[0]!).store_id).not.toBeNull();
    await settled();
    expect(objects()).toHaveLength(1);
    expect(leftovers(server)).toEqual([]);
    expect(await used()).toBe(50_000);
    for (const prn of left) expect(await hashOf(prn)).toBe(sha256(content));
    await move(store, "server");
    await settled();
    expect(objects()).toEqual([]);
    expect(new Set(left.map(contentOf)).size).toBe(1);
    for (const prn of left) expect(await hashOf(prn)).toBe(sha256(content));
    expect(contradictions(server)).toEqual([]);
    for (const prn of left) await api("POST", `/binaries/${prn}/destroy`);
    await settled();
    expect(await used()).toBe(0);
  });

  it("of one artifact leave with the others what these need, and it counts in both stores", async () => {
    const content = randomBytes(40_000);
    const versions = [await makeVersion(api), await makeVersion(api)];
    const [first, second] = [
      await signableBinary(server, api, { artifact_version_prn: versions[0]! }, content),
      await signableBinary(server, api, { artifact_version_prn: versions[1]! }, content),
    ];
    const artifactOf = async (version: string) =>
      (await api("GET", `/artifact_versions/${version}`)).body.artifact_version.artifact_prn;
    await move("server", store, { artifact_prn: await artifactOf(versions[0]!) });
    await settled();
    expect([storedBinary(server, first).store_id === null, storedBinary(server, second).store_id === null]).toEqual([
      false,
      true,
    ]);
    expect(await used()).toBe(80_000);
    for (const prn of [first, second]) expect(await hashOf(prn)).toBe(sha256(content));
    await move("server", store);
    expect(contentOf(first)).toBe(contentOf(second));
    await settled();
    expect(await used()).toBe(40_000);
    await move(store, "server");
    expect(contradictions(server)).toEqual([]);
    for (const prn of [first, second]) await api("POST", `/binaries/${prn}/destroy`);
    await settled();
  });
});

describe("a check", () => {
  async function fsck(...words: string[]): Promise<{ kind: string; prn: string; repaired: boolean }[]> {
    const out = await operate(server, "fsck", ...words).catch((error: { stdout: string }) => error.stdout);
    const lines = out.trim().split("\n");
    const findings: { kind: string; prn: string; repaired: boolean }[] = lines
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    // The command isn't told that stores may be in this network.
    return findings.filter(({ kind }) => kind !== "unreadable");
  }

  it("takes all out of service that share what is damaged, and puts all back once it is whole", async () => {
    const content = randomBytes(30_000);
    const prns = [
      await signableBinary(server, api, {}, content),
      await signableBinary(server, api, {}, content),
      await signableBinary(server, api, {}, content),
    ];
    const backup = mkdtempSync(join(tmpdir(), "shared-backup-"));
    await operate(server, "backup", backup);
    await api("DELETE", `/binaries/${prns[0]}`);
    expect(await fsck("--deep", "--grace", "0")).toEqual([]);
    const path = fileOf(prns[1]!);
    const file = openSync(path, "r+");
    writeSync(file, randomBytes(8), 0, 8, 9_000);
    const found = await fsck("--deep", "--grace", "0");
    expect(found).toMatchObject([{ kind: "wrong_hash", repaired: false }]);
    for (const prn of prns.slice(1)) {
      expect((await api("GET", `/binaries/${prn}`)).body.binary.quarantine).toMatchObject({ fault: "wrong_hash" });
      expect((await api("GET", `/binaries/${prn}/download_url`)).status).toBe(409);
    }
    expect(await fsck("--deep", "--repair", "--grace", "0", "--backup", backup)).toMatchObject([
      { kind: "wrong_hash", repaired: true },
    ]);
    for (const prn of prns.slice(1)) {
      expect((await api("GET", `/binaries/${prn}`)).body.binary.quarantine).toBeNull();
      expect(await hashOf(prn)).toBe(sha256(content));
    }
    rmSync(backup, { recursive: true });
    // What lies at the own place of one that shares another's is needed by nobody.
    const row = storedBinary(server, prns[2]!);
    expect(readdirSync(join(server.contentRoot!, row.organization_id))).not.toContain(row.id);
    expect(readFileSync(path).equals(content)).toBe(true);
    for (const prn of prns.slice(1)) await api("POST", `/binaries/${prn}/destroy`);
  });
});

it("deltas are made from and to content that is another's", async () => {
  const signer = await makeSigner(api);
  const version = await makeVersion(api);
  const { artifact_prn } = (await api("GET", `/artifact_versions/${version}`)).body.artifact_version;
  const second = await api("POST", "/artifact_versions", { artifact_prn, version: "2.0.0" });
  const old = randomBytes(100_000);
  const fresh = Buffer.concat([old, Buffer.from("more")]);
  const owners = [await signableBinary(server, api, {}, old), await signableBinary(server, api, {}, fresh)];
  const from = await signedBinary(server, api, signer, { artifact_version_prn: version }, old);
  const next = { artifact_version_prn: second.body.artifact_version.prn };
  const to = await signedBinary(server, api, signer, next, fresh);
  for (const owner of owners) expect((await api("DELETE", `/binaries/${owner}`)).status).toBe(204);
  const asked = await api("POST", "/deltas", { from_binary_prn: from, to_binary_prn: to, algorithms: ["zstd"] });
  expect(asked.status).toBe(201);
  await until("a delta is ready", async () => {
    const { deltas } = (await api("GET", `/deltas?search=to_binary_prn:'${to}'`)).body;
    return deltas[0]?.state === "ready";
  });
  expect(contradictions(server)).toEqual([]);
});

it("a backup brings back what is shared, also where whoever brought it is gone", async () => {
  const content = randomBytes(20_000);
  const [first, second, third] = [
    await signableBinary(server, api, {}, content),
    await signableBinary(server, api, {}, content),
    await signableBinary(server, api, {}, content),
  ];
  await api("DELETE", `/binaries/${first}`);
  const backup = mkdtempSync(join(tmpdir(), "shared-backup-"));
  await operate(server, "backup", backup);
  const path = fileOf(second!);
  writeFileSync(path, "");
  const blank = { ...server, dataDirectory: mkdtempSync(join(tmpdir(), "shared-restored-")) };
  await operate(blank, "restore", backup);
  const contentRoot = join(blank.dataDirectory, "content");
  for (const prn of [second!, third!]) {
    const row = storedBinary(blank, prn);
    const restored = readFileSync(join(contentPlaceOf({ ...blank, contentRoot }, row), row.content_file!));
    expect(restored.equals(content)).toBe(true);
  }
  writeFileSync(path, content);
  for (const directory of [backup, blank.dataDirectory]) rmSync(directory, { recursive: true });
});
