import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestServer } from "../server.ts";

const program = fileURLToPath(new URL("../../server/dist/main.js", import.meta.url));

/** Adds an organization to a running server's data, as an operator would. */
export async function addOrganization(server: TestServer, name: string): Promise<{ prn: string; key: string }> {
  const env = { PATH: process.env.PATH, PERIDIO_DATA_DIR: server.dataDirectory };
  const { stdout } = await promisify(execFile)(process.execPath, [program, "organizations", "create", name], { env });
  const { organization_prn, api_key } = JSON.parse(stdout) as { organization_prn: string; api_key: string };
  return { prn: organization_prn, key: api_key };
}
