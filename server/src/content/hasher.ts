import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Answer, Order } from "./hash-worker.ts";

/** A SHA-256 that follows a file while it grows. */
export interface FollowingHash {
  /** Bytes before `to` are there and won't change. */
  advance(to: number): void;
  /** The digest of the whole file (lowercase hex) and its size in bytes. @throws when the file can't be read. */
  finish(): Promise<{ hash: string; size: number }>;
  close(): void;
}

export interface Hasher {
  follow(path: string): FollowingHash;
  stop(): Promise<void>;
}

interface Waiting {
  resolve: (result: { hash: string; size: number }) => void;
  reject: (error: Error) => void;
}

/** Starts the thread that hashes; it is started again when it dies, and what it was at fails and may be repeated. */
export function startHasher(): Hasher {
  let worker: Worker | null = null;
  let lastJob = 0;
  const waiting = new Map<number, Waiting>();
  const failures = new Map<number, string>();

  function start(): Worker {
    const started = new Worker(new URL(`./hash-worker${extname(import.meta.url)}`, import.meta.url));
    started.unref();
    started.on("message", (answer: Answer) => {
      if ("failure" in answer) fail(answer.job, answer.failure);
      else settle(answer.job)?.resolve({ hash: answer.digest, size: answer.size });
    });
    const died = (reason: string) => {
      if (worker === started) worker = null;
      for (const job of [...waiting.keys()]) fail(job, `the hashing thread stopped: ${reason}`);
    };
    started.on("error", (error) => died(error instanceof Error ? error.message : String(error)));
    started.on("exit", (code) => died(`exit ${code}`));
    return started;
  }

  function settle(job: number): Waiting | undefined {
    const waiter = waiting.get(job);
    waiting.delete(job);
    return waiter;
  }

  /** A job can fail before anyone asks for its result; then the result is the failure. */
  function fail(job: number, failure: string): void {
    const waiter = settle(job);
    if (waiter) waiter.reject(new Error(failure));
    else failures.set(job, failure);
  }

  return {
    follow(path) {
      worker ??= start();
      const thread = worker;
      const job = ++lastJob;
      const send = (order: Order) => thread.postMessage(order);
      send({ job, kind: "open", path });
      return {
        advance: (to) => send({ job, kind: "advance", to }),
        finish: () =>
          new Promise((resolve, reject) => {
            const failure = failures.get(job);
            failures.delete(job);
            if (failure !== undefined || worker !== thread) {
              reject(new Error(failure ?? "the hashing thread stopped"));
              return;
            }
            waiting.set(job, { resolve, reject });
            send({ job, kind: "finish" });
          }),
        close: () => {
          failures.delete(job);
          send({ job, kind: "close" });
        },
      };
    },
    async stop() {
      await worker?.terminate();
    },
  };
}
