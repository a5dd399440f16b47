/** Digits that a product of a share and a count is good for: behind them are only the errors of its binary fractions. */
const precision = 12;

/** How many devices may claim a release, by its numeric phase; infinite for all. */
export function phaseLimit(value: number, deviceCount: number): number {
  if (value === 1) return Number.POSITIVE_INFINITY;
  if (value > 1) return value;
  return Math.ceil(Number((value * deviceCount).toPrecision(precision)));
}
