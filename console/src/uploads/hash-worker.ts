import { createSHA256, type IHasher } from "hash-wasm";

/** What the page asks: to begin a digest, to add to it, to end it. */
export type Question = { id: number; run: number } & (
  | { ask: "begin" }
  | { ask: "update"; bytes: Uint8Array }
  | { ask: "digest" }
);

export interface Answer {
  id: number;
  /** Of a finished digest. */
  hash: string | null;
}

const runs = new Map<number, Promise<IHasher>>();

async function answer(question: Question): Promise<string | null> {
  const { run } = question;
  if (question.ask === "begin") {
    runs.set(
      run,
      createSHA256().then((hasher) => hasher.init()),
    );
    return null;
  }
  const hasher = await runs.get(run)!;
  if (question.ask === "update") {
    hasher.update(question.bytes);
    return null;
  }
  runs.delete(run);
  return hasher.digest("hex");
}

self.addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  self.postMessage({ id: data.id, hash: await answer(data) } satisfies Answer);
});
