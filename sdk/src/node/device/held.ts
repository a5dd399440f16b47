import { stat } from "node:fs/promises";
import { join } from "node:path";
import { installedFile, slotPath } from "./slots.ts";
import type { DeviceState } from "./state.ts";

/** Content that the device has, as far as sizes tell: its hash is proven before anything is made of it. */
export interface Held {
  hash: string;
  path: string;
}

/** Files that are named to the server, at most. */
const maxHeld = 64;

/** What of the content that runs still lies as a file in its slot, as it does without a hook. */
export async function heldContent(directory: string, { running }: Pick<DeviceState, "running">): Promise<Held[]> {
  if (running === null) return [];
  const found = await Promise.all(
    running.items.map(async ({ hash, size, folder }): Promise<Held | null> => {
      const path = join(slotPath(directory, running.slot), folder, installedFile);
      const known = await stat(path).catch(() => null);
      return known?.isFile() && known.size === size ? { hash, path } : null;
    }),
  );
  return found.filter((held) => held !== null).slice(0, maxHeld);
}
