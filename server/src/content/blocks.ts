import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { chunksOf, type Received } from "./receive.ts";

/** Where a body goes, block by block. */
export interface BlockTarget {
  /** Bytes of every block but the last. */
  blockSize: number;
  /** Sends one block; called again while others are under way. Index from 1. */
  put(index: number, block: Buffer): Promise<void>;
}

/** Blocks on their way at once: while they travel the next one fills. */
const inFlight = 3;

/**
 * Streams a body to a store in blocks and hashes it on the way. Stops reading once more than `limit` bytes came.
 * @throws what the stream or the store throw, and the signal's reason; then no block is on its way any more.
 */
export async function receiveBlocks(
  body: Readable,
  limit: number,
  signal: AbortSignal,
  target: BlockTarget,
): Promise<Received> {
  const hash = createHash("sha256");
  const sending = new Set<Promise<void>>();
  let failure: { error: unknown } | null = null;
  let size = 0;
  let index = 0;
  let block: Buffer[] = [];
  let filled = 0;

  const send = async (): Promise<void> => {
    const bytes = Buffer.concat(block, filled);
    block = [];
    filled = 0;
    const sent: Promise<void> = target
      .put(++index, bytes)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => sending.delete(sent));
    sending.add(sent);
    if (sending.size >= inFlight) await Promise.race(sending);
  };

  try {
    for await (const chunk of chunksOf(body, signal)) {
      size += chunk.length;
      if (size > limit) return { size, hash: "", tooLong: true };
      hash.update(chunk);
      for (let rest = chunk; rest.length > 0; ) {
        const taken = rest.subarray(0, target.blockSize - filled);
        block.push(taken);
        filled += taken.length;
        rest = rest.subarray(taken.length);
        if (filled === target.blockSize) await send();
        if (failure) throw (failure as { error: unknown }).error;
      }
    }
    if (filled > 0 || index === 0) await send();
  } finally {
    await Promise.all(sending);
  }
  if (failure) throw (failure as { error: unknown }).error;
  signal.throwIfAborted();
  return { size, hash: hash.digest("hex"), tooLong: false };
}

const mebibyte = 1_048_576;

/** Bytes of a block so that at most `blocks` of them hold `limit` bytes: small, as each one is kept in memory. */
export function blockSizeFor(limit: number, blocks: number): number {
  return Math.max(8, Math.ceil(limit / blocks / mebibyte)) * mebibyte;
}
