import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAzure } from "../../../e2e/support/azure-server.ts";
import { bucket, type ObjectServer, s3Keys, startS3 } from "../../../e2e/support/s3-server.ts";
import { readAzureUrl } from "./azure/settings.ts";
import { openAzureStore } from "./azure/store.ts";
import { openFilesystemStore, partsFile } from "./filesystem.ts";
import { readGoogleUrl } from "./google/settings.ts";
import { type ContentPlace, keyOf, newFile } from "./place.ts";
import { remoteDigest } from "./remote-digest.ts";
import { readS3Url } from "./s3/settings.ts";
import { openS3Store } from "./s3/store.ts";
import type { AnyStore, ObjectStore, OpenUpload, PartToSend, StoredEntry } from "./store.ts";

/** Every kind of store, real: what each promises is said once, here. */

const mebibyte = 1_048_576;
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const alive = (): AbortSignal => new AbortController().signal;

let lastRevision = 0;
function newPlace(): ContentPlace {
  return { organizationId: randomUUID(), binaryId: randomUUID(), revision: lastRevision++ };
}

async function whole(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const chunk of chunks) copies.push(Buffer.from(chunk));
  return Buffer.concat(copies);
}

interface Kind<Store> {
  open(): Promise<Store>;
  close(): Promise<void>;
}

function s3(options = ""): Kind<ObjectStore> {
  let server: ObjectServer;
  return {
    async open() {
      server = await startS3();
      const url = `s3://${bucket}/some/prefix?endpoint=${server.endpoint}${options}`;
      return openS3Store({ ...readS3Url(url), credentials: s3Keys });
    },
    close: () => server.stop(),
  };
}

function azure(): Kind<ObjectStore> {
  let server: ObjectServer;
  return {
    async open() {
      server = await startAzure();
      return openAzureStore(
        readAzureUrl(`azblob://${bucket}/some/prefix?endpoint=${server.endpoint}`, server.environment),
      );
    },
    close: () => server.stop(),
  };
}

