import { createHash } from "node:crypto";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A temporary folder for one binary at a time: its hash and size must be known before it can be uploaded. */
export interface Spool {
  /**
   * Reads all content; keeps it in a file when it is wanted, in place of what was there before.
   * @returns its SHA-256, and the file, which is null when nothing was kept
   */
  take(
    content: AsyncIterable<Uint8Array>,
    isWanted: boolean,
    signal: AbortSignal,
  ): Promise<{ hash: string; path: string | null }>;
  remove(): Promise<void>;
}

/** Where TMPDIR says. */
export async function openSpool(): Promise<Spool> {
  const directory = await mkdtemp(join(tmpdir(), "peridio-push-"));
  const path = join(directory, "content");
  return {
    async take(content, isWanted, signal) {
      const hash = createHash("sha256");
      const file = isWanted ? await open(path, "w", 0o600) : null;
      try {
        for await (const piece of content) {
          signal.throwIfAborted();
          hash.update(piece);
          await file?.appendFile(piece);
        }
      } finally {
        await file?.close();
      }
      return { hash: hash.digest("hex"), path: isWanted ? path : null };
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
