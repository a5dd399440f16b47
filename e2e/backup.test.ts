import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDatabase } from "../server/src/database/databases.fixture.ts";
import { type Api, callApi, cut, makeBinary, partSize, sendPart, sha256 } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import type { Backend } from "./support/backend.ts";
import { operate } from "./support/operator.ts";
import { change, query } from "./support/query.ts";
import { bucket } from "./support/s3-server.ts";
import { makeSigner, signedBinary } from "./support/signed.ts";
import { contradictions, storedBinary } from "./support/stored.ts";
import { until } from "./support/until.ts";

/** Starts a backup, to be killed in its midst. */
function startBackup(server: TestServer, target: string) {
  const program = fileURLToPath(new URL("../server/dist/main.js", import.meta.url));
  const env = { PATH: process.env.PATH, PERIDIO_DATA_DIR: server.dataDirectory, ...server.backend.settings };
  return spawn(process.execPath, [program, "backup", target], { env, stdio: "ignore" });
}

/* A backup of a running server, restored beside it, and compared byte by byte. */

describe.each<[Backend, boolean]>([
  ["sqlite+files", true],
  ["postgres+s3", false],
])("a backup of %s (encrypted: %s)", (backend, isSealed) => {
  let directory: string;
  let server: TestServer;
  let api: Api;
  let target: string;
  let key: string[];
  const contents = [randomBytes(3_500_000), randomBytes(1), Buffer.alloc(0), randomBytes(1_048_576)];
  let binaries: string[];
  let begun: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "backup-"));
    server = await startTestServer({}, { backend });
    api = callApi(server.url);
    const signer = await makeSigner(api);
    binaries = [];
    for (const bytes of contents) binaries.push(await signedBinary(server, api, signer, {}, bytes));
    const half = randomBytes(2 * partSize);
    begun = await makeBinary(api, half);
    await sendPart(api, begun, 1, cut(half)[0]!);
    target = isSealed
      ? join(directory, "target")
      : `s3://${bucket}/backups?endpoint=${server.backend.objects!.endpoint}`;
    await writeFile(join(directory, "key"), randomBytes(32).toString("hex"));
    key = isSealed ? ["--key-file", join(directory, "key")] : [];
  });
  afterAll(async () => {
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const backUp = async (...words: string[]) => JSON.parse(await operate(server, "backup", target, ...key, ...words));

  it("copies what isn't there yet, and reads nothing else again", async () => {
    expect(await backUp()).toMatchObject({ contents: 4, copied: 4, missing: [] });
    const { contentRoot } = { contentRoot: server.contentRoot! };
    const [, , organization, , id] = binaries[0]!.split(":") as [string, string, string, string, string];
    const path = join(contentRoot, organization, id, "0", storedBinary(server, binaries[0]!).content_file!);
    const bytes = await readFile(path);
    // Were it read, it would not be what was verified.
    await writeFile(path, randomBytes(bytes.length));
    expect(await backUp()).toMatchObject({ contents: 4, copied: 0, missing: [] });
    await writeFile(path, bytes);
  });

  it("mends what `fsck --repair --backup` finds damaged", async () => {
    const prn = binaries[3]!;
    const [, , organization, , id] = prn.split(":") as [string, string, string, string, string];
    const path = join(server.contentRoot!, organization, id, "0", storedBinary(server, prn).content_file!);
    await writeFile(path, randomBytes(contents[3]!.length));
    const settings = { ...server.backend.settings };
    if (isSealed) settings.PERIDIO_BACKUP_KEY = await readFile(join(directory, "key"), "utf8");
    const operator = { ...server, backend: { ...server.backend, settings } };
    const lines = (await operate(operator, "fsck", "--deep", "--repair", "--backup", target)).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { kind: "wrong_hash", prn, repaired: true },
      { left: 0 },
    ]);
    expect((await api("GET", `/binaries/${prn}`)).body.binary.quarantine).toBeNull();
    const got = await fetch((await api("GET", `/binaries/${prn}/download_url`)).body.download_url);
    expect(sha256(new Uint8Array(await got.arrayBuffer()))).toBe(sha256(contents[3]!));
    // What happened since the last backup is in the next one.
    expect(await backUp()).toMatchObject({ copied: 0, missing: [] });
  });

  it("shows nothing without its key", async () => {
    if (!isSealed) return;
    const files = await readdir(target, { recursive: true, withFileTypes: true });
    const names = files.map((file) => file.name).join();
    const texts = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), "latin1")),
    );
    for (const bytes of contents) expect(names).not.toContain(sha256(bytes));
    expect(texts.join()).not.toContain("SQLite");
    await writeFile(join(directory, "other"), randomBytes(32).toString("hex"));
    const blank = { ...server, dataDirectory: join(directory, "blank") };
    await expect(operate(blank, "restore", target)).rejects.toThrow("encrypted");
    await expect(operate(blank, "restore", target, "--key-file", join(directory, "other"))).rejects.toThrow(
      "can't be read with this key, or was damaged",
    );
  });

  it("is restored into an empty server, where all is as it was", async () => {
    await expect(operate(server, "restore", target, ...key)).rejects.toThrow("take an empty one");
    const database = isSealed ? null : await makeDatabase("postgres");
    const dataDirectory = join(directory, "restored");
    const settings: Record<string, string> = { ...server.backend.settings, PERIDIO_DATA_DIR: dataDirectory };
    if (database) {
      settings.PERIDIO_DATABASE_URL = database.url;
      settings.PERIDIO_CONTENT_URL = `s3://${bucket}/restored?endpoint=${server.backend.objects!.endpoint}`;
    }
    const blank = {
      ...server,
      dataDirectory,
      databaseUrl: database?.url ?? null,
      backend: { ...server.backend, settings },
    };
    const told = JSON.parse(await operate(blank, "restore", target, ...key));
    expect(told).toMatchObject({ restored: 4, missing: [] });
    const restored = await startTestServer(settings, { backend: "sqlite+files" });
    const after = callApi(restored.url);
    for (const [at, prn] of binaries.entries()) {
      expect((await after("GET", `/binaries/${prn}`)).body.binary).toEqual(
        (await api("GET", `/binaries/${prn}`)).body.binary,
      );
      const got = await fetch((await after("GET", `/binaries/${prn}/download_url`)).body.download_url);
      expect(sha256(new Uint8Array(await got.arrayBuffer()))).toBe(sha256(contents[at]!));
    }
    expect((await after("GET", `/binaries/${begun}/parts`)).body.binary_parts).toEqual([]);
    expect((await after("GET", `/binaries/${begun}`)).body.binary).toMatchObject({ state: "uploadable", revision: 1 });
    expect(contradictions({ ...blank, contentRoot: isSealed ? join(dataDirectory, "content") : null })).toEqual([]);
    const check = await operate(blank, "fsck", "--deep");
    expect(JSON.parse(check.trim().split("\n").at(-1)!)).toMatchObject({ left: 0, checked_binaries: 5 });
    await restored.stop();
    await database?.remove();
  });
});

