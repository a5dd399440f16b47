import { parsePrn, type ResourceType } from "@open-peridio/sdk";

/** The UUID in a PRN: enough for an address within the console, since a session is in one organization. */
export function idOf(prn: string): string {
  return prn.slice(prn.lastIndexOf(":") + 1);
}

/** The PRN that a UUID in an address stands for. */
export function prnOf(organizationPrn: string, type: ResourceType, id: string): string {
  return `${organizationPrn}:${type}:${id}`;
}

export function typeOf(prn: string): string | null {
  const parsed = parsePrn(prn);
  return parsed?.kind === "resource" ? parsed.type : (parsed?.kind ?? null);
}