function files(shared: boolean): Kind<AnyStore> {
  let root: string;
  return {
    async open() {
      root = await mkdtemp(join(tmpdir(), "stores-"));
      return openFilesystemStore(root, { shared });
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
}

/** Google's own server can't be had for tests: what is shown is that its settings work with a server of the protocol. */
function google(): Kind<ObjectStore> {
  let server: ObjectServer;
  return {
    async open() {
      server = await startS3();
      const keys = { GS_ACCESS_KEY_ID: s3Keys.accessKeyId, GS_SECRET_ACCESS_KEY: s3Keys.secretAccessKey };
      return openS3Store({ ...readGoogleUrl(`gs://${bucket}?endpoint=${server.endpoint}`, keys), region: "us-east-1" });
    },
    close: () => server.stop(),
  };
}

const objectStores = { S3: s3(), "S3 without checksums": s3("&checksums=false"), Google: google(), Azure: azure() };
const all: Record<string, Kind<AnyStore>> = { files: files(false), "shared files": files(true), ...objectStores };

describe.each(Object.entries(all))("%s", (_name, kind) => {
  let store: AnyStore;
  beforeAll(async () => {
    store = await kind.open();
  });
  afterAll(() => kind.close());

  const read = (place: ContentPlace, file: string, start: number, end: number) =>
    whole(store.chunks(place, file, start, end));
  const keep = (place: ContentPlace, file: string, bytes: Buffer) =>
    store.receiveWhole(place, file, bytes.length, Readable.from([Buffer.from(bytes)]), alive());

  it("can be reached", () => store.check());

  it.each([
    0,
    1,
    8 * mebibyte,
    20 * mebibyte + 3,
  ])("keeps a body of %i bytes, and gives back any part of it", async (size) => {
    const place = newPlace();
    const file = newFile("direct");
    const bytes = randomBytes(size);
    expect(await keep(place, file, bytes)).toEqual({ size, hash: sha256(bytes), tooLong: false });
    if (size === 0) return;
    expect(sha256(await read(place, file, 0, size - 1))).toBe(sha256(bytes));
    const middle = Math.floor(size / 2);
    expect(await read(place, file, middle, middle)).toEqual(bytes.subarray(middle, middle + 1));
    expect(await remoteDigest((start, end) => store.chunks(place, file, start, end), size, alive())).toBe(
      sha256(bytes),
    );
  });

  it("keeps nothing of a body that is too long, breaks off or is not wanted any more", async () => {
    const place = newPlace();
    const files = Array.from({ length: 3 }, () => newFile("direct"));
    const long = await store.receiveWhole(
      place,
      files[0]!,
      9 * mebibyte,
      Readable.from([randomBytes(10 * mebibyte)]),
      alive(),
    );
    expect(long.tooLong).toBe(true);
    async function* breaking() {
      yield randomBytes(9 * mebibyte);
      throw new Error("cut");
    }
    await expect(
      store.receiveWhole(place, files[1]!, 20 * mebibyte, Readable.from(breaking()), alive()),
    ).rejects.toThrow("cut");
    const control = new AbortController();
    const silent = new PassThrough();
    silent.write(randomBytes(100));
    const waiting = store.receiveWhole(place, files[2]!, 1000, silent, control.signal);
    setTimeout(() => control.abort(new Error("not wanted")), 50);
    await expect(waiting).rejects.toThrow("not wanted");
    if (!("kind" in store) || store.kind !== "objects") return;
    for (const file of files) expect(await (store as ObjectStore).sizeOf(place, file)).toBeNull();
  });

  it("removes a file, the others of a place, a place; what isn't there is no error", async () => {
    const place = newPlace();
    const [one, two, three] = ["one", "two", "three"].map((name) => newFile(name)) as [string, string, string];
    const bytes = randomBytes(1000);
    for (const file of [one, two, three]) await keep(place, file, bytes);
    await store.removeFile(place, one);
    await store.removeFile(place, one);
    await expect(read(place, one, 0, 9)).rejects.toThrow();
    await store.removeOthers(place, three);
    await expect(read(place, two, 0, 9)).rejects.toThrow();
    expect(await read(place, three, 0, 999)).toEqual(bytes);
    await store.remove(place);
    await expect(read(place, three, 0, 9)).rejects.toThrow();
    await store.remove(place);
    await store.removeOthers(newPlace(), "none");
    await store.remove(newPlace());
  });

  it("lists all that it keeps in the order of the keys, from any of them on, with sizes", async () => {
    const places = Array.from({ length: 3 }, newPlace);
    for (const place of places) for (const file of ["one", "two"]) await keep(place, file, randomBytes(file.length));
    const ours = new Set(places.map(keyOf));
    const list = async (after: string) => {
      const found: StoredEntry[] = [];
      for await (const entry of store.entries(after)) {
        if (ours.has(entry.key.split("/").slice(0, 3).join("/"))) found.push(entry);
      }
      return found;
    };
    const all = await list("");
    expect(all.map(({ key }) => key)).toEqual(
      places.flatMap((place) => [`${keyOf(place)}/one`, `${keyOf(place)}/two`]).sort(),
    );
    expect(all.every(({ size, modifiedAt }) => size === 3 && Date.now() - modifiedAt.getTime() < 600_000)).toBe(true);
    expect(await list(all[2]!.key)).toEqual(all.slice(3));
    expect(await store.sizeOf(places[0]!, "one")).toBe(3);
    expect(await store.sizeOf(places[0]!, "none")).toBeNull();
    for (const place of places) await store.remove(place);
    expect(await list("")).toEqual([]);
  });

  it("says that something is missing, rather than giving less", async () => {
    await expect(read(newPlace(), "none", 0, 9)).rejects.toThrow();
    const place = newPlace();
    const file = newFile("direct");
    await keep(place, file, randomBytes(100));
    const got = await read(place, file, 50, 199).catch(() => null);
    expect(got === null || got.length === 50).toBe(true);
  });
});

describe.each(Object.entries(objectStores))("%s, to which clients send parts", (name, kind) => {
  let store: ObjectStore;
  beforeAll(async () => {
    store = await kind.open();
  });
  afterAll(() => kind.close());

  const checks = name === "S3";
  const partSize = 5 * mebibyte;

  /** As official clients do. */
  function put(url: string, bytes: Buffer, hash = sha256(bytes)): Promise<Response> {
    return fetch(url, {
      method: "PUT",
      headers: {
        "content-type": "application/octet-stream",
        "x-amz-checksum-sha256": Buffer.from(hash, "hex").toString("base64"),
      },
      body: new Uint8Array(bytes),
    });
  }

  async function send(place: ContentPlace, upload: string, index: number, bytes: Buffer): Promise<PartToSend> {
    const part = { index, size: bytes.length, hash: sha256(bytes) };
    const answer = await put(await store.partLink(place, upload, part, 60), bytes);
    expect([200, 201], await answer.text()).toContain(answer.status);
    return part;
  }

  it("lists the uploads that did not end, and ends them", async () => {
    const [one, two] = [newPlace(), newPlace()];
    const uploads = [await store.beginUpload(one), await store.beginUpload(two)];
    await send(one, uploads[0]!, 1, randomBytes(partSize));
    await send(two, uploads[1]!, 1, randomBytes(partSize));
    const list = async () => {
      const found: OpenUpload[] = [];
      for await (const upload of store.openUploads()) found.push(upload);
      return found.filter(({ key }) => [one, two].some((place) => key.startsWith(keyOf(place))));
    };
    const open = await list();
    expect(open.map(({ key }) => key).sort()).toEqual([`${keyOf(one)}/content`, `${keyOf(two)}/content`].sort());
    expect(open.every(({ touchedAt }) => Math.abs(Date.now() - touchedAt.getTime()) < 600_000)).toBe(true);
    await store.abortUpload(one, partsFile, open.find(({ key }) => key.startsWith(keyOf(one)))!.upload);
    expect((await list()).map(({ key }) => key)).toEqual([`${keyOf(two)}/content`]);
    await store.remove(two);
    expect(await list()).toEqual([]);
  });

  it("makes one file of parts that come in any order, some of them twice", async () => {
    const place = newPlace();
    const upload = await store.beginUpload(place);
    const bytes = randomBytes(2 * partSize + 77);
    const pieces = [0, 1, 2].map((at) => bytes.subarray(at * partSize, (at + 1) * partSize));
    expect(await store.listParts(place, upload)).toEqual([]);
    await send(place, upload, 2, randomBytes(partSize));
    const sent: PartToSend[] = [];
    for (const at of [2, 0, 1]) sent.push(await send(place, upload, at + 1, pieces[at]!));
    const listed = await store.listParts(place, upload);
    expect(listed.map(({ index, size }) => [index, size])).toEqual([
      [1, partSize],
      [2, partSize],
      [3, 77],
    ]);
    if (checks) expect(listed.map(({ hash }) => hash)).toEqual(pieces.map(sha256));
    await store.completeUpload(place, upload, listed);
    await store.completeUpload(place, upload, listed);
    expect(await store.sizeOf(place, partsFile)).toBe(bytes.length);
    expect(sha256(await whole(store.chunks(place, partsFile, 0, bytes.length - 1)))).toBe(sha256(bytes));
    expect(await whole(store.chunks(place, partsFile, partSize - 2, partSize + 1))).toEqual(
      bytes.subarray(partSize - 2, partSize + 2),
    );
  });

  it("has closed the file once it is complete: no link changes it any more", async () => {
    const place = newPlace();
    const upload = await store.beginUpload(place);
    const bytes = randomBytes(1000);
    const link = await store.partLink(place, upload, { index: 1, size: 1000, hash: sha256(bytes) }, 60);
    expect((await put(link, bytes)).ok).toBe(true);
    await store.completeUpload(place, upload, await store.listParts(place, upload));
    const other = randomBytes(1000);
    expect((await put(link, other)).ok).toBe(false);
    // What Azure's links would also allow: to write the whole blob, or make it of other blocks.
    const blob = link.replace(/&comp=block&blockid=[^&]*/, "");
    const headers = { "x-ms-blob-type": "BlockBlob" };
    expect((await fetch(blob, { method: "PUT", headers, body: new Uint8Array(other) })).ok).toBe(false);
    const list = '<?xml version="1.0"?><BlockList></BlockList>';
    expect((await fetch(`${blob}&comp=blocklist`, { method: "PUT", body: list })).ok).toBe(false);
    expect((await fetch(blob, { method: "DELETE" })).ok).toBe(false);
    expect(await whole(store.chunks(place, partsFile, 0, 999))).toEqual(bytes);
    await store.remove(place);
    expect(await store.sizeOf(place, partsFile)).toBeNull();
  });

  it("takes a part only by its own link: not tampered with, not expired, not for another part", async () => {
    const place = newPlace();
    const upload = await store.beginUpload(place);
    const bytes = randomBytes(1000);
    const part = { index: 1, size: 1000, hash: sha256(bytes) };
    const link = await store.partLink(place, upload, part, 60);
    const forged = link.replace(/(X-Amz-Signature|sig)=(....)/, "$1=0000");
    expect(forged).not.toBe(link);
    expect((await put(forged, bytes)).status).toBe(403);
    const elsewhere = link.replace(/partNumber=1/, "partNumber=2");
    if (elsewhere !== link) expect((await put(elsewhere, bytes)).status).toBe(403);
    if (checks) {
      const wrong = randomBytes(1000);
      expect([400, 403]).toContain((await put(link, wrong)).status);
      expect((await put(link, wrong, sha256(wrong))).status).toBe(403);
    }
    const brief = await store.partLink(place, upload, part, 1);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await put(brief, bytes)).status).toBe(403);
    expect(await store.listParts(place, upload)).toEqual([]);
  });

  it("gives a link that fetches a file under its name, whole and in ranges, for a while", async () => {
    const place = newPlace();
    const bytes = randomBytes(100_000);
    await store.receiveWhole(place, "direct-1", bytes.length, Readable.from([bytes]), alive());
    const before = Math.floor(Date.now() / 1000) * 1000;
    const { url: link, expiresAt } = await store.downloadLink(place, "direct-1", "firmware 1.bin", 60);
    expect(expiresAt.getTime()).toBeGreaterThanOrEqual(before + 60_000);
    const answer = await fetch(link);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="firmware 1.bin"');
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
    const range = await fetch(link, { headers: { range: "bytes=500-999" } });
    expect(range.status).toBe(206);
    expect(Buffer.from(await range.arrayBuffer())).toEqual(bytes.subarray(500, 1000));
    expect((await fetch(link.replace(/(X-Amz-Signature|sig)=(....)/, "$1=0000"))).status).toBe(403);
    expect((await fetch(link, { method: "PUT", body: "no" })).ok).toBe(false);
  });

  it("forgets an upload that is removed", async () => {
    const place = newPlace();
    const upload = await store.beginUpload(place);
    await send(place, upload, 1, randomBytes(1000));
    await store.remove(place);
    const parts = [{ index: 1, size: 1000, hash: null, tag: '"x"' }];
    await expect(store.completeUpload(place, upload, parts)).rejects.toThrow(/forgot/);
    expect(await store.sizeOf(place, partsFile)).toBeNull();
  });
});

it("a link of S3 ends with the temporary credentials that signed it", async () => {
  const expiration = new Date(Date.now() + 1_800_000);
  const credentials = { ...s3Keys, sessionToken: "a session", expiration };
  const store = openS3Store({ ...readS3Url(`s3://${bucket}`), credentials });
  const linkFor = (lives: number) => store.downloadLink(newPlace(), "content", "firmware", lives);
  expect((await linkFor(3_600)).expiresAt).toEqual(expiration);
  expect((await linkFor(60)).expiresAt.getTime()).toBeLessThan(expiration.getTime());
  expect((await store.linkLimit()).seconds).toBe(129_600);
  const lasting = openS3Store({ ...readS3Url(`s3://${bucket}`), credentials: s3Keys });
  expect((await lasting.linkLimit()).seconds).toBe(604_800);
});