describe("a backup that breaks off", () => {
  let directory: string;
  let server: TestServer;
  let target: string;
  const contents = Array.from({ length: 12 }, () => randomBytes(8_000_000));
  const binaries: string[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "backup-"));
    target = join(directory, "target");
    server = await startTestServer({}, { backend: "sqlite+files" });
    const api = callApi(server.url);
    const signer = await makeSigner(api);
    for (const bytes of contents) binaries.push(await signedBinary(server, api, signer, {}, bytes));
  });
  afterAll(async () => {
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const contentFiles = async () =>
    (await readdir(join(target, "content"), { recursive: true, withFileTypes: true }).catch(() => [])).filter((entry) =>
      entry.isFile(),
    );
  const blank = (name: string): TestServer => ({ ...server, dataDirectory: join(directory, name) });

  it("by kill -9 is no backup, and the next one goes on where it was", async () => {
    const killed = startBackup(server, target);
    await until("some content is there", async () => (await contentFiles()).length > 2);
    killed.kill("SIGKILL");
    await once(killed, "exit");
    await expect(operate(blank("early"), "restore", target)).rejects.toThrow("there is no backup");

    const { copied, contents: all } = JSON.parse(await operate(server, "backup", target));
    expect(all).toBe(contents.length);
    expect(copied).toBeLessThan(contents.length);
    expect(JSON.parse(await operate(blank("late"), "restore", target))).toMatchObject({ restored: all, missing: [] });
    expect(JSON.parse((await operate(blank("late"), "fsck", "--deep")).trim().split("\n").at(-1)!)).toMatchObject({
      left: 0,
    });
  });

  it("because its target takes nothing more says so, and what was backed up before can be restored", async () => {
    const api = callApi(server.url);
    const bytes = randomBytes(100_000);
    await signedBinary(server, api, await makeSigner(api), {}, bytes);
    const folder = join(target, "content", sha256(bytes).slice(0, 2));
    const aside = `${folder}-aside`;
    await mkdir(folder, { recursive: true });
    await rename(folder, aside);
    await writeFile(folder, "in the way");
    await expect(operate(server, "backup", target)).rejects.toThrow(/EEXIST|ENOTDIR/);
    await rm(folder);
    await rename(aside, folder);
    expect(JSON.parse(await operate(blank("before"), "restore", target))).toMatchObject({ restored: contents.length });
    expect(JSON.parse(await operate(server, "backup", target))).toMatchObject({ copied: 1, missing: [] });
  });

  it("leaves out deltas, which are made anew", async () => {
    const [from, to] = binaries.map((prn) => prn.split(":").at(-1)!);
    const organization = binaries[0]!.split(":")[2]!;
    change(
      server,
      `insert into deltas (organization_id, id, from_binary_id, to_binary_id, algorithm, state, size, hash, file, tries,
         next_try_at, downloaded_bytes, inserted_at, updated_at)
       values ('${organization}', 'delta', '${from}', '${to}', 'zstd', 'ready', 5, 'hash', 'gone', 1, '', 0, '2026-01-01', '2026-01-01')`,
    );
    await operate(server, "backup", target);
    change(server, "delete from deltas");
    const restored = blank("without-deltas");
    await operate(restored, "restore", target);
    expect(query(restored, "select * from deltas")).toEqual([]);
    expect(query(restored, "select * from binaries")).toHaveLength(contents.length + 1);
  });
});

