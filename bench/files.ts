import { randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";

const mebibyte = 1_048_576;

export interface BenchFile {
  path: string;
  size: number;
}

/** A file of random bytes, which nothing can compress or skip. */
export async function randomFile(path: string, mebibytes: number): Promise<BenchFile> {
  const file = await open(path, "w");
  const block = Buffer.allocUnsafe(mebibyte);
  for (let at = 0; at < mebibytes; at++) await file.write(randomFillSync(block));
  await file.sync();
  await file.close();
  return { path, size: mebibytes * mebibyte };
}

/** Peak resident memory of a process in kB, as the kernel counts it. */
export function peakMemory(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0; // Ended in the meantime.
  }
}
