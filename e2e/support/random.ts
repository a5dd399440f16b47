/** Random numbers that a seed repeats, so that a failure can be looked at again. */
export interface Random {
  seed: number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(choices: readonly T[]): T;
}

/** E2E_SEED repeats an earlier run. */
export function makeRandom(seed = Number(process.env.E2E_SEED) || Date.now() % 1_000_000_000): Random {
  let state = seed;
  // Mulberry32, by Tommy Ettinger (public domain).
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return { seed, between, pick: (choices) => choices[between(0, choices.length - 1)]! };
}
