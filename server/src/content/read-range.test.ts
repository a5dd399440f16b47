import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { readFileRange } from "./read-range.ts";

const folder = mkdtempSync(join(tmpdir(), "file-range-"));
const path = join(folder, "content");
const bytes = randomBytes(5 * 2 ** 20 + 7);
writeFileSync(path, bytes);
afterAll(() => rmSync(folder, { recursive: true }));

describe("a range of a file", () => {
  it("is read byte by byte as it is, with both ends", async () => {
    const position = fc.nat(bytes.length - 1);
    await fc.assert(
      fc.asyncProperty(position, position, async (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const copies: Buffer[] = [];
        for await (const chunk of readFileRange(path, start, end)) copies.push(Buffer.from(chunk));
        expect(Buffer.concat(copies).equals(bytes.subarray(start, end + 1))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps a chunk as it is until the next is asked for, however long that takes", async () => {
    let position = 0;
    for await (const chunk of readFileRange(path, 0, bytes.length - 1)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(chunk.equals(bytes.subarray(position, position + chunk.length))).toBe(true);
      position += chunk.length;
    }
    expect(position).toBe(bytes.length);
  });

  it("ends where the file ends", async () => {
    let length = 0;
    for await (const chunk of readFileRange(path, 10, bytes.length + 3 * 2 ** 20)) length += chunk.length;
    expect(length).toBe(bytes.length - 10);
  });

  it("of no file is an error", async () => {
    await expect(readFileRange(join(folder, "none"), 0, 1).next()).rejects.toMatchObject({ code: "ENOENT" });
  });
});
