import { join } from "node:path";
import type { Device } from "./device.ts";
import { runHook } from "./hook.ts";
import { slotPath } from "./slots.ts";
import type { Journal } from "./state.ts";

/** Where the process id of a running hook stands. */
export function pidPath({ options }: Device): string {
  return join(options.directory, "hook.pid");
}

/** Runs a hook of an update; all are told what it is about. @throws Error when it fails */
export async function runUpdateHook(
  device: Device,
  { offer, slot }: Journal,
  command: string,
  directory: string,
  environment: Record<string, string> = {},
): Promise<void> {
  const hook = {
    command,
    environment: {
      PERIDIO_BUNDLE_PRN: offer.bundle_prn,
      PERIDIO_RELEASE_PRN: offer.release?.prn ?? "",
      PERIDIO_RELEASE_VERSION: offer.release?.version ?? "",
      PERIDIO_SLOT_PATH: slotPath(device.options.directory, slot),
      PERIDIO_STATE_DIRECTORY: device.options.directory,
      ...environment,
    },
    directory,
    timeout: device.options.hookTimeout,
    pidPath: pidPath(device),
    onLine: (line: string) => device.tell("hook", line),
  };
  await runHook(hook, device.signal);
}
