import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { archiveEnd, entryEnd, entryStart, readEntries } from "./cpio.ts";
import { builtIn, program } from "./zstd.ts";

/* Our archives against the real programs cpio and zstd. */

let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "archive-"));
  path = join(directory, "archive.zst");
  return () => rmSync(directory, { recursive: true });
});

const shell = (command: string): string => execFileSync("bash", ["-c", command], { cwd: directory }).toString();

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

describe("cpio", () => {
  const content = randomBytes(1_003);

  it("lists and unpacks what we write", () => {
    const archive = [entryStart("a b", 1_003), content, entryEnd(1_003), entryStart("ü", 0), archiveEnd()];
    writeFileSync(join(directory, "archive"), Buffer.concat(archive));
    expect(shell("cpio -t --quiet < archive")).toBe("a b\nü\n");
    shell("cpio -i --quiet < archive");
    expect(readFileSync(join(directory, "a b")).equals(content)).toBe(true);
  });

  it("writes what we read", async () => {
    writeFileSync(join(directory, "one"), content);
    writeFileSync(join(directory, "two"), "");
    shell("printf 'one\\ntwo\\n' | cpio -o -H newc --quiet > archive");
    async function* stream() {
      yield readFileSync(join(directory, "archive"));
    }
    const found: [string, Buffer][] = [];
    for await (const entry of readEntries(stream())) found.push([entry.name, await collect(entry.content)]);
    expect(found).toEqual([
      ["one", content],
      ["two", Buffer.alloc(0)],
    ]);
  });
});

const ways = { "node:zlib": builtIn, "the program zstd": program };

describe.each(Object.entries(ways))("%s", (_name, zstd) => {
  /** Compressible, and longer than any buffer on the way. */
  const bytes = Buffer.concat([randomBytes(700_001), Buffer.alloc(2_000_000, "firmware"), randomBytes(5)]);

  async function compress(): Promise<void> {
    const { input, finished } = zstd.compressInto(path);
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += 65_537) yield bytes.subarray(at, at + 65_537);
    }
    await pipeline(pieces(), input);
    await finished;
  }

  it("compresses what the other way decompresses", async () => {
    await compress();
    for (const other of Object.values(ways)) expect((await collect(other.decompress(path))).equals(bytes)).toBe(true);
    shell(`zstd -qd ${path} -o plain`);
    expect(readFileSync(join(directory, "plain")).equals(bytes)).toBe(true);
  });

  it("decompresses streams of several frames, wherever they are cut", async () => {
    writeFileSync(join(directory, "plain"), bytes);
    shell(`for size in 1 262143 262144 262145 600000; do
      (head -c $size plain | zstd -qc; tail -c +$((size + 1)) plain | zstd -qc; zstd -qc < /dev/null) > $size.zst
    done`);
    for (const size of [1, 262_143, 262_144, 262_145, 600_000]) {
      const found = await collect(zstd.decompress(join(directory, `${size}.zst`)));
      expect(found.equals(bytes), String(size)).toBe(true);
    }
  });

  it("notices a changed byte, an early end, and what isn't zstd at all", async () => {
    await compress();
    const whole = readFileSync(path);
    const changed = Buffer.from(whole);
    changed[350_000]! ^= 1;
    for (const [what, damaged] of Object.entries({
      changed,
      cut: whole.subarray(0, -10),
      text: Buffer.from("this is no archive at all"),
    })) {
      writeFileSync(path, damaged);
      await expect(collect(zstd.decompress(path)), what).rejects.toThrow(path);
    }
  });

  it("overwrites nothing", async () => {
    writeFileSync(path, "precious");
    const { input, finished } = zstd.compressInto(path);
    input.end("other");
    await expect(finished).rejects.toThrow("EEXIST");
    expect(readFileSync(path, "utf8")).toBe("precious");
  });
});

it("without the program, and with an old Node, one is told what to install", async () => {
  const { PATH } = process.env;
  process.env.PATH = directory;
  try {
    const words = /use Node 22.15 or newer .*or install the program zstd/;
    await expect(collect(program.decompress(path))).rejects.toThrow(words);
    await expect(program.compressInto(path).finished).rejects.toThrow(words);
  } finally {
    process.env.PATH = PATH;
  }
});
