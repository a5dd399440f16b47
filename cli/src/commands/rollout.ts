import { setTimeout as pause } from "node:timers/promises";
import { call } from "@open-peridio/sdk/node";
import type { Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { exitCodes, Failure } from "../exit.ts";
import { write } from "../output.ts";
import { integer } from "../values.ts";

interface Rollout {
  state: string;
  eligible: number;
  claimed: number;
  downloading: number;
  installing: number;
  done: number;
  failed: number;
  withheld: string | null;
}

/**
 * Prints how far a release has come, again whenever that changes, until every device that may have it is through.
 * @param path of the rollout
 * @throws Failure 1 when it halts
 */
export async function watchRollout(options: Options, path: string): Promise<void> {
  const seconds = integer(options, "interval") ?? 5;
  const connection = connect(options);
  for (let last = ""; ; await pause(seconds * 1000)) {
    const body = (await call(connection, "GET", path)) as { rollout: Rollout };
    const line = options.output === "table" ? inWords(body.rollout) : JSON.stringify(body);
    if (line !== last) write(line);
    last = line;
    const { state, eligible, done, failed } = body.rollout;
    if (state === "halted") throw new Failure(exitCodes.refused, "the release was halted: too many devices failed");
    if (state === "active" && done + failed >= eligible) return;
  }
}

function inWords({ state, eligible, withheld, ...counts }: Rollout): string {
  const { claimed, downloading, installing, done, failed } = counts;
  const steps = { claimed, downloading, installing, failed };
  const under = Object.entries(steps).filter(([, count]) => count > 0);
  const words = [`${done} of ${eligible} done`, ...under.map(([step, count]) => `${count} ${step}`)];
  return `${state}: ${words.join(", ")}${withheld === null ? "" : `; withheld: ${withheld}`}`;
}
