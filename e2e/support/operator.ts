import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestServer } from "../server.ts";

const program = fileURLToPath(new URL("../../server/dist/main.js", import.meta.url));

/** Runs a command of the server's own program on a server's data, beside the running one, as an operator would. */
export async function operate(server: TestServer, ...words: string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    PERIDIO_DATA_DIR: server.dataDirectory,
    ...server.backend.settings,
    ...(server.databaseUrl !== null && { PERIDIO_DATABASE_URL: server.databaseUrl }),
  };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], { env });
  return stdout;
}
