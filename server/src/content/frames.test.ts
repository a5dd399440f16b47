import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameBytes, type ReadBytes, readFrames, readTable, toFrames } from "./frames.ts";

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk));
  return Buffer.concat(all);
}

/** In pieces of odd sizes, as a store would give them. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const reading =
  (stored: Buffer): ReadBytes =>
  (start, end) =>
    pieces(stored.subarray(start, end + 1), 70_001);

/** Text that compresses, with noise in the midst that doesn't. */
function firmware(size: number): Buffer {
  const text = Buffer.alloc(size, "the quick brown fox jumps over the lazy dog, ");
  const noise = randomBytes(Math.floor(size / 3));
  text.set(noise, Math.floor(size / 3));
  return text;
}

async function roundTrip(stored: Buffer, size: number, start: number, end: number): Promise<Buffer> {
  const read = reading(stored);
  return collect(readFrames(read, await readTable(read, stored.length, size), start, end));
}

describe("content in frames", () => {
  const sizes = [1, 100, frameBytes - 1, frameBytes, frameBytes + 1, 5 * frameBytes + 12_345];

  it.each(sizes)("of %i bytes gives back any range", async (size) => {
    const plain = firmware(size);
    const stored = await collect(toFrames(pieces(plain, 300_007)));
    expect((await roundTrip(stored, size, 0, size - 1)).equals(plain)).toBe(true);
    const at = fc.integer({ min: 0, max: size - 1 });
    await fc.assert(
      fc.asyncProperty(at, at, async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const got = await roundTrip(stored, size, start, end);
        expect(got.equals(plain.subarray(start, end + 1))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it("is plain zstd to the program", async () => {
    const plain = firmware(3 * frameBytes + 7);
    const directory = mkdtempSync(join(tmpdir(), "frames-"));
    const path = join(directory, "content.zst");
    writeFileSync(path, await collect(toFrames(pieces(plain, 64_000))));
    const got = execFileSync("zstd", ["-dc", path], { maxBuffer: 2 * plain.length });
    rmSync(directory, { recursive: true });
    expect(got.equals(plain)).toBe(true);
  });

  it("that was damaged gives no other bytes than were written, but an error", async () => {
    const plain = firmware(2 * frameBytes);
    const stored = await collect(toFrames(pieces(plain, 64_000)));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: stored.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const damaged = Buffer.from(stored);
          damaged[at]! ^= by;
          const got = await roundTrip(damaged, plain.length, 0, plain.length - 1).catch(() => null);
          expect(got === null || got.equals(plain)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
    await expect(roundTrip(stored.subarray(0, -1), plain.length, 0, 10)).rejects.toThrow("as they were written");
    await expect(roundTrip(stored, plain.length + frameBytes, 0, 10)).rejects.toThrow("as they were written");
  });
});
