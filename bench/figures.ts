/** One line of a result. */
export interface Figure {
  what: string;
  value: string;
  /** What the design asks for; absent for figures that are only told. */
  target?: string;
  met?: boolean;
}

export function printFigures(bench: string, figures: Figure[]): void {
  process.stdout.write(`\n${bench}\n`);
  for (const { what, value, target, met } of figures) {
    const verdict = target === undefined ? "" : `  (${met ? "meets" : "MISSES"} ${target})`;
    process.stdout.write(`  ${what.padEnd(58)} ${value.padStart(12)}${verdict}\n`);
  }
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Seconds that `work` takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Peak memory of a process so far, in MB (Linux). */
export function megabytes(kilobytes: number): string {
  return `${Math.round(kilobytes / 1024)} MB`;
}
