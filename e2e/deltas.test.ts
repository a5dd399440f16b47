import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, makeVersion, sha256 } from "./api.ts";
import {
  type Call,
  callAsDevice,
  type DeviceServer,
  makeBundle,
  makeCohort,
  makeDevice,
  makeRelease,
  startDeviceServer,
} from "./support/device.ts";
import { type IdentityShop, openShop } from "./support/identities.ts";
import { operate } from "./support/operator.ts";
import { addOrganization } from "./support/organization.ts";
import { makeSigner, signableBinary, signedBinary, type TestSigner } from "./support/signed.ts";
import { until } from "./support/until.ts";

let running: DeviceServer;
let shop: IdentityShop;
let api: Api;
let signer: TestSigner;
let count = 0;

beforeAll(async () => {
  running = await startDeviceServer();
  shop = openShop();
  ({ api } = running);
  signer = await makeSigner(api);
});
afterAll(async () => {
  await running.stop();
  shop.remove();
});

const old = randomBytes(200_000);
/** The same but for some bytes in the middle. */
const next = (seed: number) =>
  Buffer.concat([old.subarray(0, 90_000), Buffer.alloc(1_000, seed), old.subarray(90_000)]);

const asBinary = (version: string, bytes: Uint8Array) =>
  signedBinary(running.server, api, signer, { artifact_version_prn: version }, bytes);

/** Two binaries of one artifact, of which the second is nearly the first. */
async function pair() {
  const version = await makeVersion(api);
  const { artifact_prn } = (await api("GET", `/artifact_versions/${version}`)).body.artifact_version;
  const second = await api("POST", "/artifact_versions", { artifact_prn, version: "2.0.0" });
  const bytes = next(++count);
  return {
    bytes,
    artifact: artifact_prn as string,
    from: await asBinary(version, Buffer.concat([old, Buffer.from([count])])),
    to: await asBinary(second.body.artifact_version.prn, bytes),
  };
}

