import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import type { Coder } from "../transport.ts";

const chunkSize = 131_072;

/** Fast ones: what is sent is sent once. */
const level = { zstd: 3, gzip: 1 };

/** zstd where Node has it, since 22.15; gzip before. */
export const nodeCoder: Coder = {
  name: typeof zlib.createZstdCompress === "function" ? "zstd" : "gzip",
  async *encode(pieces) {
    const params = { [zlib.constants.ZSTD_c_compressionLevel]: level.zstd };
    const encoder =
      nodeCoder.name === "zstd"
        ? zlib.createZstdCompress({ params, chunkSize })
        : zlib.createGzip({ level: level.gzip, chunkSize });
    const fed = pipeline(Readable.from(pieces()), encoder);
    fed.catch(() => {}); // Awaited below, once all came out.
    for await (const piece of encoder) yield piece as Buffer;
    await fed;
  },
};
