import { type FileHandle, open, readFile, unlink } from "node:fs/promises";
import { writeDurably } from "./durable.ts";

/** A stretch of the file that one request after another fills from its beginning. */
export interface Chunk {
  start: number;
  /** Behind its last byte. */
  end: number;
  /** Bytes that are there. */
  done: number;
}

/** A file that is filled at several places at once, and remembers how far across crashes. */
export interface Partial {
  chunks: Chunk[];
  /** Appends to a chunk. What it says later is on the disk at the next `checkpoint`. */
  write(chunk: Chunk, bytes: Uint8Array): Promise<void>;
  /** Writes down, durably, how far all chunks are. One runs at a time; who comes meanwhile doesn't wait. */
  checkpoint(): Promise<void>;
  /** Forgets all bytes, and goes on with one chunk. */
  startOver(): Promise<void>;
  close(): Promise<void>;
}

interface Progress {
  size: number;
  chunk_bytes: number;
  done: number[];
}

const progressOf = (path: string): string => `${path}.progress`;

/** Opens a sparse file of `size` bytes, or goes on with one that was begun in the same way. */
export async function openPartial(path: string, size: number, chunkBytes: number): Promise<Partial> {
  const known = await readProgress(path);
  const begun = known?.size === size ? await reopen(path) : null;
  const goesOn = known !== null && begun !== null;
  const file = begun ?? (await open(path, "w+"));
  let step = goesOn ? known.chunk_bytes : chunkBytes;
  let chunks = layOut(size, step, goesOn ? known.done : []);
  await file.truncate(size);
  let running = false;

  async function checkpoint(): Promise<void> {
    if (running) return;
    running = true;
    try {
      const progress: Progress = { size, chunk_bytes: step, done: chunks.map(({ done }) => done) };
      await file.datasync();
      await writeDurably(progressOf(path), JSON.stringify(progress));
    } finally {
      running = false;
    }
  }

  return {
    get chunks() {
      return chunks;
    },
    async write(chunk, bytes) {
      await writeAll(file, bytes, chunk.start + chunk.done);
      chunk.done += bytes.length;
    },
    checkpoint,
    async startOver() {
      step = Math.max(size, 1);
      chunks = layOut(size, step, []);
      await writeDurably(progressOf(path), JSON.stringify({ size, chunk_bytes: step, done: [0] } satisfies Progress));
    },
    close: () => file.close(),
  };
}

/** Whether a file is being filled, or was filled, in this way. */
export async function isBegun(path: string): Promise<boolean> {
  return (await readProgress(path)) !== null;
}

/** Removes a file and what is known of it. */
export async function discard(path: string): Promise<void> {
  for (const name of [path, progressOf(path)]) {
    await unlink(name).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
}

async function readProgress(path: string): Promise<Progress | null> {
  try {
    return JSON.parse(await readFile(progressOf(path), "utf8")) as Progress;
  } catch (error) {
    // None, or one that somebody else wrote: then the download begins anew.
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Null when it is gone, though its progress is known. */
async function reopen(path: string): Promise<FileHandle | null> {
  return await open(path, "r+").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

function layOut(size: number, step: number, done: number[]): Chunk[] {
  return Array.from({ length: Math.ceil(size / step) }, (_, at) => ({
    start: at * step,
    end: Math.min(size, (at + 1) * step),
    done: done[at] ?? 0,
  }));
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
