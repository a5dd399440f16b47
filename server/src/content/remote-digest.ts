import { createHash } from "node:crypto";

/** Bytes that are fetched by one read, and reads at once: so much memory one digest takes, whatever the size. */
const rangeBytes = 8 * 1_048_576;
const rangesAtOnce = 4;
/** Bytes that are hashed before others get their turn. */
const stride = 1_048_576;

/**
 * SHA-256 of `size` bytes (lowercase hex) by several ranges that are read at once and hashed in order, each byte read
 * once. @throws what a read throws, and the signal's reason
 */
export async function remoteDigest(
  read: (start: number, end: number) => AsyncIterable<Buffer>,
  size: number,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash("sha256");
  const ranges: { start: number; end: number }[] = [];
  for (let start = 0; start < size; start += rangeBytes) {
    ranges.push({ start, end: Math.min(size, start + rangeBytes) - 1 });
  }
  const reading: Promise<Buffer>[] = [];
  const begin = () => {
    const range = ranges.shift();
    if (!range) return;
    const whole = collect(read(range.start, range.end), range.end - range.start + 1, signal);
    whole.catch(() => {}); // Awaited in its turn.
    reading.push(whole);
  };
  for (let started = 0; started < rangesAtOnce; started++) begin();
  for (let next = reading.shift(); next; next = reading.shift()) {
    const bytes = await next;
    signal.throwIfAborted();
    begin();
    for (let at = 0; at < bytes.length; at += stride) {
      hash.update(bytes.subarray(at, at + stride));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return hash.digest("hex");
}

async function collect(chunks: AsyncIterable<Buffer>, size: number, signal: AbortSignal): Promise<Buffer> {
  const whole = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    filled += chunk.copy(whole, filled);
  }
  return whole.subarray(0, filled);
}