async function create(from: string, to: string, more: object = {}) {
  const answer = await api("POST", "/deltas", { from_binary_prn: from, to_binary_prn: to, ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.deltas as { prn: string; algorithm: string; state: string }[];
}

const deltaOf = async (prn: string) => (await api("GET", `/deltas/${prn}`)).body.delta;

async function made(prn: string) {
  return until("the delta is made", async () => {
    const delta = await deltaOf(prn);
    return delta.state === "waiting" ? null : delta;
  });
}

/** A device that was offered the second binary and runs the first. */
async function offered(from: string, to: string) {
  const place = await makeCohort(api);
  const identity = shop.make({ name: `device-${++count}` });
  await makeDevice(api, place, identity);
  const call = callAsDevice(running.url, identity);
  const first = await makeBundle(api, [from]);
  await makeRelease(api, place.cohort, first, { version: "1.0.0", version_requirement: ">= 0.0.1" });
  await call("GET", "/update", { "peridio-bundle-prn": first, "peridio-release-version": "1.0.0" });
  const second = await makeBundle(api, [to]);
  const release = await makeRelease(api, place.cohort, second, { version: "2.0.0", version_requirement: ">= 1.0.0" });
  const ask = async (headers: Record<string, string> = {}, query = "expand[]=manifest&expand[]=bundle") =>
    call("GET", `/update?${encodeURI(query)}`, {
      "peridio-bundle-prn": first,
      "peridio-release-version": "1.0.0",
      ...headers,
    });
  return { call: call as Call, ask, second, release };
}

/** One for each binary and delta that has content. */
const contentFolders = () => {
  const root = join(running.server.dataDirectory, "content");
  return readdirSync(root).flatMap((organization) => readdirSync(join(root, organization)));
};
const idOf = (prn: string) => prn.split(":").at(-1)!;

describe("a delta", () => {
  it("is made by each program, proven, kept in a place of its own, and tells how small it is", async () => {
    const { from, to, bytes } = await pair();
    const deltas = await create(from, to);
    expect(deltas.map(({ algorithm }) => algorithm)).toEqual(["xdelta3", "zstd"]);
    for (const { prn } of deltas) {
      const delta = await made(prn);
      expect(delta).toMatchObject({ state: "ready", to_hash: sha256(bytes), whole_size: bytes.length, detail: null });
      expect(delta.size).toBeLessThan(5_000);
      expect(contentFolders().filter((path) => path.includes(idOf(prn))).length).toBeGreaterThan(0);
    }
    expect(await create(from, to)).toMatchObject([{ state: "ready" }, { state: "ready" }]);
  });

  it("is known to who compares records with content", async () => {
    const found = await operate(running.server, "fsck", "--deep", "--grace", "0", "--repair");
    const [summary, ...more] = found.trim().split("\n");
    expect(more).toEqual([]);
    expect(JSON.parse(summary!)).toMatchObject({ left: 0 });
  });

  it("isn't kept when it is hardly smaller than the whole", async () => {
    const version = await makeVersion(api);
    const from = await asBinary(version, randomBytes(50_000));
    const { artifact_prn } = (await api("GET", `/artifact_versions/${version}`)).body.artifact_version;
    const second = await api("POST", "/artifact_versions", { artifact_prn, version: "2.0.0" });
    const to = await asBinary(second.body.artifact_version.prn, randomBytes(50_000));
    for (const { prn } of await create(from, to)) {
      const delta = await made(prn);
      expect(delta).toMatchObject({ state: "not_smaller", hash: null });
      expect(delta.size).toBeGreaterThan(30_000);
      expect(contentFolders().filter((path) => path.includes(idOf(prn)))).toEqual([]);
    }
  });

  it("is refused between what doesn't belong together, isn't signed, or is another organization's", async () => {
    const { from, to } = await pair();
    const other = await pair();
    const ask = (from_binary_prn: string, to_binary_prn: string, call = api) =>
      call("POST", "/deltas", { from_binary_prn, to_binary_prn });
    expect((await ask(other.from, to)).body.errors.from_binary_prn[0]).toContain("same artifact");
    expect((await ask(to, to)).body.errors.from_binary_prn[0]).toContain("other content");
    const { artifact_version_prn } = (await api("GET", `/binaries/${to}`)).body.binary;
    const unsigned = await signableBinary(running.server, api, { artifact_version_prn, target: "arm" });
    expect((await ask(from, unsigned)).body.errors.to_binary_prn[0]).toContain("it is 'signable'");
    const strangers = callApi(running.server.url, (await addOrganization(running.server, "Strangers")).key);
    expect((await ask(from, to, strangers)).status).toBe(404);
  });
});

describe("a device", () => {
  it("is offered deltas from what it says that it holds, and only then", async () => {
    const { from, to, bytes } = await pair();
    const [xdelta3, zstd] = await create(from, to);
    await made(xdelta3!.prn);
    await made(zstd!.prn);
    const { from_hash } = await deltaOf(zstd!.prn);
    const { ask } = await offered(from, to);
    const [item] = (await ask({ "peridio-holds": `${"0".repeat(64)}, ${from_hash}` })).body.manifest;
    expect(item.hash).toBe(sha256(bytes));
    expect(item.deltas).toHaveLength(2);
    for (const delta of item.deltas) {
      expect(Object.keys(delta).sort()).toEqual(["algorithm", "from_hash", "hash", "size", "url"]);
      const answer = await fetch(delta.url);
      const content = Buffer.from(await answer.arrayBuffer());
      expect(answer.headers.get("etag")).toBe(`"${delta.hash}"`);
      expect([sha256(content), content.length]).toEqual([delta.hash, delta.size]);
    }
    const some = (await ask({ "peridio-holds": from_hash, "peridio-delta-algorithms": "zstd, bsdiff" })).body.manifest;
    expect(some[0].deltas.map((delta: { algorithm: string }) => delta.algorithm)).toEqual(["zstd"]);
    expect(
      (await ask({ "peridio-holds": from_hash, "peridio-delta-algorithms": "bsdiff" })).body.manifest[0].deltas,
    ).toEqual([]);
    expect((await ask({ "peridio-holds": "0".repeat(64) })).body.manifest[0].deltas).toEqual([]);
    expect((await ask()).body.manifest[0]).not.toHaveProperty("deltas");
    const agent = { "peridio-holds": from_hash, "user-agent": "peridiod/3.4.1 (linux)" };
    expect((await ask(agent)).body.manifest[0]).not.toHaveProperty("deltas");
    expect((await ask({ "peridio-holds": from_hash }, "expand[]=manifest.hash")).body.manifest[0]).not.toHaveProperty(
      "deltas",
    );
  });

  it("is told the same again with 304 while only links differ", async () => {
    const { from, to } = await pair();
    const [first] = await create(from, to, { algorithms: ["zstd"] });
    const { ask } = await offered(from, to);
    const holds = { "peridio-holds": (await deltaOf(first!.prn)).from_hash };
    const before = (await ask(holds)).headers.etag!;
    await made(first!.prn);
    const after = await ask({ ...holds, "if-none-match": before });
    // Now there is a delta, or there was from the beginning.
    const { etag } = after.status === 304 ? { etag: before } : (after.headers as { etag: string });
    expect((await ask({ ...holds, "if-none-match": etag })).status).toBe(304);
  });

  it("of a fleet that reports what it runs gets deltas that nobody asked for", async () => {
    const { from, to } = await pair();
    const unrelated = await pair();
    await offered(from, to);
    const rows = await until("they are made", async () => {
      const { deltas } = (await api("GET", `/deltas?search=to_binary_prn:'${to}'`)).body;
      return deltas.length === 2 && deltas.every(({ state }: { state: string }) => state === "ready") ? deltas : null;
    });
    expect(rows.map((row: { from_binary_prn: string }) => row.from_binary_prn)).toEqual([from, from]);
    expect((await api("GET", `/deltas?search=to_binary_prn:'${unrelated.to}'`)).body.deltas).toEqual([]);
  });

  it("saves bytes, which are counted", async () => {
    const { from, to, bytes } = await pair();
    const [zstd] = await create(from, to, { algorithms: ["zstd"] });
    const { size, from_hash } = await made(zstd!.prn);
    const { ask } = await offered(from, to);
    const before = (await api("GET", "/usage")).body.usage.delta_saved_bytes;
    const [item] = (await ask({ "peridio-holds": from_hash, "peridio-delta-algorithms": "zstd" })).body.manifest;
    await (await fetch(item.deltas[0].url)).arrayBuffer();
    const saved = bytes.length - size;
    await until("it is counted", async () => (await deltaOf(zstd!.prn)).downloaded_bytes === size);
    expect((await deltaOf(zstd!.prn)).saved_bytes).toBe(saved);
    expect((await api("GET", "/usage")).body.usage.delta_saved_bytes).toBe(before + saved);
    const metrics = await (await fetch(`${running.server.url}/metrics`)).text();
    expect(metrics).toMatch(/^peridio_deltas_total\{algorithm="zstd",outcome="ready"\} \d+$/m);
    const [, total] = /^peridio_delta_saved_bytes_total (\d+)$/m.exec(metrics)!;
    expect(Number(total)).toBeGreaterThanOrEqual(saved);
  });
});

describe("a delta is gone at once, its link and its content with it,", () => {
  const gone = async (prn: string, url: string) => {
    expect((await api("GET", `/deltas/${prn}`)).status).toBe(404);
    expect((await fetch(url)).status).toBe(410);
    await until("its content is gone", () => !contentFolders().some((path) => path.includes(idOf(prn))));
  };

  async function linked(from: string, to: string) {
    const [zstd] = await create(from, to, { algorithms: ["zstd"] });
    const { from_hash } = await made(zstd!.prn);
    const { ask } = await offered(from, to);
    const [item] = (await ask({ "peridio-holds": from_hash, "peridio-delta-algorithms": "zstd" })).body.manifest;
    expect((await fetch(item.deltas[0].url)).status).toBe(200);
    return { prn: zstd!.prn, url: item.deltas[0].url as string };
  }

  it("when what it begins with is destroyed", async () => {
    const { from, to } = await pair();
    const { prn, url } = await linked(from, to);
    expect((await api("POST", `/binaries/${from}/destroy`)).status).toBe(200);
    await gone(prn, url);
  });

  it("when the key that signed what it makes is revoked", async () => {
    const former = signer;
    signer = await makeSigner(api);
    const { from, to } = await pair();
    const { prn, url } = await linked(from, to);
    await api("PATCH", `/signing_keys/${signer.prn}`, { revoked: true });
    signer = former;
    await gone(prn, url);
  });

  it("when it is deleted", async () => {
    const { from, to } = await pair();
    const { prn, url } = await linked(from, to);
    expect((await api("DELETE", `/deltas/${prn}`)).status).toBe(204);
    await gone(prn, url);
  });
});
