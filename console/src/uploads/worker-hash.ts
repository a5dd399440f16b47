import type { IncrementalHash } from "@open-peridio/sdk";
import type { Answer, Question } from "./hash-worker.ts";

type Asked = Question extends infer Each ? (Each extends Question ? Omit<Each, "id"> : never) : never;

let worker: Worker | null = null;
let last = 0;
let lastRun = 0;
const waiting = new Map<number, { resolve: (hash: string | null) => void; reject: (error: Error) => void }>();

function start(): Worker {
  const started = new Worker(new URL("./hash-worker.ts", import.meta.url), { type: "module" });
  started.onmessage = ({ data: { id, hash } }: MessageEvent<Answer>) => {
    waiting.get(id)?.resolve(hash);
    waiting.delete(id);
  };
  started.onerror = (event) => {
    for (const { reject } of waiting.values()) reject(new Error(`the file couldn't be hashed: ${event.message}`));
    waiting.clear();
    worker = null;
  };
  return started;
}

function ask(question: Asked): Promise<string | null> {
  worker ??= start();
  const id = ++last;
  const answer = new Promise<string | null>((resolve, reject) => waiting.set(id, { resolve, reject }));
  worker.postMessage({ ...question, id } as Question);
  return answer;
}

/** A SHA-256 in a thread of its own, so that the page stays smooth while gigabytes are hashed. */
export async function workerHash(): Promise<IncrementalHash> {
  const run = ++lastRun;
  await ask({ ask: "begin", run });
  return {
    update: async (bytes) => void (await ask({ ask: "update", run, bytes })),
    digest: async () => (await ask({ ask: "digest", run }))!,
  };
}
