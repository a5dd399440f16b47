import { spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** What a program may take. */
export interface Bounds {
  /** MiB of address space; Linux alone keeps to it. */
  memory: number;
  /** Seconds, of time that passes and of the processor. */
  time: number;
}

/** The program says that it can't, or takes more than it may: trying again would end in the same way. */
export class ProgramFailed extends Error {}

/** Characters of a program's last words that go into its error. */
const lastWords = 300;

/** Limits come first, so that the program itself begins with them; `exec` makes it the process that is killed. */
const script = '{ ulimit -v "$1"; ulimit -t "$2"; } 2>/dev/null; shift 2; exec nice -n 19 "$@"';

/**
 * Runs a program to its end, with the lowest priority.
 * @param read takes what it writes to its output; a throw ends the program
 * @throws ProgramFailed; what `read` throws; the signal's reason
 */
export async function runBounded(
  [program, ...args]: readonly string[],
  { memory, time }: Bounds,
  signal: AbortSignal,
  read: (output: Readable) => Promise<void> = async (output) => void output.resume(),
): Promise<void> {
  signal.throwIfAborted();
  const limits = [String(memory * 1024), String(time)];
  const child = spawn("/bin/sh", ["-c", script, "sh", ...limits, program!, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = (): void => void child.kill("SIGKILL");
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, time * 1000);
  signal.addEventListener("abort", end, { once: true });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-lastWords);
  });
  const closed = new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, killer) => resolve([code, killer]));
  });
  const reading = read(child.stdout).catch((error: unknown) => {
    end();
    child.stdout.destroy();
    throw error;
  });
  reading.catch(() => {}); // Awaited below, once the program is gone.
  const [code, killer] = await closed.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  });
  signal.throwIfAborted();
  await reading;
  if (code === 0) return;
  const how = isLate ? `took longer than ${time} s` : code === null ? `was ended by ${killer}` : `ended with ${code}`;
  throw new ProgramFailed(`${program} ${how}${said.trim() === "" ? "" : `: ${said.trim()}`}`);
}
