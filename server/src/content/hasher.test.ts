import { createHash, randomBytes } from "node:crypto";
import { appendFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Hasher, startHasher } from "./hasher.ts";

let directory: string;
let hasher: Hasher;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hasher-"));
  hasher = startHasher();
});
afterAll(async () => {
  await hasher.stop();
  await rm(directory, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

it("hashes a whole file", async () => {
  const path = join(directory, "whole");
  const bytes = randomBytes(5_000_000);
  writeFileSync(path, bytes);
  expect(await hasher.follow(path).finish()).toEqual({ hash: sha256(bytes), size: bytes.length });
});

it("follows a file that grows, several at a time", async () => {
  const jobs = await Promise.all(
    ["a", "b", "c"].map(async (name) => {
      const path = join(directory, name);
      writeFileSync(path, "");
      const following = hasher.follow(path);
      const pieces = Array.from({ length: 10 }, () => randomBytes(300_000));
      let size = 0;
      for (const piece of pieces) {
        appendFileSync(path, piece);
        size += piece.length;
        following.advance(size);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      return { result: await following.finish(), expected: sha256(Buffer.concat(pieces)) };
    }),
  );
  for (const { result, expected } of jobs) expect(result.hash).toBe(expected);
});

it("never reads beyond what was announced", async () => {
  const path = join(directory, "changing");
  const right = randomBytes(100_000);
  writeFileSync(path, Buffer.concat([right, randomBytes(100_000)]));
  const following = hasher.follow(path);
  following.advance(right.length);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const tail = randomBytes(100_000);
  writeFileSync(path, Buffer.concat([right, tail]));
  expect((await following.finish()).hash).toBe(sha256(Buffer.concat([right, tail])));
});

it("hashes an empty file", async () => {
  const path = join(directory, "empty");
  writeFileSync(path, "");
  expect(await hasher.follow(path).finish()).toEqual({ hash: sha256(Buffer.alloc(0)), size: 0 });
});

it("says when a file isn't there, also when that was found before anyone asked", async () => {
  const following = hasher.follow(join(directory, "missing"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(following.finish()).rejects.toThrow(/ENOENT/);
});

it("goes on with other files after one was closed", async () => {
  const path = join(directory, "whole");
  hasher.follow(path).close();
  expect((await hasher.follow(path).finish()).size).toBe(5_000_000);
});
