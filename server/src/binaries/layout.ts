import { maxPartSize, minPartSize } from "@open-peridio/contract";
import { type Piece, partsFile } from "../content/filesystem.ts";
import type { PlacedPart } from "./completeness.ts";

/**
 * Where parts lie in the content file. All parts but the last have one size in every sane upload, so part i starts at
 * (i - 1) x that size and is written straight to its final place. A part that doesn't fit the rule, or whose place
 * another writer holds, gets a file of its own and is moved once, when the upload is complete.
 */

/** What the size of all parts but the last will be, judged by the first part that is announced. */
export function guessPartSize(index: number, size: number, wholeSize: number | null): number {
  if (index === 1 || wholeSize === null) return size;
  const couldBeRegular = size >= minPartSize && index * size <= wholeSize;
  if (couldBeRegular) return size;
  const regular = (wholeSize - size) / (index - 1);
  return Number.isInteger(regular) && regular >= size && regular >= minPartSize ? regular : size;
}

/** Offset of a part in the content file; null when it doesn't fit there. */
export function offsetOf(index: number, size: number, partSize: number): number | null {
  return size <= partSize ? (index - 1) * partSize : null;
}

/** Whether a part of this index and size can exist in a binary of `wholeSize` bytes; if not, why. */
export function impossiblePart(index: number, size: number, wholeSize: number): string | null {
  if (size > wholeSize) return `must be at most the binary's ${wholeSize} bytes; got ${size}`;
  const before = wholeSize - size;
  const least = (index - 1) * minPartSize;
  const isLastAtMost = before <= (index - 1) * maxPartSize;
  if (size < minPartSize && !(isLastAtMost && before >= least)) {
    return `must be at least ${minPartSize} for every part but the last; got ${size} for part ${index} of ${wholeSize} bytes`;
  }
  if (before < least) {
    return (
      `is too much for part ${index}: of the binary's ${wholeSize} bytes it leaves ${before} for the ${index - 1} ` +
      `before it, which need ${minPartSize} each; got ${size}`
    );
  }
  return null;
}

export interface Layout {
  /** The file that will hold the whole content. */
  file: string;
  /** What it is made of, in order; pieces that are at their place already included. */
  pieces: Piece[];
  /** Whether every piece is at its place already. */
  inPlace: boolean;
}

/**
 * How complete, valid parts become one file: as they lie; with the spilled ones copied into their gaps; or, when parts
 * lie at wrong offsets, all copied into the new file `otherwise`.
 */
export function layOut(parts: readonly PlacedPart[], otherwise: string): Layout {
  let position = 0;
  let inPlace = true;
  let misplaced = false;
  const pieces = parts.map((part) => {
    const piece = { file: part.spill ?? partsFile, offset: part.spill ? 0 : part.content_offset!, size: part.size };
    if (part.spill) inPlace = false;
    else if (piece.offset !== position) misplaced = true;
    position += part.size;
    return piece;
  });
  return misplaced ? { file: otherwise, pieces, inPlace: false } : { file: partsFile, pieces, inPlace };
}
