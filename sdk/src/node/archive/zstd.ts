import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import { decompressFrames } from "./frames.ts";

const level = 3;
const chunkSize = 262_144;

/** One way to compress and decompress. */
export interface Zstd {
  /** Compresses what is written to `input` into a new file, which is on the disk when `finished` resolves. */
  compressInto(path: string): { input: Writable; finished: Promise<void> };
  /** The bytes in a compressed file. @throws Error when it is none, is damaged or cut off */
  decompress(path: string): AsyncIterable<Uint8Array>;
}

/** Node's own, which it has since 22.15. */
export const builtIn: Zstd = {
  compressInto(path) {
    const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = zlib.constants;
    const params = { [ZSTD_c_compressionLevel]: level, [ZSTD_c_checksumFlag]: 1 };
    const input = zlib.createZstdCompress({ params, chunkSize });
    return { input, finished: pipeline(input, newFile(path)) };
  },
  async *decompress(path) {
    try {
      yield* decompressFrames(createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>);
    } catch (error) {
      throw explained(error, path);
    }
  },
};

function explained(error: unknown, path: string): unknown {
  const { code = "", message } = error as { code?: string; message: string };
  if (code === "Z_BUF_ERROR") return new Error(`${path} ends early: its compressed stream is cut off`);
  if (!code.startsWith("ZSTD_")) return error;
  return new Error(`${path} is not compressed by zstd, or is damaged: ${message}`);
}

/** The program of this name, for older versions of Node. */
export const program: Zstd = {
  compressInto(path) {
    const child = spawn("zstd", ["-q", "-c", `-${level}`], { stdio: ["pipe", "pipe", "pipe"] });
    const ended = endOf(child, "it could not compress");
    const written = pipeline(child.stdout, newFile(path));
    // Its end tells what went wrong; that nobody reads any more doesn't.
    child.stdin.on("error", () => {});
    return { input: child.stdin, finished: Promise.all([ended, written]).then(() => {}) };
  },
  async *decompress(path) {
    const child = spawn("zstd", ["-q", "-d", "-c", "--", path], { stdio: ["ignore", "pipe", "pipe"] });
    const ended = endOf(child, `${path} is not compressed by zstd, or is damaged`);
    ended.catch(() => {});
    try {
      for await (const piece of child.stdout) yield piece as Buffer;
      await ended;
    } finally {
      child.kill();
    }
  },
};

/** @throws Error with what it complained about, unless it ends well */
async function endOf(child: ReturnType<typeof spawn>, failure: string): Promise<void> {
  let complaint = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(0, 1_000);
  });
  const [code] = await once(child, "close").catch((error: { code?: string }) => {
    throw error.code === "ENOENT" ? new Error(neither) : error;
  });
  if (code !== 0) throw new Error(`${failure}: ${complaint.trim() || `zstd ended with ${code}`}`);
}

const neither =
  `archives need zstd: use Node 22.15 or newer (this is ${process.version}), ` +
  "or install the program zstd, as by apt-get install zstd";

function newFile(path: string) {
  return createWriteStream(path, { flags: "wx", flush: true });
}

/** The one that works here. */
export function zstd(): Zstd {
  return "createZstdCompress" in zlib ? builtIn : program;
}
