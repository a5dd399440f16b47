import { createHash, type Hash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { parentPort } from "node:worker_threads";

/**
 * Hashes files in a thread of its own, each as far as it is told to, round robin. Reading is synchronous: the thread
 * has nothing else to do, and the pages are mostly still in memory.
 */

export type Order =
  | { job: number; kind: "open"; path: string }
  /** Bytes before `to` are there and won't change. */
  | { job: number; kind: "advance"; to: number }
  /** All bytes are there; answer with the digest. */
  | { job: number; kind: "finish" }
  | { job: number; kind: "close" };

export type Answer = { job: number; digest: string; size: number } | { job: number; failure: string };

interface Job {
  file: number;
  hash: Hash;
  done: number;
  to: number;
  finishing: boolean;
}

const port = parentPort!;
const jobs = new Map<number, Job>();
const buffer = Buffer.allocUnsafe(1_048_576);
let awake = false;

port.on("message", (order: Order) => {
  try {
    obey(order);
  } catch (error) {
    fail(order.job, error);
  }
  if (awake) return;
  awake = true;
  setImmediate(work);
});

function obey(order: Order): void {
  if (order.kind === "open") {
    const file = openSync(order.path, "r");
    jobs.set(order.job, { file, hash: createHash("sha256"), done: 0, to: 0, finishing: false });
    return;
  }
  const job = jobs.get(order.job);
  if (!job) return;
  if (order.kind === "advance") job.to = Math.max(job.to, order.to);
  if (order.kind === "finish") {
    job.to = fstatSync(job.file).size;
    job.finishing = true;
  }
  if (order.kind === "close") close(order.job, job);
}

/** One step of each job that has bytes to read, then a look at the messages. */
function work(): void {
  let busy = false;
  for (const [id, job] of jobs) {
    try {
      busy = step(id, job) || busy;
    } catch (error) {
      fail(id, error);
    }
  }
  awake = busy;
  if (busy) setImmediate(work);
}

function step(id: number, job: Job): boolean {
  if (job.done < job.to) {
    const read = readSync(job.file, buffer, 0, Math.min(buffer.length, job.to - job.done), job.done);
    if (read === 0) throw new Error(`the file ends at byte ${job.done}, ${job.to} were announced`);
    job.hash.update(buffer.subarray(0, read));
    job.done += read;
  }
  if (job.done < job.to) return true;
  if (!job.finishing) return false;
  send({ job: id, digest: job.hash.digest("hex"), size: job.done });
  close(id, job);
  return false;
}

function fail(id: number, error: unknown): void {
  const job = jobs.get(id);
  if (job) close(id, job);
  send({ job: id, failure: error instanceof Error ? error.message : String(error) });
}

function close(id: number, job: Job): void {
  jobs.delete(id);
  closeSync(job.file);
}

function send(answer: Answer): void {
  port.postMessage(answer);
}
