import type { ServerResponse } from "node:http";
import { type ByteRange, lengthOf } from "./range.ts";

/** What a body is made of, in order: bytes of ours, and ranges of the content. */
export type Piece = Buffer | ByteRange;

/** Bytes as they come; a chunk may be overwritten once the next is asked for. A Readable is one. */
export interface Source extends AsyncIterable<Uint8Array> {
  /** Lets go at once, even while a chunk is awaited. */
  destroy?(): unknown;
}

/** Opens bytes `start` to `end` (both included) of the content. */
export type OpenRange = (start: number, end: number) => Source;

/** Bytes, exactly: it becomes the Content-Length. */
export function bodyLength(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + (Buffer.isBuffer(piece) ? piece.length : lengthOf(piece)), 0);
}

/**
 * Writes the pieces as the body of a response, one range open at a time, and reads on only when the kernel has taken what
 * was read. `begin` is called when the first bytes are at hand, to send the head. When the client goes away all is
 * closed, and the promise rejects. A range that yields too little or too much is an error as well: a body that differs
 * from its Content-Length makes the client wait for ever, or take the next answer for the rest of this one.
 *
 * `handed` counts what was handed to the connection. A chunk counts as soon as it is: of one that breaks off, nobody can
 * tell how much arrived, and a client that always leaves before its last byte must not get the rest for nothing.
 */
export async function writeBody(
  response: ServerResponse,
  pieces: readonly Piece[],
  open: OpenRange,
  begin: () => void,
  handed: { bytes: number },
): Promise<void> {
  let source: Source | null = null;
  const letGo = () => source?.destroy?.();
  response.once("close", letGo);
  let begun = false;
  const send = async (chunk: Uint8Array) => {
    if (!begun) begin();
    begun = true;
    if (!response.destroyed) handed.bytes += chunk.length;
    await written(response, chunk);
  };
  try {
    for (const piece of pieces) {
      if (Buffer.isBuffer(piece)) {
        await send(piece);
        continue;
      }
      let missing = lengthOf(piece);
      source = open(piece.start, piece.end);
      for await (const chunk of source) {
        missing -= chunk.length;
        if (missing < 0) throw new Error(`content yields more than bytes ${piece.start}-${piece.end}`);
        await send(chunk);
      }
      if (missing > 0) throw new Error(`content ends ${missing} bytes early in bytes ${piece.start}-${piece.end}`);
    }
    response.end();
  } finally {
    response.off("close", letGo);
  }
}

/** Resolves when the kernel has the bytes. Not on `drain` alone: until then the memory is in use. */
function written(response: ServerResponse, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error("the client went away"));
    if (response.destroyed) return gone();
    response.once("close", gone);
    response.write(chunk, (error) => {
      response.off("close", gone);
      if (error) reject(error);
      else resolve();
    });
  });
}
