import { parseArgs } from "node:util";
import { removeDiscarded } from "../binaries/discarded.ts";
import { trackUploads } from "../binaries/uploads.ts";
import { makeLeases } from "../database/leases.ts";
import type { BinaryRow } from "../database/tables.ts";
import type { Platform } from "../platform.ts";
import { checkAll, type Finding, type Needs } from "./pass.ts";
import { makeThrottle } from "./throttle.ts";

export interface FsckOptions {
  repair: boolean;
  deep: boolean;
  /** Bytes a second; 0 is no limit. */
  rate: number;
  /** Seconds. */
  grace: number;
  /** Where a backup is; none when absent. */
  backup: string | undefined;
}

/** @throws Error that says what is wrong with the words */
export function readFsckOptions(words: string[]): FsckOptions {
  const { values } = parseArgs({
    args: words,
    options: {
      repair: { type: "boolean", default: false },
      deep: { type: "boolean", default: false },
      rate: { type: "string", default: "0" },
      grace: { type: "string", default: "86400" },
      backup: { type: "string" },
    },
  });
  const number = (name: "rate" | "grace"): number => {
    if (/^\d{1,15}$/.test(values[name])) return Number(values[name]);
    throw new Error(`--${name} must be a whole number; got '${values[name]}'`);
  };
  const { repair, deep, backup } = values;
  return { repair, deep, rate: number("rate"), grace: number("grace"), backup };
}

/** Compares records and content, beside running servers. @param report told of each finding as it is found */
export async function fsck(
  platform: Needs & Pick<Platform, "log">,
  { repair, deep, rate, grace }: FsckOptions,
  report: (finding: Finding) => void,
  bringBack: (row: BinaryRow) => Promise<boolean>,
) {
  const name = deep ? "fsck_deep" : "fsck";
  const counts: Record<string, number> = {};
  let left = 0;
  let summary = {};
  const note = (finding: Finding) => {
    counts[finding.kind] = (counts[finding.kind] ?? 0) + 1;
    if (!finding.repaired) left++;
    report(finding);
  };
  const held = await makeLeases(platform.db).holding(name, async (signal) => {
    const throttle = makeThrottle(rate);
    const wanted = { deep, repair, grace: grace * 1000, bringBack: repair ? bringBack : null };
    const check = { ...wanted, name, throttle, signal, report: note } as const;
    const { started_at, checked_binaries, checked_bytes } = await checkAll(platform, check);
    summary = { started_at, checked_binaries, checked_bytes };
  });
  if (!held) throw new Error("another process does the same at this moment");
  if (repair) {
    // Where no server runs, nobody else does.
    const removing = removeDiscarded({ ...platform, uploads: trackUploads() });
    await removing.all();
    await removing.stop();
  }
  return { ...summary, findings: counts, left };
}
