import { Readable } from "node:stream";
import type { Kysely } from "kysely";
import { partsFile } from "../content/filesystem.ts";
import { remoteDigest } from "../content/remote-digest.ts";
import { type ObjectPart, type ObjectStore, UploadGone } from "../content/store.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import type { Stores } from "../stores/stores.ts";
import { partsOf } from "./completeness.ts";
import { placeOf } from "./transitions.ts";
import type { Whole } from "./whole.ts";

/** Contents that are read at once; each takes 32 MB. */
const readAtOnce = 4;

/** Parts in an object store, which puts them together; the server reads the whole once. */
export function wholeObjects(db: Kysely<Tables>, stores: Stores): Whole {
  const turns = makeTurns(readAtOnce);

  async function storeOf(row: BinaryRow): Promise<ObjectStore> {
    const store = await stores.of(row);
    if (store.kind === "objects") return store;
    throw new Error(`the content of binary ${row.id} is in no object store`);
  }

  async function arrivedOf(content: ObjectStore, row: BinaryRow): Promise<Map<number, ObjectPart>> {
    const arrived = await content.listParts(placeOf(row), row.upload_id!).catch((error: unknown) => {
      if (error instanceof UploadGone) return [];
      throw error;
    });
    return new Map(arrived.map((part) => [part.index, part]));
  }

  return {
    async make(row, signal) {
      const place = placeOf(row);
      const content = await storeOf(row);
      const announced = await partsOf(db, row);
      if (announced.length === 0 && row.size === 0) {
        await content.receiveWhole(place, partsFile, 0, Readable.from([]), signal);
        return { file: partsFile };
      }
      if (row.upload_id === null) return { lost: "its upload was never begun in the content store", size: 0 };
      const arrived = await arrivedOf(content, row);
      signal.throwIfAborted();
      const there = announced.map((part) => arrived.get(part.part_index));
      const whole = there.every((part, at) => part?.size === announced[at]!.size);
      // An attempt before this one may have come so far: then the store has the whole, and its parts no more.
      const parts = whole
        ? (there as ObjectPart[])
        : announced.map(({ part_index, size, hash }) => ({ index: part_index, size, hash, tag: "" }));
      const had = () => there.reduce((sum, part) => sum + (part?.size ?? 0), 0);
      if (!whole && (await content.sizeOf(place, partsFile)) !== row.size) {
        return { lost: "the content store no longer has its parts", size: had() };
      }
      try {
        await content.completeUpload(place, row.upload_id, parts);
      } catch (error) {
        if (!(error instanceof UploadGone)) throw error;
        return { lost: error.message, size: had() };
      }
      return { file: partsFile };
    },

    async measure(row, signal) {
      const place = placeOf(row);
      const content = await storeOf(row);
      const file = row.content_file!;
      const size = await content.sizeOf(place, file);
      // Without it there is nothing to read, and no way on: it is not what was declared.
      if (size === null) return { hash: null, size: 0 };
      const read = (start: number, end: number) => content.chunks(place, file, start, end);
      return turns.take(async () => ({ hash: await remoteDigest(read, size, signal), size }));
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
