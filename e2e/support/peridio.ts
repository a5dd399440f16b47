import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { apiKey, type TestServer } from "../server.ts";

const program = fileURLToPath(new URL("../../cli/dist/peridio.js", import.meta.url));

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Our CLI against a server, with an empty home. */
export function peridioOf(server: TestServer): (...words: string[]) => Promise<Ran> {
  const home = server.dataDirectory;
  const env = { PATH: process.env.PATH, PERIDIO_API_KEY: apiKey, PERIDIO_BASE_URL: server.url, HOME: home };
  return (...words) =>
    new Promise((resolve) => {
      execFile(process.execPath, [program, ...words], { env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
}
