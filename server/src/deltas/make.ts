import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Config } from "../config.ts";
import type { ContentStore } from "../content/store.ts";
import type { BinaryRow, DeltaRow } from "../database/tables.ts";
import { runBounded } from "./child.ts";
import { writeContent } from "./local-content.ts";
import { programs } from "./programs.ts";

/** One end of a delta, and where its content is. */
export interface End {
  row: BinaryRow;
  store: ContentStore;
}

/** A delta in a file, proven to make of the one what the other is. */
export interface Made {
  path: string;
  size: number;
  hash: string;
}

/** What the bytes say against a delta: no other try would give another. */
export class NoDelta extends Error {
  readonly size: number | null;
  readonly state: "not_smaller" | "failed";

  constructor(state: "not_smaller" | "failed", message: string, size: number | null) {
    super(message);
    this.state = state;
    this.size = size;
  }
}

/**
 * Makes a delta in a directory of its own: all bytes are in files, never whole in memory.
 * @throws NoDelta when it is not smaller by enough, or doesn't make what it should; ProgramFailed; what a store says
 */
export async function makeDelta(
  { algorithm }: Pick<DeltaRow, "algorithm">,
  from: End,
  to: End,
  directory: string,
  config: Pick<Config, "deltaShare" | "deltaMemory" | "deltaTime">,
  signal: AbortSignal,
): Promise<Made> {
  const bounds = { memory: config.deltaMemory, time: config.deltaTime };
  const [old, whole] = [
    await writeContent(from, join(directory, "from"), signal),
    await writeContent(to, join(directory, "to"), signal),
  ];
  const path = join(directory, "delta");
  const { encode, decode } = programs[algorithm];
  await runBounded(encode(old, whole, path), bounds, signal);
  const { size } = await stat(path);
  const most = to.row.size! * config.deltaShare;
  if (size >= most) {
    const words = `${size} bytes are not less than ${config.deltaShare} of the whole, ${to.row.size} bytes`;
    throw new NoDelta("not_smaller", words, size);
  }
  let found = { size: 0, hash: "" };
  await runBounded(decode(old, path), bounds, signal, async (output) => {
    found = await measure(output, to.row.size!);
  });
  if (found.size !== to.row.size || found.hash !== to.row.hash) {
    throw new NoDelta("failed", `${algorithm} made a delta that doesn't make what it should`, size);
  }
  return { path, ...(await measure(createReadStream(path), size)) };
}

/** Reads to the end, or to the first byte beyond `limit`. */
async function measure(input: Readable, limit: number): Promise<{ size: number; hash: string }> {
  const hash = createHash("sha256");
  let size = 0;
  await pipeline(input, async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      size += piece.length;
      if (size > limit) return;
      hash.update(piece);
    }
  });
  return { size, hash: hash.digest("hex") };
}
