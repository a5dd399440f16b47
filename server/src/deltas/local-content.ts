import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { keptOf } from "../binaries/shared-content.ts";
import { readKept } from "../content/kept.ts";
import { readFileRange } from "../content/read-range.ts";
import { remoteDigest } from "../content/remote-digest.ts";
import type { End } from "./make.ts";

/**
 * The path of a file that holds a binary's content for a program: where the store has it as a file, as it is, that one; else a copy
 * at `path`. It is the very content that was verified. @throws Error when the store has other bytes
 */
export async function writeContent({ row, store }: End, path: string, signal: AbortSignal): Promise<string> {
  const kept = keptOf(row);
  const { place, file, size } = kept;
  const isFile = store.kind === "files" && kept.frames === null;
  if (!isFile) await pipeline(copied(readKept(store, kept, 0, size - 1)), createWriteStream(path), { signal });
  const local = isFile ? store.pathOf(place, file) : path;
  const found = await remoteDigest((start, end) => readFileRange(local, start, end), size, signal);
  if (found !== row.hash) throw new Error(`the content of binary ${row.id} is not what was verified`);
  return local;
}

/** Chunks that stay as they are when the next one is asked for. */
async function* copied(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
