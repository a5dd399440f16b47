import { exitCodes, Failure } from "./exit.ts";

/** A signal that Ctrl-C and SIGTERM fire; `cure` says how to go on from there. A second Ctrl-C ends at once. */
export function interruption(cure: string | (() => string)): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    controller.abort(new Failure(exitCodes.interrupted, `interrupted; ${typeof cure === "string" ? cure : cure()}`));
    process.once("SIGINT", () => process.exit(exitCodes.interrupted));
  };
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  return controller.signal;
}
