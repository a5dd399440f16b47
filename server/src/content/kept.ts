import { type FrameTable, frameBytes, readFrames, readTable } from "./frames.ts";
import { type ContentPlace, keyOf } from "./place.ts";
import type { AnyStore } from "./store.ts";

/** A content, and how a store keeps it. */
export interface Kept {
  place: ContentPlace;
  file: string;
  /** Bytes of the content. */
  size: number;
  /** What is stored where that is compressed: bytes, and SHA-256 (lowercase hex). Null where it is the content itself. */
  frames: { size: number; hash: string } | null;
}

/** Tables are held, so that a range reads no more than its frames: so many frames of all of them, 8 bytes each. */
const maxHeld = 2_000_000;
const tables = new Map<string, { table: Promise<FrameTable>; frames: number }>();
let held = 0;

/** Bytes of its file. */
export function storedSizeOf({ size, frames }: Kept): number {
  return frames?.size ?? size;
}

/**
 * Bytes `start` to `end` of a content, both included, however it is kept; a chunk is good until the next is asked for.
 * @throws what the store says, and Error for frames that are damaged
 */
export function readKept(store: AnyStore, kept: Kept, start: number, end: number): AsyncIterable<Buffer> {
  if (kept.frames === null) return store.chunks(kept.place, kept.file, start, end);
  return decoded(store, kept, kept.frames.size, start, end);
}

async function* decoded(store: AnyStore, kept: Kept, storedSize: number, start: number, end: number) {
  const read = (from: number, to: number) => store.chunks(kept.place, kept.file, from, to);
  const key = `${keyOf(kept.place)}/${kept.file}`;
  const known = tables.get(key);
  forget(key);
  const table = known?.table ?? readTable(read, storedSize, kept.size);
  remember(key, table, Math.ceil(kept.size / frameBytes));
  table.catch(() => forget(key));
  yield* readFrames(read, await table, start, end);
}

/** The one that was used last goes last. */
function remember(key: string, table: Promise<FrameTable>, frames: number): void {
  tables.set(key, { table, frames });
  held += frames;
  for (const oldest of tables.keys()) {
    if (held <= maxHeld || oldest === key) return;
    forget(oldest);
  }
}

function forget(key: string): void {
  held -= tables.get(key)?.frames ?? 0;
  tables.delete(key);
}
