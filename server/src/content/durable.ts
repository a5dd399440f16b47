import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes a directory's entries durable: a synced file whose name is lost is lost. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes `path` and its missing parents up to `root`, durably. */
export async function makeDirectory(root: string, path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  for (let directory = path; directory.length > root.length; directory = dirname(directory)) {
    await syncDirectory(dirname(directory));
  }
}

/**
 * One fdatasync for many writers of a file: those who finish while one runs share the next. Each caller's own writes
 * are on the disk when its promise resolves.
 */
export function groupSync(handle: FileHandle): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= running
      .catch(() => {}) // Whoever waited for that one was told.
      .then(() => {
        running = next as Promise<void>;
        next = null;
        return handle.datasync();
      });
    return next;
  };
}