describe("content that the check in the background finds damaged", () => {
  it("is brought back from the backup that the settings name, and served again", async () => {
    const target = await mkdtemp(join(tmpdir(), "backup-"));
    const settings = { PERIDIO_SCRUB_INTERVAL: "1", PERIDIO_BACKUP_TARGET: target };
    const server = await startTestServer(settings, { backend: "sqlite+files" });
    const api = callApi(server.url);
    const bytes = randomBytes(300_000);
    const prn = await signedBinary(server, api, await makeSigner(api), {}, bytes);
    await operate(server, "backup", target);
    const [, , organization, , id] = prn.split(":") as [string, string, string, string, string];
    const path = join(server.contentRoot!, organization, id, "0", storedBinary(server, prn).content_file!);
    await writeFile(path, randomBytes(bytes.length));

    // It is not there for a moment.
    const now = () => readFile(path).catch(() => Buffer.alloc(0));
    await until("it is back", async () => sha256(await now()) === sha256(bytes), 60);
    const record = async () => (await api("GET", `/binaries/${prn}`)).body.binary;
    await until("it is served", async () => (await record()).quarantine === null, 10);
    const got = await fetch((await api("GET", `/binaries/${prn}/download_url`)).body.download_url);
    expect(sha256(new Uint8Array(await got.arrayBuffer()))).toBe(sha256(bytes));
    const { events } = (await api("GET", `/events?resource_prn=${prn}`)).body;
    expect(events.map(({ data }: { data: { type: string } }) => data.type)).toContain("quarantined");
    await server.stop();
    await rm(target, { recursive: true, force: true });
  });
});
