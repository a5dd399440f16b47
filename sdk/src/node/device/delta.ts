import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import type { Device } from "./device.ts";
import { download } from "./download.ts";
import { heldContent } from "./held.ts";
import { useLinks } from "./links.ts";
import type { OfferedDelta, OfferedItem } from "./offer.ts";
import { discard, isBegun } from "./partial.ts";
import { PatchFailed, patch, patchAlgorithms } from "./patch.ts";
import { Withdrawn } from "./withdrawn.ts";

/** Milliseconds without a byte after which the whole is fetched instead. */
const patience = 60_000;

/**
 * Makes an item's content at `path` of content that the device holds, by the smallest delta that does it. What comes of it
 * is still to be proven, as if it had been downloaded. False when there is no way but to fetch the whole.
 * @param ask for the address of a delta, anew. @throws Withdrawn; the signal's reason
 */
export async function makeOfHeld(
  device: Device,
  item: OfferedItem,
  path: string,
  deltas: readonly OfferedDelta[],
  ask: (delta: OfferedDelta) => Promise<string[]>,
): Promise<boolean> {
  const { directory } = device.options;
  const { size } = item;
  // Of the whole some is there already: a download that was begun before goes on.
  if (size === null || (await isBegun(path))) return false;
  // Made before a crash; whether it is good is found out next.
  if ((await stat(path).catch(() => null))?.size === size) return true;
  const held = deltas.length === 0 ? [] : await heldContent(directory, device.state);
  const known = patchAlgorithms();
  const usable = deltas
    .filter((delta) => delta.size < size && known.includes(delta.algorithm))
    .sort((a, b) => a.size - b.size);
  for (const delta of usable) {
    const from = held.find(({ hash }) => hash === delta.from_hash);
    if (from === undefined) continue;
    try {
      await makeOf(device, item, path, delta, from.path, () => ask(delta));
      const what = `${item.artifact_name} ${item.artifact_version}`;
      const message = `${what} was made of what is here, with ${delta.size} of ${size} bytes`;
      device.tell("patched", message, { binary_prn: item.binary_prn, algorithm: delta.algorithm, bytes: delta.size });
      return true;
    } catch (error) {
      device.signal.throwIfAborted();
      if (error instanceof Withdrawn) throw error;
      const message = `a delta by ${delta.algorithm} is of no use: ${(error as Error).message}`;
      device.tell("retrying", message, { binary_prn: item.binary_prn, algorithm: delta.algorithm });
    }
  }
  return false;
}

async function makeOf(
  device: Device,
  item: OfferedItem,
  path: string,
  delta: OfferedDelta,
  from: string,
  ask: () => Promise<string[]>,
): Promise<void> {
  // The device's own disk is trusted no more than the network.
  if ((await hashOf(from)) !== delta.from_hash) throw new PatchFailed("what it begins with isn't what was installed");
  const file = `${path}.${delta.algorithm}`;
  const fresh = `${path}.patched`;
  const { concurrency, chunkBytes, hookTimeout } = device.options;
  try {
    await download(file, delta.size, useLinks([delta.url], ask), {
      transport: device.content,
      concurrency,
      chunkBytes,
      throttle: device.throttle,
      signal: device.signal,
      patience: { total: patience, onRetry: (reason) => device.tell("retrying", (reason as Error).message) },
      onProgress: () => {},
    });
    if ((await hashOf(file)) !== delta.hash) throw new PatchFailed("it was damaged on its way");
    const old = { path: from, size: (await stat(from)).size };
    const wanted = { hash: item.hash, size: item.size! };
    await patch(delta.algorithm, old, file, fresh, wanted, hookTimeout, device.signal);
    await rename(fresh, path);
  } finally {
    await rm(fresh, { force: true });
    // One that is half here goes on after a restart.
    if (!device.signal.aborted) await discard(file);
  }
}

async function hashOf(path: string): Promise<string> {
  const digest = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 })) digest.update(piece as Buffer);
  return digest.digest("hex");
}
