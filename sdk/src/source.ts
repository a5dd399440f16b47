import type { Transport } from "./transport.ts";

/** Content to upload, read in any order. */
export interface Source {
  /** Bytes. */
  size: number;
  /** Bytes `start` to before `end`, all of them in memory. */
  read(start: number, end: number): Promise<Uint8Array>;
  /** The same, piece by piece. */
  stream(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** A `Blob` or `File`, as a browser's file input gives it. */
export function blobSource(blob: Blob): Source {
  return {
    size: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
    async *stream(start, end) {
      const reader = blob.slice(start, end).stream().getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
    },
  };
}

/** SHA-256 of all of it, 64 lowercase hex characters. */
export async function hashSource(source: Source, transport: Transport, signal: AbortSignal): Promise<string> {
  const hash = await transport.sha256();
  for await (const piece of source.stream(0, source.size)) {
    signal.throwIfAborted();
    await hash.update(piece);
  }
  return hash.digest();
}
