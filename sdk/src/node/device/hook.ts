import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

export interface Hook {
  /** A line for `/bin/sh`. */
  command: string;
  environment: Record<string, string>;
  /** Working directory. */
  directory: string;
  /** Milliseconds; then it and all that it started are killed. */
  timeout: number;
  /** A file that holds the process id of the hook while one runs, so that a killed device finds it again. */
  pidPath: string;
  onLine: (line: string) => void;
}

/** Characters of a hook's last words that go into its error. */
const lastWords = 512;
/** Milliseconds to wait for them after its end. */
const lastWordsTime = 500;

/** Runs a hook to its end. @throws Error with its exit code and last words; the signal's reason when that is aborted */
export async function runHook(hook: Hook, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // The hook itself writes down who it is, before anything else: no moment in which it runs and nobody knows.
  const script = 'printf %s "$$" > "$PERIDIO_HOOK_PID" && exec /bin/sh -c "$PERIDIO_HOOK"';
  const child = spawn("/bin/sh", ["-c", script], {
    cwd: hook.directory,
    env: {
      ...(process.env as Record<string, string>),
      ...hook.environment,
      PERIDIO_HOOK: hook.command,
      PERIDIO_HOOK_PID: hook.pidPath,
    },
    // A group of its own, to be killed with all that it started.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = (): void => killGroup(child.pid!);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, hook.timeout);
  signal.addEventListener("abort", end, { once: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.split("\n")) if (line !== "") hook.onLine(line);
      said = (said + text).slice(-lastWords);
    });
  }
  const closed = once(child, "close");
  closed.catch(() => {}); // Of a shell that couldn't be started, the other promise tells.
  const [code, killer] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, killer) => resolve([code, killer]));
  }).finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  });
  // Its last words; something that it left running may hold the pipe for ever.
  await Promise.race([closed, pause(lastWordsTime)]);
  child.stdout.destroy();
  child.stderr.destroy();
  await rm(hook.pidPath, { force: true });
  if (code === 0) return;
  signal.throwIfAborted();
  const how = isLate
    ? `took longer than ${hook.timeout / 1000} s`
    : code === null
      ? `was ended by ${killer}`
      : `ended with ${code}`;
  throw new Error(`'${hook.command}' ${how}${said.trim() === "" ? "" : `: ${said.trim()}`}`);
}

/** Ends a hook that outlived the device that started it: two of them must not write at once. Only Linux tells which. */
export async function endLeftover(pidPath: string): Promise<void> {
  const pid = Number(await readFile(pidPath, "utf8").catch(() => ""));
  if (pid > 1 && (await isOurs(pid, pidPath))) {
    killGroup(pid);
    while (await isOurs(pid, pidPath)) await pause(20);
  }
  await rm(pidPath, { force: true });
}

async function isOurs(pid: number, pidPath: string): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
  return environment.split("\0").includes(`PERIDIO_HOOK_PID=${pidPath}`);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
