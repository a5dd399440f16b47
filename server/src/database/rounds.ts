import type { Logger } from "pino";
import type { Leases } from "./leases.ts";

export interface Rounds {
  /** Milliseconds between the beginnings of two rounds; 0 for never. */
  every: number;
  /** What the log says of a round that failed. */
  failed: string;
}

/**
 * Does background work over and over: one that is due while the last still runs is left out. The signal fires when the
 * server stops, which waits for the round that runs. One that fails is logged, and the next comes all the same.
 */
export function startRounds(
  { log }: { log: Logger },
  { every, failed }: Rounds,
  round: (signal: AbortSignal) => Promise<unknown>,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  function begin(): void {
    running ??= round(stopping.signal)
      .then(() => {})
      .catch((err) => {
        if (!stopping.signal.aborted) log.error({ err }, failed);
      })
      .finally(() => {
        running = null;
      });
  }

  const timer = every === 0 ? undefined : setInterval(begin, every);
  timer?.unref();

  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      stopping.abort(new Error("the server is stopping"));
      await running;
    },
  };
}

/** The same in one replica at a time: the signal fires as well when another has taken over. */
export function startLeasedRounds(
  { log, leases }: { log: Logger; leases: Leases },
  { lease, ...rounds }: Rounds & { lease: string },
  round: (signal: AbortSignal) => Promise<void>,
): { stop(): Promise<void> } {
  return startRounds({ log }, rounds, (stopping) =>
    leases.holding(lease, (lost) => round(AbortSignal.any([lost, stopping]))),
  );
}
