import { compressFrame, frameBytes } from "../content/frames.ts";
import { type Kept, readKept } from "../content/kept.ts";
import type { AnyStore } from "../content/store.ts";

/** Frames that are tried, spread over the content. */
const samples = 16;

/** Which share of a content compressing it would save, judged by some of it. */
export async function sampledShare(store: AnyStore, kept: Kept): Promise<number> {
  const frames = Math.ceil(kept.size / frameBytes);
  const count = Math.min(samples, frames);
  let plain = 0;
  let compressed = 0;
  for (let sample = 0; sample < count; sample++) {
    const start = Math.floor((sample * frames) / count) * frameBytes;
    const end = Math.min(start + frameBytes, kept.size) - 1;
    const chunks: Buffer[] = [];
    for await (const chunk of readKept(store, kept, start, end)) chunks.push(Buffer.from(chunk));
    plain += end - start + 1;
    compressed += (await compressFrame(Buffer.concat(chunks))).length;
  }
  return 1 - compressed / plain;
}
