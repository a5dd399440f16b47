import type { TestServer } from "../server.ts";
import { operate } from "./operator.ts";

/** Adds an organization to a running server's data, as an operator would. */
export async function addOrganization(server: TestServer, name: string): Promise<{ prn: string; key: string }> {
  const answer = JSON.parse(await operate(server, "organizations", "create", name));
  const { organization_prn, api_key } = answer as { organization_prn: string; api_key: string };
  return { prn: organization_prn, key: api_key };
}
