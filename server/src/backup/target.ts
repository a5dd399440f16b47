import { createHash, createHmac } from "node:crypto";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { openContentStore } from "../content/open.ts";
import type { ContentPlace } from "../content/place.ts";
import type { ContentStore } from "../content/store.ts";
import { seal, sealedSize, unseal } from "./sealing.ts";

const never = new AbortController().signal;

/** A file of a backup. */
export interface Held {
  place: ContentPlace;
  file: string;
}

/** What was to be backed up can't be read, or isn't what was verified: nothing is wrong with the target. */
export class Unreadable extends Error {}

export type Target = Awaited<ReturnType<typeof openTarget>>;

/** A folder, or whatever content can be kept in, that holds backups. @param key of 32 bytes; null for plain files */
export async function openTarget(address: string, key: Buffer | null) {
  const url = /^\w+:/.test(address) ? address : `file:${resolve(address)}`;
  const store: ContentStore = await openContentStore(url, ".");
  await store.check();

  return {
    isSealed: key !== null,

    /** By its hash; under a key the name says nothing of it. */
    content(hash: string): Held {
      const name = key === null ? hash : createHmac("sha256", key).update(`content ${hash}`).digest("hex");
      return { place: { organizationId: "content", binaryId: name.slice(0, 2), revision: 0 }, file: name };
    },

    ofBackup: (id: string, file: string): Held => ({
      place: { organizationId: "backups", binaryId: id, revision: 0 },
      file,
    }),

    sizeOf: (size: number): number => (key === null ? size : sealedSize(size)),

    /** Name → bytes of all files below a word. */
    async list(word: "content" | "backups"): Promise<Map<string, number>> {
      const found = new Map<string, number>();
      for await (const entry of store.entries("")) {
        if (entry.key.startsWith(`${word}/`)) found.set(entry.key, entry.size);
      }
      return found;
    },

    keyOf: ({ place, file }: Held): string => `${place.organizationId}/${place.binaryId}/0/${file}`,

    /**
     * Nothing is kept of what fails.
     * @throws Unreadable also when what came isn't of this size and hash; what the store says when it takes nothing
     */
    async put({ place, file }: Held, source: AsyncIterable<Uint8Array>, is: { size: number; hash: string }) {
      const plain = checked(source, is);
      const body = Readable.from(key === null ? plain.chunks() : seal(key, plain.chunks()), { objectMode: false });
      try {
        await store.receiveWhole(place, file, key === null ? is.size : sealedSize(is.size), body, never);
      } catch (error) {
        await store.removeFile(place, file).catch(() => {});
        throw plain.failure() ?? error;
      }
    },

    /** Whether it has a content whole. */
    async has(hash: string, size: number): Promise<boolean> {
      const { place, file } = this.content(hash);
      return (await store.sizeOf(place, file)) === this.sizeOf(size);
    },

    /** @throws Error when it isn't there, or can't be read with the key */
    async *get({ place, file }: Held): AsyncGenerator<Buffer> {
      const size = await store.sizeOf(place, file);
      if (size === null) throw new Error(`the backup has no '${file}'`);
      if (size === 0) return;
      const chunks = store.chunks(place, file, 0, size - 1);
      if (key !== null) yield* unseal(key, chunks);
      // The store uses its memory again for the next one.
      else for await (const chunk of chunks) yield Buffer.from(chunk);
    },
  };
}

/** A source whose failures are told from those of whoever takes it. */
function checked(source: AsyncIterable<Uint8Array>, is: { size: number; hash: string }) {
  let failure: Unreadable | null = null;
  const fail = (message: string): Unreadable => {
    failure = new Unreadable(message);
    return failure;
  };

  async function* chunks() {
    const hash = createHash("sha256");
    let size = 0;
    const iterator = source[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { value, done } = await iterator.next().catch((error: Error) => {
          throw fail(error.message);
        });
        if (done) break;
        hash.update(value);
        size += value.length;
        // The source may use its memory again.
        yield Buffer.from(value);
      }
    } finally {
      await iterator.return?.();
    }
    if (size !== is.size || hash.digest("hex") !== is.hash) throw fail("it is not what was verified");
  }

  return { chunks, failure: () => failure };
}
