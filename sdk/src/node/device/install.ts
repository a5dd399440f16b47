import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Device } from "./device.ts";
import { syncTree } from "./durable.ts";
import { contentPath, isKept } from "./fetch.ts";
import { runUpdateHook } from "./run-hook.ts";
import { carryOver, placeFile, slotPath } from "./slots.ts";
import type { InstalledItem, Journal } from "./state.ts";

/** Puts one item into the free slot; what the device has already is carried over. @throws Error of the hook, of the disk */
export async function installItem(device: Device, update: Journal, item: InstalledItem): Promise<void> {
  const { directory } = device.options;
  const { running } = device.state;
  const folder = join(slotPath(directory, update.slot), item.folder);
  const name = `${item.artifact_name} ${item.artifact_version}`;
  if (running !== null && isKept(device.state, item)) {
    const former = running.items.find(({ binary_prn }) => binary_prn === item.binary_prn)!;
    await carryOver(join(slotPath(directory, running.slot), former.folder), folder);
    device.tell("kept", `${name} is there already`, { binary_prn: item.binary_prn });
  } else {
    // What an interrupted hook left must not be in its way.
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await installAnew(device, update, item, folder);
    device.tell("installed", `installed ${name}`, { binary_prn: item.binary_prn });
  }
  await syncTree(folder);
}

async function installAnew(device: Device, update: Journal, item: InstalledItem, folder: string): Promise<void> {
  const { directory, installHook } = device.options;
  const content = contentPath(directory, item);
  if (installHook === undefined) return await placeFile(content, folder);
  const metadata = `${content}.metadata.json`;
  await writeFile(metadata, JSON.stringify(item.custom_metadata));
  await runUpdateHook(device, update, installHook, folder, {
    PERIDIO_BINARY_PATH: content,
    PERIDIO_BINARY_PRN: item.binary_prn,
    PERIDIO_BINARY_TARGET: item.target,
    PERIDIO_BINARY_HASH: item.hash,
    PERIDIO_ARTIFACT_NAME: item.artifact_name,
    PERIDIO_ARTIFACT_VERSION: item.artifact_version,
    PERIDIO_METADATA_PATH: metadata,
    PERIDIO_INSTALL_PATH: folder,
  });
}
