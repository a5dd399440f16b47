import { promisify } from "node:util";
import zlib from "node:zlib";
import { free } from "./receive.ts";

/*
 * Content in the seekable format of zstd: independent frames of so many plain bytes each, and behind them a table of their
 * sizes in a frame that decoders skip. The whole is plain zstd to any decoder; who wants some bytes reads only their frames.
 * Source: https://github.com/facebook/zstd/blob/dev/contrib/seekable_format/zstd_seekable_compression_format.md
 */

/** Plain bytes of each frame but the last: larger ones compress a little better, and make small ranges dear. */
export const frameBytes = 131_072;
/** Of a table, which is held in memory. 32 GiB of plain bytes. */
const maxFrames = 262_144;
export const maxFramedSize = maxFrames * frameBytes;
const level = 3;

const skippableMagic = 0x184d2a5e;
const seekableMagic = 0x8f92eab1;
const headBytes = 8;
const entryBytes = 8;
const footBytes = 9;

/** Node has zstd since 22.15. */
export const canFrame = typeof zlib.zstdCompress === "function";

/** Bytes `start` to `end`, both included, of what is read; a chunk is good until the next is asked for. */
export type ReadBytes = (start: number, end: number) => AsyncIterable<Uint8Array>;

/** One frame. Made beside the main thread; it checks itself when it is decoded. */
export function compressFrame(plain: Uint8Array): Promise<Buffer> {
  const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = zlib.constants;
  return promisify(zlib.zstdCompress)(plain, {
    chunkSize: frameBytes,
    params: { [ZSTD_c_compressionLevel]: level, [ZSTD_c_checksumFlag]: 1 },
  });
}

/** Frames of content as it comes, one at a time in memory, and their table. */
export async function* toFrames(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const sizes: { stored: number; plain: number }[] = [];
  for await (const plain of blocks(content)) {
    const frame = await compressFrame(plain);
    sizes.push({ stored: frame.length, plain: plain.length });
    yield frame;
  }
  yield tableOf(sizes);
}

/** Blocks of the size of a frame; each is good until the next is asked for. */
async function* blocks(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafe(frameBytes);
  let held = 0;
  for await (const chunk of content) {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(chunk.length - at, frameBytes - held);
      block.set(chunk.subarray(at, at + taken), held);
      held += taken;
      at += taken;
      if (held < frameBytes) continue;
      yield block;
      held = 0;
    }
  }
  if (held > 0) yield block.subarray(0, held);
}

function tableOf(sizes: readonly { stored: number; plain: number }[]): Buffer {
  const length = sizes.length * entryBytes + footBytes;
  const table = Buffer.alloc(headBytes + length);
  table.writeUInt32LE(skippableMagic, 0);
  table.writeUInt32LE(length, 4);
  for (const [index, { stored, plain }] of sizes.entries()) {
    table.writeUInt32LE(stored, headBytes + index * entryBytes);
    table.writeUInt32LE(plain, headBytes + index * entryBytes + 4);
  }
  table.writeUInt32LE(sizes.length, table.length - footBytes);
  // The descriptor between the two is 0: no checksums in the table, the frames have their own.
  table.writeUInt32LE(seekableMagic, table.length - 4);
  return table;
}

/** Where each frame begins, and behind the last where that ends. */
export type FrameTable = Float64Array;

/** Reads the table behind the frames. @throws Error when it is none that this server writes for so much content */
export async function readTable(read: ReadBytes, storedSize: number, plainSize: number): Promise<FrameTable> {
  const count = Math.ceil(plainSize / frameBytes);
  const length = headBytes + count * entryBytes + footBytes;
  const bad = (what: string) => new Error(`the frames of the content are not as they were written: ${what}`);
  if (count > maxFrames || length > storedSize) throw bad("there is no room for their table");
  const table = await readAll(read(storedSize - length, storedSize - 1), length);
  const isOurs =
    table.readUInt32LE(0) === skippableMagic &&
    table.readUInt32LE(4) === length - headBytes &&
    table.readUInt32LE(length - footBytes) === count &&
    table.readUInt32LE(length - 4) === seekableMagic;
  if (!isOurs) throw bad("their table is damaged");
  const begins = new Float64Array(count + 1);
  for (let index = 0; index < count; index++) {
    const at = headBytes + index * entryBytes;
    begins[index + 1] = begins[index]! + table.readUInt32LE(at);
    const plain = index + 1 < count ? frameBytes : plainSize - index * frameBytes;
    if (table.readUInt32LE(at + 4) !== plain) throw bad(`frame ${index} has another size`);
  }
  if (begins[count] !== storedSize - length) throw bad("they have another size in sum");
  return begins;
}

/** Frames that are decoded beside the one that is in use. */
const ahead = 4;
/** Frames of a range that are sooner decoded than a thread is asked for it. */
const few = 2;

/** Plain bytes `start` to `end`, both included. @throws Error for frames that don't decode to what they must */
export async function* readFrames(
  read: ReadBytes,
  table: FrameTable,
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  const [first, last] = [Math.floor(start / frameBytes), Math.floor(end / frameBytes)];
  const decoding: Promise<Buffer>[] = [];
  let index = first;
  async function* next(): AsyncGenerator<Buffer> {
    const plain = await decoding.shift()!;
    if (index < last && plain.length !== frameBytes) throw new Error(`frame ${index} of the content is cut off`);
    const begin = index++ * frameBytes;
    yield plain.subarray(Math.max(0, start - begin), Math.min(plain.length, end - begin + 1));
    free(plain, decoder.chunkSize);
  }
  for await (const frame of storedFrames(read, table, first, last)) {
    if (last - first < few) {
      decoding.push(Promise.resolve(zlib.zstdDecompressSync(frame, decoder)));
      free(frame);
      continue;
    }
    const plain = promisify(zlib.zstdDecompress)(frame, decoder).finally(() => free(frame));
    // Whoever leaves before its turn must not bring the process down by it.
    plain.catch(() => {});
    decoding.push(plain);
    if (decoding.length > ahead) yield* next();
  }
  while (decoding.length > 0) yield* next();
}

/** In one step: with smaller chunks a thread is asked for each of them, and one that is filled asks for another. */
const decoder = { chunkSize: frameBytes + 1_024, maxOutputLength: frameBytes };

/** The frames `first` to `last`, both included, as they are stored. */
async function* storedFrames(read: ReadBytes, table: FrameTable, first: number, last: number): AsyncGenerator<Buffer> {
  const room = (index: number) => Buffer.allocUnsafe(table[index + 1]! - table[index]!);
  let index = first;
  let frame = room(index);
  let filled = 0;
  for await (const chunk of read(table[first]!, table[last + 1]! - 1)) {
    for (let at = 0; at < chunk.length; ) {
      if (index > last) throw new Error("the store gave more than was asked for");
      const taken = Math.min(chunk.length - at, frame.length - filled);
      frame.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled < frame.length) continue;
      yield frame;
      filled = 0;
      if (++index <= last) frame = room(index);
    }
  }
  if (index <= last) throw new Error(`the store ended in frame ${index} of ${last}`);
}

async function readAll(chunks: AsyncIterable<Uint8Array>, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for await (const chunk of chunks) {
    if (at + chunk.length > size) throw new Error("the store gave more than was asked for");
    bytes.set(chunk, at);
    at += chunk.length;
  }
  if (at < size) throw new Error(`the store gave ${at} of ${size} bytes`);
  return bytes;
}
