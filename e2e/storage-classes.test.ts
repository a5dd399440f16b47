import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, cut, makeBinary, partSize, sendPart, sha256, untilVerified } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { type Backend, type RunningBackend, startBackend } from "./support/backend.ts";
import { operate } from "./support/operator.ts";
import { makeSigner, signableBinary, signBinary } from "./support/signed.ts";
import { type StorageClasses, startStorageClasses } from "./support/storage-classes.ts";
import { contradictions, storedBinary } from "./support/stored.ts";
import { until } from "./support/until.ts";

/* Archived content goes into a class of its store, and comes back. */

let server: TestServer;
let api: Api;
let backend: RunningBackend;
/** Amazon's classes before the store; null where it has some of its own. */
let classes: StorageClasses | null = null;

async function start(kind: Backend, option: string, withClasses = false): Promise<void> {
  backend = await startBackend(kind, "");
  classes = withClasses ? await startStorageClasses(backend.objects!.endpoint) : null;
  const url = backend.settings.PERIDIO_CONTENT_URL!.replace(
    backend.objects!.endpoint,
    classes?.origin ?? backend.objects!.endpoint,
  );
  const settings = { PERIDIO_CONTENT_URL: `${url}&${option}`, PERIDIO_ARCHIVE_INTERVAL: "1" };
  server = await startTestServer(settings, { backend });
  api = callApi(server.url);
}

async function stop(): Promise<void> {
  await server?.stop();
  await classes?.stop();
  await backend?.remove();
}

const binaryOf = async (prn: string) => (await api("GET", `/binaries/${prn}`)).body.binary;
const archive = (prn: string, archived = true) => api("PATCH", `/binaries/${prn}`, { archived });
const becomes = (prn: string, availability: string, archiveClass: string | null) =>
  until(`${prn} is ${availability} in ${archiveClass}`, async () => {
    const { content_availability, archive_class } = await binaryOf(prn);
    return content_availability === availability && archive_class === archiveClass;
  });

async function download(prn: string): Promise<string> {
  const { download_url } = (await api("GET", `/binaries/${prn}/download_url`)).body;
  return sha256(new Uint8Array(await (await fetch(download_url)).arrayBuffer()));
}

const subtypesOf = async (prn: string): Promise<string[]> =>
  (await api("GET", `/audit_logs?limit=100&search=${encodeURIComponent(`resource_prn:'${prn}'`)}`)).body.audit_logs
    .map(({ subtype }: { subtype: string }) => subtype)
    .filter((subtype: string) => subtype.startsWith("content_"));

