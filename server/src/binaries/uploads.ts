import { ApiError } from "@open-peridio/contract";
import { type ContentPlace, keyOf } from "../content/place.ts";

/** One request, or verification, that is writing bytes. */
export interface Upload {
  /** Whether this writer has its part's place in the content file for itself; if not, it needs a file of its own. */
  ownsPlace: boolean;
  /** Fires when the upload was reset or completed under this writer. */
  signal: AbortSignal;
  end(): void;
}

interface Running {
  place: ContentPlace;
  /** By the process's own clock, in milliseconds. */
  since: number;
  slot: number;
  ownsPlace: boolean;
  controller: AbortController;
  ended: Promise<void>;
}

/** The writers at work in this process: who may write where, and how to stop them. */
export type Uploads = ReturnType<typeof trackUploads>;

export function trackUploads() {
  const places = new Map<string, Set<Running>>();

  return {
    /** Announces a writer of part `slot`; the first of several at once owns the part's place. */
    begin(place: ContentPlace, slot: number): Upload {
      const key = keyOf(place);
      const running = places.get(key) ?? new Set();
      places.set(key, running);
      const ownsPlace = ![...running].some((other) => other.slot === slot && other.ownsPlace);
      const { promise, resolve } = Promise.withResolvers<void>();
      const upload: Running = {
        place,
        since: performance.now(),
        slot,
        ownsPlace,
        controller: new AbortController(),
        ended: promise,
      };
      running.add(upload);
      return {
        ownsPlace,
        signal: upload.controller.signal,
        end: () => {
          running.delete(upload);
          if (running.size === 0 && places.get(key) === running) places.delete(key);
          resolve();
        },
      };
    },

    /** Whether anybody writes there, as far as this process knows. */
    writing: (place: ContentPlace): boolean => places.has(keyOf(place)),

    /** The places where somebody has been writing for longer than so many milliseconds. */
    longerThan(milliseconds: number): ContentPlace[] {
      const since = performance.now() - milliseconds;
      return [...places.values()].flatMap((running) => {
        const long = [...running].find((upload) => upload.since < since);
        return long ? [long.place] : [];
      });
    },

    /** Stops all writers at a place and waits until none of them can write any more. */
    async stop(place: ContentPlace): Promise<void> {
      const running = [...(places.get(keyOf(place)) ?? [])];
      const reason = new ApiError("upload_superseded", "the binary was completed, reset or deleted meanwhile");
      for (const { controller } of running) controller.abort(reason);
      await Promise.all(running.map(({ ended }) => ended));
    },
  };
}
