import { Agent } from "node:https";
import { publicOnly } from "../../http/address-guard.ts";
import type { AzureSettings } from "./settings.ts";

/**
 * Options that keep the SDK's requests out of this network, where that is asked for: names are checked as they are resolved,
 * and redirects are not followed. The SDK hands them on to its pipeline, though its types of them don't say so.
 */
export function reach(settings: Pick<AzureSettings, "publicOnly">): { options: object; close(): void } {
  if (!settings.publicOnly) return { options: {}, close() {} };
  const agent = new Agent({ keepAlive: true, lookup: publicOnly() as never });
  return { options: { agent, redirectOptions: { maxRetries: 0 } }, close: () => agent.destroy() };
}
