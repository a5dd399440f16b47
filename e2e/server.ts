import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";
import { type Backend, type RunningBackend, startBackend, usualBackend } from "./support/backend.ts";

/** The built server, as `npm run build` leaves it. */
export const builtServer = fileURLToPath(new URL("../server/dist/", import.meta.url));

/** The key that every server of the tests knows. */
export const apiKey = "e2e-test-key-0123456789";

/** Milliseconds that a server may take until it answers. */
const startTime = 20_000;

/** A real server process on a data directory of its own. */
export interface TestServer {
  url: string;
  dataDirectory: string;
  /** `postgres://…`, or null for SQLite in the data directory. */
  databaseUrl: string | null;
  /** Where content lies as files; null where it doesn't. */
  contentRoot: string | null;
  backend: RunningBackend;
  /** What the process wrote so far, both streams. */
  output(): string;
  process(): ChildProcess;
  /** Starts it (again), on the same port and data. */
  start(): Promise<void>;
  /** Kills it as a crash would: SIGKILL. */
  kill(): Promise<void>;
  /** Asks it to stop, waits, and removes its data. */
  stop(): Promise<void>;
}

/**
 * @param ready asks whether it answers, where plain http doesn't say. @param backend a running one is the caller's to remove.
 * @param built where the server is that runs
 */
export async function startTestServer(
  settings: Record<string, string> = {},
  {
    ready = isReady,
    backend: kind = usualBackend,
    built = builtServer,
  }: { ready?: (url: string) => Promise<boolean>; backend?: Backend | RunningBackend; built?: string } = {},
): Promise<TestServer> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "peridio-e2e-"));
  const backend = typeof kind === "string" ? await startBackend(kind, dataDirectory) : kind;
  const port = await freePort();
  const url = `${settings.PERIDIO_TLS_CERT ? "https" : "http"}://127.0.0.1:${port}`;
  let output = "";
  let child: ChildProcess | null = null;

  const server: TestServer = {
    url,
    dataDirectory,
    databaseUrl: backend.databaseUrl,
    contentRoot: backend.contentRoot,
    backend,
    output: () => output,
    process: () => child!,
    async start() {
      const started = spawn(process.execPath, ["--max-semi-space-size=16", join(built, "main.js")], {
        env: {
          ...environmentWithoutSettings(),
          PERIDIO_PORT: String(port),
          PERIDIO_DATA_DIR: dataDirectory,
          PERIDIO_BOOTSTRAP_API_KEY: apiKey,
          ...backend.settings,
          ...settings,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      child = started;
      for (const stream of [started.stdout, started.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          output += text;
        });
      }
      await untilReady(
        started,
        () => ready(url).catch(() => false),
        () => output,
      );
    },
    async kill() {
      const running = child!;
      const exited = once(running, "exit");
      running.kill("SIGKILL");
      await exited;
    },
    async stop() {
      const running = child!;
      if (running.exitCode === null && running.signalCode === null) {
        const exited = once(running, "exit");
        running.kill("SIGTERM");
        await exited;
      }
      await rm(dataDirectory, { recursive: true, force: true });
      if (typeof kind === "string") await backend.remove();
    },
  };
  await server.start();
  return server;
}

function environmentWithoutSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PERIDIO_")));
}

async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/readyz`)).ok;
}

async function untilReady(child: ChildProcess, ready: () => Promise<boolean>, output: () => string): Promise<void> {
  const deadline = Date.now() + startTime;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    if (await ready()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`the server did not answer within ${startTime} ms:\n${output()}`);
}
