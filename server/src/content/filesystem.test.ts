import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FilesystemStore, openFilesystemStore, partsFile } from "./filesystem.ts";
import { type ContentPlace, directoryOf } from "./place.ts";

let root: string;
let store: FilesystemStore;
let lastRevision = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "content-"));
  store = openFilesystemStore(join(root, "store"));
  await store.check();
});
afterAll(() => rm(root, { recursive: true, force: true }));

function newPlace(): ContentPlace {
  return { organizationId: "organization", binaryId: "binary", revision: lastRevision++ };
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const alive = (): AbortSignal => new AbortController().signal;

/** The bytes as a socket brings them: in chunks of odd sizes that share memory. */
/** A chunk is good until the next is asked for. */
async function copied(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const chunk of chunks) copies.push(Buffer.from(chunk));
  return Buffer.concat(copies);
}

function chunks(bytes: Buffer): Readable {
  const sizes = [1, 65_536, 7, 100_000, 3_000];
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const end = Math.min(bytes.length, at + sizes[turn % sizes.length]!);
    pieces.push(Buffer.from(bytes.subarray(at, end)));
    at = end;
  }
  return Readable.from(pieces);
}

async function* breakingOff(): AsyncGenerator<Buffer> {
  yield randomBytes(10_000);
  throw new Error("cut");
}

describe("receiving", () => {
  it("writes parts at their offsets, in parallel and in any order, and hashes each", async () => {
    const place = newPlace();
    const whole = randomBytes(3_500_000);
    const parts = [2, 0, 3, 1].map((index) => ({ offset: index * 1_000_000, index }));
    const received = await Promise.all(
      parts.map(({ offset }) => {
        const bytes = whole.subarray(offset, offset + 1_000_000);
        return store.receive(place, { file: partsFile, offset, limit: bytes.length }, chunks(bytes), alive());
      }),
    );
    for (const [at, { offset }] of parts.entries()) {
      const bytes = whole.subarray(offset, offset + 1_000_000);
      expect(received[at]).toEqual({ size: bytes.length, hash: sha256(bytes), tooLong: false });
    }
    expect(await readFile(store.pathOf(place, partsFile))).toEqual(whole);
  });

  it("writes nothing beyond the limit", async () => {
    const place = newPlace();
    const goal = { file: partsFile, offset: 0, limit: 1_000 };
    const received = await store.receive(place, goal, Readable.from([randomBytes(800), randomBytes(800)]), alive());
    expect(received.tooLong).toBe(true);
    expect((await readFile(store.pathOf(place, partsFile))).length).toBeLessThanOrEqual(1_000);
  });

  it("passes on the error of a body that breaks off", async () => {
    const body = Readable.from(breakingOff());
    const goal = { file: partsFile, offset: 0, limit: 1_000_000 };
    await expect(store.receive(newPlace(), goal, body, alive())).rejects.toThrow("cut");
  });

  it("stops when it is told to, and writes no more after that", async () => {
    const place = newPlace();
    const controller = new AbortController();
    const body = new PassThrough();
    const goal = { file: partsFile, offset: 0, limit: 10_000_000 };
    const receiving = store.receive(place, goal, body, controller.signal);
    body.write(randomBytes(600_000));
    await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort(new Error("reset"));
    body.write(randomBytes(600_000));
    await expect(receiving).rejects.toThrow("reset");
  });
});

describe("assembling", () => {
  it("copies spilled pieces into their gaps and leaves the others where they are", async () => {
    const place = newPlace();
    const whole = randomBytes(2_500_000);
    const write = (file: string, offset: number, from: number, to: number) =>
      store.receive(place, { file, offset, limit: to - from }, chunks(whole.subarray(from, to)), alive());
    await write(partsFile, 0, 0, 1_000_000);
    await write("spill", 0, 1_000_000, 2_000_000);
    await write(partsFile, 2_000_000, 2_000_000, 2_500_000);
    await store.assemble(place, partsFile, [
      { file: partsFile, offset: 0, size: 1_000_000 },
      { file: "spill", offset: 0, size: 1_000_000 },
      { file: partsFile, offset: 2_000_000, size: 500_000 },
    ]);
    expect(await readFile(store.pathOf(place, partsFile))).toEqual(whole);
  });

  it("cuts what is left behind the last piece, and makes an empty file of no pieces", async () => {
    const place = newPlace();
    await store.receive(place, { file: partsFile, offset: 0, limit: 5_000 }, chunks(randomBytes(5_000)), alive());
    await store.assemble(place, partsFile, [{ file: partsFile, offset: 0, size: 1_234 }]);
    expect((await readFile(store.pathOf(place, partsFile))).length).toBe(1_234);
    const empty = newPlace();
    await store.assemble(empty, partsFile, []);
    expect((await readFile(store.pathOf(empty, partsFile))).length).toBe(0);
  });

  it("says when a piece is shorter than it should be", async () => {
    const place = newPlace();
    await store.receive(place, { file: "short", offset: 0, limit: 10 }, chunks(randomBytes(10)), alive());
    const pieces = [{ file: "short", offset: 0, size: 11 }];
    await expect(store.assemble(place, "whole", pieces)).rejects.toThrow(/ends 1 bytes early/);
  });
});

describe("reading", () => {
  it("gives the bytes of a range, and none of an empty file", async () => {
    const place = newPlace();
    const whole = randomBytes(100_000);
    await store.receive(place, { file: "a", offset: 0, limit: whole.length }, chunks(whole), alive());
    expect(await copied(store.chunks(place, "a", 10, 99_999))).toEqual(whole.subarray(10));
    expect(await copied(store.chunks(place, "a", 0, -1))).toEqual(Buffer.alloc(0));
  });
});

describe("removing", () => {
  it("removes a place and the empty folders above it, and nothing else", async () => {
    const [gone, stays] = [newPlace(), newPlace()];
    for (const place of [gone, stays]) {
      await store.receive(place, { file: "a", offset: 0, limit: 10 }, chunks(randomBytes(10)), alive());
    }
    await store.remove(gone);
    expect(existsSync(directoryOf(join(root, "store"), gone))).toBe(false);
    expect(await readdir(directoryOf(join(root, "store"), stays))).toEqual(["a"]);
    await store.remove(gone);
  });

  it("keeps the one file that is named", async () => {
    const place = newPlace();
    for (const file of ["a", "b", "c"]) {
      await store.receive(place, { file, offset: 0, limit: 10 }, chunks(randomBytes(10)), alive());
    }
    await store.removeOthers(place, "b");
    expect(await readdir(directoryOf(join(root, "store"), place))).toEqual(["b"]);
  });
});
