import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { DeltaAlgorithm } from "@open-peridio/contract";

/** The programs that make deltas, as far as they were found when the server started. */
export interface DeltaTools {
  available: readonly DeltaAlgorithm[];
  missing: readonly DeltaAlgorithm[];
}

/** @param wanted by the settings; each is the name of its program */
export function findTools(wanted: readonly DeltaAlgorithm[]): DeltaTools {
  const available = wanted.filter(isOnPath);
  return { available, missing: wanted.filter((name) => !available.includes(name)) };
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false; // Not in this directory.
    }
  });
}
