import { constants } from "node:fs";
import { access, type FileHandle, open, readdir, rm, rmdir, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { groupSync, makeDirectory, syncDirectory } from "./durable.ts";
import { type ContentPlace, directoryOf } from "./place.ts";
import { readFileRange } from "./read-range.ts";
import { type Received, receive } from "./receive.ts";
import type { StoredEntry } from "./store.ts";

/** The file in which parts are written at their offsets. */
export const partsFile = "content";

/** A piece of the whole: `size` bytes at `offset` of `file`. */
export interface Piece {
  file: string;
  offset: number;
  size: number;
}

interface OpenFile {
  handle: FileHandle;
  sync: () => Promise<void>;
}

interface SharedFile {
  opened: Promise<OpenFile>;
  users: number;
}

const copyBytes = 1_048_576;

/** Content on a file system: one directory a place, one file for the whole. Everything it says is done is durable. */
export type FilesystemStore = ReturnType<typeof openFilesystemStore>;

/**
 * @param shared whether several servers write here at once. Which of them holds a part's place in the content file none of
 * them knows, so each part gets a file of its own and is copied once, when all are there.
 */
export function openFilesystemStore(root: string, { shared = false }: { shared?: boolean } = {}) {
  const files = new Map<string, SharedFile>();

  const pathOf = (place: ContentPlace, file: string): string => join(directoryOf(root, place), file);

  /** Opens a file for writing, once for all who write to it at the same time. */
  async function use<T>(place: ContentPlace, file: string, work: (file: OpenFile) => Promise<T>): Promise<T> {
    const path = pathOf(place, file);
    const shared = files.get(path) ?? { opened: create(place, path), users: 0 };
    files.set(path, shared);
    shared.users++;
    try {
      return await work(await shared.opened);
    } finally {
      shared.users--;
      if (shared.users === 0) {
        files.delete(path);
        await shared.opened.then(({ handle }) => handle.close());
      }
    }
  }

  async function create(place: ContentPlace, path: string): Promise<OpenFile> {
    const directory = directoryOf(root, place);
    await makeDirectory(root, directory);
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    await syncDirectory(directory);
    return { handle, sync: groupSync(handle) };
  }

  return {
    kind: "files" as const,
    shared,

    pathOf,

    /** Whether content can be written here at all. @throws what the file system says. */
    async check(): Promise<void> {
      await makeDirectory(dirname(root), root);
      await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
    },

    /** Streams a body into a file; the bytes are durable when it resolves. */
    receive(
      place: ContentPlace,
      target: { file: string; offset: number; limit: number },
      body: Readable,
      signal: AbortSignal,
    ): Promise<Received> {
      return use(place, target.file, async ({ handle, sync }) => {
        const received = await receive(body, handle, target.offset, target.limit, signal);
        await sync();
        return received;
      });
    },

    /** Streams a body into a file of its own. */
    receiveWhole(
      place: ContentPlace,
      file: string,
      limit: number,
      body: Readable,
      signal: AbortSignal,
    ): Promise<Received> {
      return this.receive(place, { file, offset: 0, limit }, body, signal);
    },

    /**
     * Copies pieces into `file` one after the other and cuts it behind the last; durable when it resolves.
     * @throws the signal's reason when it fires.
     */
    assemble(place: ContentPlace, file: string, pieces: readonly Piece[], signal?: AbortSignal): Promise<void> {
      return use(place, file, async ({ handle, sync }) => {
        let position = 0;
        for (const piece of pieces) {
          const stays = piece.file === file && piece.offset === position;
          if (!stays) await copy(pathOf(place, piece.file), piece, handle, position, signal);
          position += piece.size;
        }
        await handle.truncate(position);
        await sync();
      });
    },

    /** Bytes `start` to `end`, both included; none of an empty file, whose end is -1. A chunk is good until the next is asked for. */
    chunks(place: ContentPlace, file: string, start: number, end: number): AsyncGenerator<Buffer> {
      return readFileRange(pathOf(place, file), start, end);
    },

    async sizeOf(place: ContentPlace, file: string): Promise<number | null> {
      return (await stat(pathOf(place, file)).catch(ignoreMissing))?.size ?? null;
    },

    /** All files, in the order of their keys, behind the given one. What goes meanwhile is left out. */
    entries: (after: string): AsyncGenerator<StoredEntry> => walk(root, [], after.split("/")),

    /** Removes one file; one that isn't there is no error. */
    async removeFile(place: ContentPlace, file: string): Promise<void> {
      await unlink(pathOf(place, file)).catch(ignoreMissing);
    },

    /** Removes all files of a place but the named one; a place that isn't there is no error. */
    async removeOthers(place: ContentPlace, keep: string): Promise<void> {
      const names = (await readdir(directoryOf(root, place)).catch(ignoreMissing)) ?? [];
      await Promise.all(names.filter((name) => name !== keep).map((name) => this.removeFile(place, name)));
    },

    /** Removes all that is at a place, for good. */
    async remove(place: ContentPlace): Promise<void> {
      await rm(directoryOf(root, place), { recursive: true, force: true });
      await this.prune(place);
    },

    /** Removes the directories of a place that has nothing in it. */
    async prune(place: ContentPlace): Promise<void> {
      const directory = directoryOf(root, place);
      await rmdir(directory).catch(() => {}); // Not empty, or gone already: the next one says which.
      for (const empty of [dirname(directory), dirname(dirname(directory))]) {
        const removed = await rmdir(empty).then(
          () => true,
          () => false, // Not empty, or gone already: both are fine.
        );
        if (!removed) return;
      }
    },
  };
}

async function copy(
  path: string,
  piece: Piece,
  target: FileHandle,
  position: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const source = await open(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(copyBytes);
    for (let done = 0; done < piece.size; ) {
      signal?.throwIfAborted();
      const wanted = Math.min(copyBytes, piece.size - done);
      const { bytesRead } = await source.read(buffer, 0, wanted, piece.offset + done);
      if (bytesRead === 0) throw new Error(`${path} ends ${piece.size - done} bytes early`);
      for (let written = 0; written < bytesRead; ) {
        const at = position + done + written;
        written += (await target.write(buffer, written, bytesRead - written, at)).bytesWritten;
      }
      done += bytesRead;
    }
  } finally {
    await source.close();
  }
}

/** @param after words of the key behind which it begins; empty, or one empty word, for the beginning */
async function* walk(root: string, words: readonly string[], after: readonly string[]): AsyncGenerator<StoredEntry> {
  const entries = (await readdir(join(root, ...words), { withFileTypes: true }).catch(ignoreMissing)) ?? [];
  const [from = "", ...rest] = after;
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name < from) continue;
    const path = [...words, entry.name];
    if (entry.isDirectory()) {
      yield* walk(root, path, entry.name === from ? rest : []);
    } else if (entry.isFile() && entry.name > from) {
      const found = await stat(join(root, ...path)).catch(ignoreMissing);
      if (found) yield { key: path.join("/"), size: found.size, modifiedAt: found.mtime };
    }
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
