import { constants } from "node:fs";
import { copyFile, cp, mkdir, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { syncPath, syncTree } from "./durable.ts";
import type { OfferedItem } from "./offer.ts";
import type { InstalledItem, Slot } from "./state.ts";

/** What `current` points to is what runs; the other slot is free to be filled. */
const pointer = "current";

export function slotPath(directory: string, slot: Slot): string {
  return join(directory, "slots", slot);
}

export function otherSlot(slot: Slot | undefined): Slot {
  return slot === "a" ? "b" : "a";
}

/** What an item's bytes are called in its folder, where no hook puts them elsewhere. */
export const installedFile = "binary";

/** Makes an empty slot. */
export async function emptySlot(directory: string, slot: Slot): Promise<void> {
  await rm(slotPath(directory, slot), { recursive: true, force: true });
  await mkdir(slotPath(directory, slot), { recursive: true });
}

/** Gives each item a folder: named after its artifact where that is a plain name and only one has it, else after its id. */
export function withFolders(items: OfferedItem[]): InstalledItem[] {
  const count = (name: string): number => items.filter((item) => item.artifact_name === name).length;
  return items.map((item) => {
    const { artifact_name: name } = item;
    const isPlain = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/.test(name) && count(name) === 1;
    return { ...item, folder: isPlain ? name : item.binary_prn.split(":").at(-1)! };
  });
}

/** Puts a copy of what the other slot has into this one; shares its blocks where the file system can. */
export async function carryOver(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
    preserveTimestamps: true,
    verbatimSymlinks: true,
  });
}

/** Installs an item without a hook: its bytes become a file in its folder. */
export async function placeFile(content: string, folder: string): Promise<void> {
  await copyFile(content, join(folder, installedFile), constants.COPYFILE_FICLONE);
}

/** Lets `current` point to a slot that is on the disk with all its files, or to nothing. */
export async function switchTo(directory: string, slot: Slot | null): Promise<void> {
  const path = join(directory, pointer);
  if (slot === null) {
    await rm(path, { force: true });
  } else {
    await syncTree(slotPath(directory, slot));
    const fresh = `${path}.new`;
    await rm(fresh, { force: true });
    await symlink(join("slots", slot), fresh);
    await rename(fresh, path);
  }
  await syncPath(directory);
}
