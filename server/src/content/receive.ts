import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { Readable } from "node:stream";

/**
 * Bytes collected before one write. Larger is faster for one upload, but many at once each hold two of these: one that
 * fills while the other is written.
 */
const batchBytes = 262_144;

export interface Received {
  /** Bytes that arrived, at most `limit` + what the last chunk had beyond it. */
  size: number;
  /** SHA-256 of what arrived, lowercase hex; meaningless when it is too long. */
  hash: string;
  tooLong: boolean;
}

/**
 * Streams a body to its place in a file and hashes it on the way: each byte is touched once. Without a file the bytes
 * are only hashed. Stops reading once more than `limit` bytes came; nothing beyond them is written.
 * The caller syncs the file.
 * When the signal fires it ends at once, also while nothing comes; what still comes is not kept.
 * @throws what the stream or the disk throw, and the signal's reason.
 */
export async function receive(
  body: Readable,
  file: FileHandle | null,
  offset: number,
  limit: number,
  signal: AbortSignal,
): Promise<Received> {
  const hash = createHash("sha256");
  let size = 0;
  let position = offset;
  let batch: Buffer[] = [];
  let batched = 0;
  let writing: Promise<void> = Promise.resolve();

  const flush = async (): Promise<void> => {
    await writing;
    const chunks = batch;
    const at = position;
    position += batched;
    batch = [];
    batched = 0;
    writing = writeAll(file, chunks, at).finally(() => {
      for (const chunk of chunks) free(chunk);
    });
    writing.catch(() => {}); // Awaited at the next flush; this only keeps it from being called unhandled until then.
  };

  try {
    for await (const chunk of chunksOf(body, signal)) {
      size += chunk.length;
      if (size > limit) return { size, hash: "", tooLong: true };
      hash.update(chunk);
      batch.push(chunk);
      batched += chunk.length;
      if (batched >= batchBytes) await flush();
    }
    await flush();
  } finally {
    // Whoever waits for this writer to end must not see it write afterwards.
    await writing;
  }
  signal.throwIfAborted();
  return { size, hash: hash.digest("hex"), tooLong: false };
}

/**
 * The chunks of a body. A stream's own iterator can't be left while it waits for a client that has fallen silent, and
 * takes the connection down with it, over which an answer is still to go. Here what is left over is read and dropped.
 */
export async function* chunksOf(body: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  let failure: Error | null = null;
  let wake = () => {};
  const stir = () => wake();
  const fail = (error: Error) => {
    failure = error;
    wake();
  };
  body.on("readable", stir).on("end", stir).on("close", stir).on("error", fail);
  signal.addEventListener("abort", stir);
  try {
    for (;;) {
      signal.throwIfAborted();
      const chunk: Buffer | null = body.destroyed ? null : body.read();
      if (chunk !== null) yield chunk;
      else if (failure) throw failure;
      else if (body.readableEnded) return;
      else if (body.destroyed) throw body.errored ?? new Error("the body ended early");
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    signal.removeEventListener("abort", stir);
    body.off("readable", stir).off("end", stir).off("close", stir).off("error", fail);
    body.on("error", () => {}).resume();
  }
}

async function writeAll(file: FileHandle | null, chunks: Buffer[], position: number): Promise<void> {
  if (!file || chunks.length === 0) return;
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  let { bytesWritten } = await file.writev(chunks, position);
  while (bytesWritten < total) {
    // A full disk or a signal can cut a write short; the rest follows, or its error does.
    const rest = Buffer.concat(chunks).subarray(bytesWritten);
    const more = await file.write(rest, 0, rest.length, position + bytesWritten);
    bytesWritten += more.bytesWritten;
  }
}

/**
 * Frees the memory of a chunk that is done with. The collector doesn't see how large these small objects are until it
 * runs, so it runs often: freeing by hand halves the time of an upload (1 GiB in 5 MiB parts, eight at once: 6.6 s to
 * 3.5 s, full collections 52 to 2). Only for a chunk that fills its memory: nothing else can be in there.
 * @param size of memory that is known to be the chunk's alone
 */
export function free(chunk: Buffer, size: number = chunk.byteLength): void {
  const memory = chunk.buffer as ArrayBuffer;
  if (memory.byteLength === size) memory.transfer(0);
}
