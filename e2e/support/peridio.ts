import { type ChildProcess, execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { apiKey, type TestServer } from "../server.ts";

const program = fileURLToPath(new URL("../../cli/dist/peridio.js", import.meta.url));

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Peridio {
  (...words: string[]): Promise<Ran>;
  /** The same, to be watched or killed meanwhile. */
  start(...words: string[]): { child: ChildProcess; ended: Promise<Ran> };
}

/** Our CLI against a server, with an empty home. @param more where it runs, and variables beside */
export function peridioOf(
  server: Pick<TestServer, "url" | "dataDirectory">,
  more: { cwd?: string; env?: Record<string, string> } = {},
): Peridio {
  const home = server.dataDirectory;
  const { PATH } = process.env;
  const env = { PATH, PERIDIO_API_KEY: apiKey, PERIDIO_BASE_URL: server.url, HOME: home, ...more.env };
  function start(...words: string[]) {
    let tell: (ran: Ran) => void = () => {};
    const ended = new Promise<Ran>((resolve) => {
      tell = resolve;
    });
    const child = execFile(process.execPath, [program, ...words], { env, cwd: more.cwd }, (error, stdout, stderr) =>
      tell({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
    return { child, ended };
  }
  return Object.assign((...words: string[]) => start(...words).ended, { start });
}
