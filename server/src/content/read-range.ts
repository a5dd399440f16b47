import { type FileHandle, open } from "node:fs/promises";

/** Two of these for each download that runs: 64 slow ones hold 64 MB. */
const chunkBytes = 524_288;

/**
 * Bytes `start` to `end` (both included) of a file, in chunks of up to 512 KiB. Two buffers take turns: one is filled while
 * the other is in use, so a chunk holds its bytes only until the next one is asked for. On loopback this sends 2–3 times
 * as fast as a read stream, which takes fresh memory for every chunk. Ends early when the file does.
 */
export async function* readFileRange(path: string, start: number, end: number): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  try {
    let position = start;
    let filled = fill(file, bufferFor(start, end), start, end);
    let spare: Buffer | null = null;
    while (position <= end) {
      const { buffer, bytesRead } = await filled;
      if (bytesRead === 0) return;
      position += bytesRead;
      if (position <= end) {
        filled = fill(file, spare ?? bufferFor(position, end), position, end);
        filled.catch(() => {}); // It is awaited above, unless nobody asks any more.
      }
      yield buffer.subarray(0, bytesRead);
      spare = buffer;
    }
  } finally {
    await file.close();
  }
}

function bufferFor(start: number, end: number): Buffer {
  return Buffer.allocUnsafeSlow(Math.min(chunkBytes, end - start + 1));
}

function fill(file: FileHandle, buffer: Buffer, position: number, end: number) {
  return file.read(buffer, 0, Math.min(buffer.length, end - position + 1), position);
}
