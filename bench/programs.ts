import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { peakMemory } from "./files.ts";

export interface Ran {
  output: string;
  /** kB */
  peak: number;
}

/** Runs a program to its end. @throws Error with what it said when it fails. */
export async function run(command: string, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  let peak = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const watch = setInterval(() => {
    peak = Math.max(peak, peakMemory(child.pid!));
  }, 50);
  const [code] = (await once(child, "close")) as [number | null];
  clearInterval(watch);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}: ${errors}`);
  return { output, peak };
}

/** Starts a program that goes on until `stop`. */
export function background(command: string, args: string[]): { child: ChildProcess; stop: () => Promise<void> } {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  return {
    child,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Waits until an address answers. */
export async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answered = await fetch(url).then(
      async (answer) => {
        await answer.body?.cancel();
        return true;
      },
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${url} doesn't answer`);
}
