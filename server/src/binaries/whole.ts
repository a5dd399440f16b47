import type { ContentPlace } from "../content/place.ts";
import type { BinaryRow } from "../database/tables.ts";
import type { Measured } from "./outcome.ts";

/** How complete parts become one file, and how that is measured: different for each kind of content store. */
export interface Whole {
  /**
   * Makes one file of the valid parts of a `hashable` binary; done again after a crash, it does nothing twice. Returns its
   * name, or what is missing: then the bytes can't be had any more. @throws the signal's reason
   */
  make(row: BinaryRow, signal: AbortSignal): Promise<{ file: string } | { lost: string; size: number }>;

  /** Reads all of the content of a `hashing` binary, once. @throws the signal's reason */
  measure(row: BinaryRow, signal: AbortSignal): Promise<Measured>;

  /** A part became valid. */
  arrived(place: ContentPlace): void;

  /** A valid part is replaced, or the upload ended. */
  dropped(place: ContentPlace): void;

  stop(): Promise<void>;
}

/** Each binary's own way: with the server's own store on files there are two. */
export function wholeByStore(files: Whole | null, objects: Whole): Whole {
  const of = (row: BinaryRow): Whole => (files !== null && row.store_id === null ? files : objects);
  return {
    make: (row, signal) => of(row).make(row, signal),
    measure: (row, signal) => of(row).measure(row, signal),
    arrived: (place) => files?.arrived(place),
    dropped: (place) => files?.dropped(place),
    async stop() {
      await files?.stop();
    },
  };
}
