import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../free-port.ts";
import { apiKey } from "../server.ts";
import { until } from "./until.ts";

const program = fileURLToPath(new URL("../../server/dist/main.js", import.meta.url));

/** One system call, from its start to its end; both are positions in the trace. */
export interface SystemCall {
  name: string;
  /** Arguments as strace prints them, with the paths of file descriptors. */
  text: string;
  began: number;
  ended: number;
}

export interface TracedServer {
  url: string;
  dataDirectory: string;
  /** Stops the server and answers all that was traced: else, what it wrote and synced, on disk and on sockets. */
  stop(): Promise<SystemCall[]>;
}

const writesAndSyncs = "trace=fsync,fdatasync,write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg";

/** A server under strace(1). @param calls those that are traced */
export async function startTracedServer(calls = writesAndSyncs): Promise<TracedServer> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "peridio-e2e-"));
  const trace = join(dataDirectory, "trace");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn("strace", ["-f", "-y", "-s", "1024", "-e", calls, "-o", trace, process.execPath, program], {
    env: {
      PATH: process.env.PATH,
      PERIDIO_PORT: String(port),
      PERIDIO_DATA_DIR: dataDirectory,
      PERIDIO_BOOTSTRAP_API_KEY: apiKey,
    },
    stdio: "ignore",
  });
  const exited = once(child, "exit");
  await until("the traced server is ready", () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return {
    url,
    dataDirectory,
    async stop() {
      // strace itself takes no signal; each line begins with the process or thread, and the first is the server.
      process.kill(Number.parseInt(readFileSync(trace, "latin1"), 10), "SIGTERM");
      await exited;
      const calls = parse(readFileSync(trace, "latin1"));
      rmSync(dataDirectory, { recursive: true, force: true });
      return calls;
    },
  };
}

/** A call that another thread interrupts stands in two lines: `PID name(… <unfinished ...>`, `PID <... name resumed>…`. */
function parse(trace: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const unfinished = new Map<string, SystemCall>();
  for (const [at, line] of trace.split("\n").entries()) {
    const [, thread = "", rest = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (rest.startsWith("<... ")) {
      const call = unfinished.get(thread);
      if (call) call.ended = at;
      unfinished.delete(thread);
      continue;
    }
    const [, name = "", text = ""] = /^(\w+)\((.*)$/.exec(rest) ?? [];
    if (name === "") continue;
    const isWhole = !text.endsWith("<unfinished ...>");
    const call = { name, text, began: at, ended: isWhole ? at : Number.POSITIVE_INFINITY };
    calls.push(call);
    if (!isWhole) unfinished.set(thread, call);
  }
  return calls;
}
