import { Readable } from "node:stream";
import { partsFile } from "../content/filesystem.ts";
import { remoteDigest } from "../content/remote-digest.ts";
import { type ObjectPart, type ObjectStore, UploadGone } from "../content/store.ts";
import type { BinaryRow } from "../database/tables.ts";
import type { Platform } from "../platform.ts";
import { partsOf } from "./completeness.ts";
import { placeOf } from "./transitions.ts";
import type { Whole } from "./whole.ts";

/** Contents that are read at once; each takes 32 MB. */
const readAtOnce = 4;

/**
 * Milliseconds for which a store may show neither the parts nor the whole of a complete upload. While one request to put it
 * together is at work some stores have put the parts away, and tell another that it is done.
 */
const hiddenAtMost = 600_000;

/** Parts in an object store, which puts them together; the server reads the whole once. */
export function wholeObjects({ db, stores, clock }: Pick<Platform, "db" | "stores" | "clock">): Whole {
  const turns = makeTurns(readAtOnce);

  async function storeOf(row: BinaryRow): Promise<ObjectStore> {
    const store = await stores.of(row);
    if (store.kind === "objects") return store;
    throw new Error(`the content of binary ${row.id} is in no object store`);
  }

  /** Null when the store knows nothing of the upload. */
  async function arrivedOf(content: ObjectStore, row: BinaryRow): Promise<ObjectPart[] | null> {
    return content.listParts(placeOf(row), row.upload_id!).catch((error: unknown) => {
      if (error instanceof UploadGone) return null;
      throw error;
    });
  }

  /** Gives up what is hidden for too long. @throws Error before, to be asked again */
  function hidden(row: BinaryRow, what: string): { lost: string; size: number } {
    if (clock.now().getTime() - Date.parse(row.updated_at) > hiddenAtMost) return { lost: what, size: 0 };
    throw new Error(`${what}; it may be putting them together`);
  }

  /** Has the store put the parts together; whether it has done so already or not. */
  async function complete(
    content: ObjectStore,
    row: BinaryRow,
    signal: AbortSignal,
  ): Promise<{ file: string } | { lost: string; size: number }> {
    const place = placeOf(row);
    const arrived = await arrivedOf(content, row);
    signal.throwIfAborted();
    const found = new Map((arrived ?? []).map((part) => [part.index, part]));
    const announced = await partsOf(db, row);
    const there = announced.flatMap(({ part_index, size }) => {
      const part = found.get(part_index);
      return part?.size === size ? [part] : [];
    });
    const whole = there.length === announced.length;
    // An attempt before this one may have come so far: then the store has the whole, and its parts no more.
    if (!whole && (await content.sizeOf(place, partsFile)) !== row.size) {
      if (found.size === 0) return hidden(row, "the content store shows neither the content nor its parts");
      return {
        lost: "the content store no longer has all parts",
        size: there.reduce((sum, { size }) => sum + size, 0),
      };
    }
    const parts = whole
      ? there
      : announced.map(({ part_index, size, hash }) => ({ index: part_index, size, hash, tag: "" }));
    try {
      await content.completeUpload(place, row.upload_id!, parts);
    } catch (error) {
      if (error instanceof UploadGone) return hidden(row, error.message);
      throw error;
    }
    return { file: partsFile };
  }

  return {
    async make(row, signal) {
      const content = await storeOf(row);
      if (row.size === 0 && (await partsOf(db, row)).length === 0) {
        await content.receiveWhole(placeOf(row), partsFile, 0, Readable.from([]), signal);
        return { file: partsFile };
      }
      if (row.upload_id === null) return { lost: "its upload was never begun in the content store", size: 0 };
      return complete(content, row, signal);
    },

    async measure(row, signal) {
      const place = placeOf(row);
      const content = await storeOf(row);
      const file = row.content_file!;
      let size = await content.sizeOf(place, file);
      // It said that it put the parts together. If they are still there, it didn't.
      if (size === null && file === partsFile && row.upload_id !== null) {
        await complete(content, row, signal);
        size = await content.sizeOf(place, file);
      }
      if (size === null) return { hash: null, ...hidden(row, "the content store does not show the content") };
      const length = size;
      const read = (start: number, end: number) => content.chunks(place, file, start, end);
      return turns.take(async () => ({ hash: await remoteDigest(read, length, signal), size: length }));
    },

    arrived() {},
    dropped() {},
    async stop() {},
  };
}

/** Lets so many work at once; the others wait for their turn. */
function makeTurns(most: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async take<T>(work: () => Promise<T>): Promise<T> {
      if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
