import { type FileHandle, open } from "node:fs/promises";

/** Bytes of a chunk: the first one and those of slow readers, and those of fast ones. */
const smallest = 8_192;
const largest = 524_288;

/** Milliseconds within which a fast reader has taken a chunk: it gets a larger one next, others a smaller one. */
const fast = 50;

/**
 * Bytes that the larger buffers hold together, at most. The kernel takes the first megabytes of any download at once, so
 * that all seem fast in the beginning; without this bound 2,000 slow ones held 2 GB.
 */
const shared = 25_165_824;
let held = 0;

/**
 * Bytes `start` to `end` (both included) of a file, in chunks of up to 512 KiB. For a fast reader two buffers take turns:
 * one is filled while the other is in use, so a chunk holds its bytes only until the next one is asked for. On loopback
 * this sends 2–3 times as fast as a read stream, which takes fresh memory for every chunk. Ends early when the file does.
 */
export async function* readFileRange(path: string, start: number, end: number): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  let position = start;
  let wanted = smallest;
  let used: Buffer | null = null;
  let ahead: Filling | null = null;
  try {
    while (position <= end) {
      const filling: Filling = ahead ?? fill(file, exchange(used, wanted, end - position + 1), position, end);
      if (ahead === null) used = null;
      ahead = null;
      const { bytesRead } = await filling.done;
      if (bytesRead === 0) {
        release(filling.buffer);
        return;
      }
      position += bytesRead;
      if (position <= end && wanted > smallest) {
        ahead = fill(file, exchange(used, wanted, end - position + 1), position, end);
        ahead.done.catch(() => {}); // It is awaited above, unless nobody asks any more.
      } else if (used !== null) {
        release(used);
      }
      used = filling.buffer;
      const offered = performance.now();
      yield filling.buffer.subarray(0, bytesRead);
      const wasFast = performance.now() - offered < fast;
      wanted = wasFast ? Math.min(wanted * 2, largest) : Math.max(wanted / 2, smallest);
    }
  } finally {
    if (used !== null) held -= used.length;
    if (ahead !== null) held -= ahead.buffer.length;
    await file.close();
  }
}

interface Filling {
  buffer: Buffer;
  done: Promise<{ bytesRead: number }>;
}

function fill(file: FileHandle, buffer: Buffer, position: number, end: number): Filling {
  return { buffer, done: file.read(buffer, 0, Math.min(buffer.length, end - position + 1), position) };
}

/** What was used before, where it has the right size; else another buffer in its place. */
function exchange(used: Buffer | null, wanted: number, missing: number): Buffer {
  const others = held - (used?.length ?? 0);
  let size = wanted;
  while (size > smallest && others + size > shared) size /= 2;
  size = Math.min(size, missing);
  if (used?.length === size) return used;
  if (used !== null) release(used);
  held += size;
  return Buffer.allocUnsafeSlow(size);
}

/** Frees the memory now, not when the collector sees it: nobody uses it any more. */
function release(buffer: Buffer): void {
  held -= buffer.length;
  (buffer.buffer as ArrayBuffer).transfer(0);
}
