import { usage } from "../exit.ts";

export interface BundleMember {
  prn: string;
  custom_metadata?: Record<string, unknown> | null;
}

const form = "--binaries takes prn=PRN or 'prn=PRN;custom_metadata={…}'";

/**
 * Reads `prn=PRN;custom_metadata=JSON`, in either order. The official CLI cuts at every semicolon; here one may stand in the
 * JSON. @throws Failure 2
 */
export function readMember(member: string): BundleMember {
  const { prn, json } =
    /^\s*prn=(?<prn>[^;]+?)\s*(?:;\s*custom_metadata=(?<json>.*))?$/s.exec(member)?.groups ??
    /^\s*custom_metadata=(?<json>.*);\s*prn=(?<prn>[^;]+?)\s*$/s.exec(member)?.groups ??
    {};
  if (prn === undefined) throw usage(`${form}; got '${member}'`);
  return json === undefined ? { prn } : { prn, custom_metadata: readMetadata(json) };
}

function readMetadata(json: string): Record<string, unknown> | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw usage(`${form}; the metadata '${json}' can't be read as JSON: ${(error as Error).message}`);
  }
  if (typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown> | null;
  throw usage(`${form}; the metadata must be a JSON object or null; got ${json}`);
}
