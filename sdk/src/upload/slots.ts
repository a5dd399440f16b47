/** A number of places that work must take before it starts. */
export function slots(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];
  let idle: (() => void) | null = null;

  function release(): void {
    const next = waiting.shift();
    if (next) next();
    else free++;
    if (free === count) idle?.();
  }

  return {
    /** Resolves when there is a place; call what it resolves to, once, to leave it. */
    async take(): Promise<() => void> {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      let left = false;
      return () => {
        if (!left) release();
        left = true;
      };
    },
    /** Resolves when nobody holds a place. */
    allFree(): Promise<void> {
      return free === count
        ? Promise.resolve()
        : new Promise((resolve) => {
            idle = resolve;
          });
    },
  };
}
