import { storeStatus } from "./store-errors.ts";

/** Opens bytes `start` to `end` (both included); the signal lets go of them, also before the first has come. */
export type OpenBytes = (start: number, end: number, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;

/** Milliseconds without a byte after which a read is given up and begun anew, and pauses between attempts. */
const patience = { silence: 30_000, pause: 200, attempts: 8 };

/**
 * Bytes `start` to `end` of something remote. A read that breaks off, ends early or falls silent goes on from the byte that
 * was not there yet; only so many attempts in a row without any progress are an error.
 */
export async function* resuming(
  open: OpenBytes,
  start: number,
  end: number,
  { silence, pause, attempts }: typeof patience = patience,
): AsyncGenerator<Buffer> {
  let position = start;
  let failed = 0;
  while (position <= end) {
    const control = new AbortController();
    const before = position;
    try {
      const opening = open(position, end, control.signal);
      for await (const chunk of heard(opening, silence, control)) {
        position += chunk.length;
        yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      }
      if (position <= end) throw new Error(`the content store ended at byte ${position} of ${end}`);
    } catch (error) {
      if (position > before) failed = 0;
      if (isFinal(error) || ++failed === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause * 2 ** (failed - 1)));
    } finally {
      control.abort();
    }
  }
}

/** What no repetition mends: the store answered, and said no. */
function isFinal(error: unknown): boolean {
  const status = storeStatus(error);
  return status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** The chunks of what is being opened, as long as there is never silence for too long. */
async function* heard(
  opening: Promise<AsyncIterable<Uint8Array>>,
  silence: number,
  control: AbortController,
): AsyncGenerator<Uint8Array> {
  const bytes = await within(opening, silence, control);
  const chunks = bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await within(chunks.next(), silence, control);
      if (done) return;
      yield value;
    }
  } finally {
    control.abort();
    // It may hang for as long as the silence that was given up on.
    chunks.return?.()?.catch(() => {});
  }
}

/** What `work` gives, unless it takes longer than `time` milliseconds. */
async function within<T>(work: Promise<T>, time: number, control: AbortController): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`the content store was silent for ${time} ms`);
      control.abort(error);
      reject(error);
    }, time);
  });
  work.catch(() => {}); // Nobody listens any more once it is late.
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
