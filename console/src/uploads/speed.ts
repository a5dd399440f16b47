/** Milliseconds over which speed is averaged. */
const span = 6_000;

/** Told how many bytes there are by now, it says how many a second came lately; null at first. */
export function speedometer(clock: () => number = () => performance.now()): (bytes: number) => number | null {
  const seen: { at: number; bytes: number }[] = [];
  return (bytes) => {
    const at = clock();
    seen.push({ at, bytes });
    while (seen.length > 2 && at - seen[0]!.at > span) seen.shift();
    const first = seen[0]!;
    const elapsed = at - first.at;
    return elapsed < 500 ? null : ((bytes - first.bytes) / elapsed) * 1000;
  };
}
