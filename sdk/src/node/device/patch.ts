import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants } from "node:fs";
import { open } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { DeltaAlgorithm } from "@open-peridio/contract";

/** A delta that doesn't make what it should, here; the whole does. */
export class PatchFailed extends Error {}

/** What is to come out: 64 lower-case hex digits, bytes. */
interface Wanted {
  hash: string;
  size: number;
}

/** Characters of a program's last words that go into its error. */
const lastWords = 300;

/** The window that zstd is told to allow holds the old and the new content, and is no larger for a delta that lies. */
function windowLog(...sizes: number[]): number {
  return Math.min(31, Math.max(27, Math.ceil(Math.log2(Math.max(...sizes, 2))) + 1));
}

const commands: Record<DeltaAlgorithm, (from: string, delta: string, log: number) => string[]> = {
  xdelta3: (from, delta) => ["xdelta3", "-q", "-d", "-c", "-s", from, delta],
  zstd: (from, delta, log) => ["zstd", "-q", "-d", "-c", `--long=${log}`, `--patch-from=${from}`, delta],
};

/** Algorithms whose programs are on PATH. */
export function patchAlgorithms(): DeltaAlgorithm[] {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return (Object.keys(commands) as DeltaAlgorithm[]).filter((program) =>
    folders.some((folder) => {
      try {
        accessSync(join(folder, program), constants.X_OK);
        return true;
      } catch {
        return false; // Not in this folder.
      }
    }),
  );
}

/**
 * Makes a file of an old one and a delta, and brings it to the disk. What comes out is counted and hashed on its way: a
 * delta from whoever has taken over the server fills no disk.
 * @param timeout milliseconds
 * @throws PatchFailed; the signal's reason
 */
export async function patch(
  algorithm: DeltaAlgorithm,
  from: { path: string; size: number },
  delta: string,
  target: string,
  wanted: Wanted,
  timeout: number,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const [program, ...args] = commands[algorithm](from.path, delta, windowLog(from.size, wanted.size)) as [string];
  const file = await open(target, "w", 0o600);
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], timeout, killSignal: "SIGKILL" });
  const end = (): void => void child.kill("SIGKILL");
  signal.addEventListener("abort", end, { once: true });
  try {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-lastWords);
    });
    const closed = new Promise<number | string | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, killer) => resolve(code ?? killer));
    });
    closed.catch(() => {}); // Awaited below.
    const hash = createHash("sha256");
    let size = 0;
    for await (const piece of child.stdout as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > wanted.size) {
        end();
        throw new PatchFailed(`the delta makes more than ${wanted.size} bytes`);
      }
      hash.update(piece);
      await file.writeFile(piece);
    }
    const code = await closed;
    signal.throwIfAborted();
    if (code !== 0) throw new PatchFailed(`${program} ended with ${code}: ${said.trim()}`);
    const found = hash.digest("hex");
    if (found !== wanted.hash) throw new PatchFailed(`the delta makes content with the SHA-256 ${found}`);
    await file.sync();
  } finally {
    signal.removeEventListener("abort", end);
    await file.close();
  }
}