describe("a class from which nothing can be read", () => {
  beforeAll(() => start("postgres+s3", "archive_storage_class=GLACIER", true));
  afterAll(async () => {
    // What came while the same was archived is kept a second time: the first could only be read hours later.
    const others = contradictions(server).filter((problem) => !problem.endsWith("is kept 2 times"));
    expect(others).toEqual([]);
    await stop();
  });

  const classOf = (prn: string) => {
    const row = storedBinary(server, prn);
    return classes!.classOf(`${row.content_binary_id ?? row.id}/${row.content_revision ?? row.revision}/`);
  };

  it("takes archived content, which is refused until it was restored", async () => {
    const content = randomBytes(40_000);
    const prn = await signableBinary(server, api, {}, content);
    const link = (await api("GET", `/binaries/${prn}/download_url`)).body.download_url;
    expect(await binaryOf(prn)).toMatchObject({ content_availability: "available", archive_class: null });
    await archive(prn);
    await becomes(prn, "archived", "GLACIER");
    expect(classOf(prn)).toBe("GLACIER");

    const refused = await api("GET", `/binaries/${prn}/download_url`);
    expect(refused.status).toBe(409);
    expect(refused.body.errors).toMatchObject({ code: "content_unavailable", content_availability: "archived" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const early = await fetch(link);
    expect([early.status, early.headers.has("retry-after")]).toEqual([409, true]);
    const signer = await makeSigner(api);
    expect((await signBinary(api, signer, prn)).body.errors.code).toBe("content_unavailable");

    await archive(prn, false);
    await becomes(prn, "restoring", "GLACIER");
    await until("the store was asked", () => classes!.restores() > 0);
    expect((await api("GET", `/binaries/${prn}/download_url`)).body.errors.detail).toContain("being restored");
    classes!.thaw();
    await becomes(prn, "available", null);
    expect(classOf(prn)).toBe("STANDARD");
    expect(await download(prn)).toBe(sha256(content));
    expect(await subtypesOf(prn)).toEqual(["content_restored", "content_archived"]);
  });

  it("takes no content that another binary still needs, and gives it back to one that comes back", async () => {
    const content = randomBytes(30_000);
    const [first, second] = [
      await signableBinary(server, api, {}, content),
      await signableBinary(server, api, {}, content),
    ];
    await archive(first);
    const other = await signableBinary(server, api);
    await archive(other);
    await becomes(other, "archived", "GLACIER");
    expect(await binaryOf(first)).toMatchObject({ content_availability: "available", archive_class: null });
    expect(await download(second)).toBe(sha256(content));

    await archive(second);
    await becomes(first, "archived", "GLACIER");
    await becomes(second, "archived", "GLACIER");
    const third = await signableBinary(server, api, {}, content);
    expect(await download(third)).toBe(sha256(content));
    await archive(second, false);
    const before = classes!.restores();
    await until("the store was asked", () => classes!.restores() > before);
    classes!.thaw();
    await becomes(second, "available", null);
    expect(await download(second)).toBe(sha256(content));
  });

  it("keeps what is in it through a check of all content, and lets it be destroyed", async () => {
    const prn = await signableBinary(server, api);
    await archive(prn);
    await becomes(prn, "archived", "GLACIER");
    const { findings } = JSON.parse((await operate(server, "fsck", "--deep")).trim().split("\n").at(-1)!);
    expect(findings).toEqual({});
    expect((await binaryOf(prn)).quarantine).toBeNull();
    expect((await api("POST", `/binaries/${prn}/destroy`)).status).toBe(200);
    expect(await binaryOf(prn)).toMatchObject({ content_availability: "available", archive_class: null });
  });

  it("takes nothing that is taken back before it is there", async () => {
    const prn = await signableBinary(server, api);
    await archive(prn);
    await until("it is on its way", async () => (await binaryOf(prn)).archive_class === "GLACIER");
    await archive(prn, false);
    await until("it is back", async () => {
      classes!.thaw();
      return (await binaryOf(prn)).content_availability === "available";
    });
    expect(classOf(prn)).toBe("STANDARD");
  });
});

describe.each([
  ["S3", "postgres+s3", "archive_storage_class=STANDARD_IA", "STANDARD_IA", true],
  ["Azurite", "postgres+azure", "archive_tier=Cool", "Cool", false],
] as const)("a class of %s that can be read", (_, kind, option, name, withClasses) => {
  beforeAll(() => start(kind, option, withClasses));
  afterAll(stop);

  it("takes content of an upload in parts, and gives it back, and all the time it can be downloaded", async () => {
    const content = randomBytes(partSize + 1_000);
    const prn = await makeBinary(api, content);
    for (const [at, part] of cut(content).entries()) await sendPart(api, prn, at + 1, part);
    await api("PATCH", `/binaries/${prn}`, { state: "hashable" });
    await untilVerified(api, prn);
    await archive(prn);
    await becomes(prn, "available", name);
    await until("it is there", async () => (await subtypesOf(prn)).includes("content_archived"));
    expect(await download(prn)).toBe(sha256(content));
    await archive(prn, false);
    await becomes(prn, "available", null);
    expect(await download(prn)).toBe(sha256(content));
  });
});

describe("the archive of Azurite", () => {
  beforeAll(() => start("postgres+azure", "archive_tier=Archive"));
  afterAll(stop);

  it("takes archived content, and gives it back", async () => {
    const content = randomBytes(40_000);
    const prn = await signableBinary(server, api, {}, content);
    await archive(prn);
    await becomes(prn, "archived", "Archive");
    expect((await api("GET", `/binaries/${prn}/download_url`)).body.errors.code).toBe("content_unavailable");
    await archive(prn, false);
    await becomes(prn, "available", null);
    expect(await download(prn)).toBe(sha256(content));
  });
});

describe("a store that has no classes", () => {
  beforeAll(() => start("postgres+s3", "archive_storage_class=DEEP_ARCHIVE"));
  afterAll(stop);

  it("is told of in the log, and what can't go there comes back when it is taken back", async () => {
    const content = randomBytes(40_000);
    const prn = await signableBinary(server, api, {}, content);
    await archive(prn);
    await until("the log tells", () => server.output().includes("could not change its class yet"));
    expect(await binaryOf(prn)).toMatchObject({ content_availability: "archiving", archive_class: "DEEP_ARCHIVE" });
    await archive(prn, false);
    await becomes(prn, "available", null);
    expect(await download(prn)).toBe(sha256(content));
  });
});
