import { parsePrn, type ResourceType } from "@open-peridio/sdk/node";
import { usage } from "./exit.ts";

/** What a PRN must name. */
export type PrnType = ResourceType | "organization";

/**
 * Checks a PRN before anything is sent, as the official CLI does.
 * @param option the option that it was given by, such as `--prn`
 * @throws Failure 2
 */
export function checkPrn(prn: string, type: PrnType, option: string): string {
  const parsed = parsePrn(prn);
  const found = parsed?.kind === "resource" ? parsed.type : parsed?.kind;
  if (found === type) return prn;
  const wanted = type === "organization" ? "prn:1:UUID" : `prn:1:UUID:${type}:UUID`;
  const problem = found === undefined ? "is no PRN" : `names ${/^[aeiou]/.test(found) ? "an" : "a"} ${found}`;
  throw usage(`${option} must look like ${wanted}; '${prn}' ${problem}`);
}
