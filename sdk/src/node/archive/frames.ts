import zlib from "node:zlib";

const chunkSize = 262_144;

/**
 * Decompresses a zstd stream, which may be of several frames. Node's own stream ends behind the first one, so each gets its
 * own here, and none is given more than it has taken.
 * @throws Error of `node:zlib`; its code is `Z_BUF_ERROR` when the stream is cut off
 */
export async function* decompressFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let frame = zlib.createZstdDecompress({ chunkSize });
  try {
    for await (const chunk of chunks) {
      for (let rest = chunk; rest.length > 0; ) {
        const before = frame.bytesWritten;
        yield* during(frame, (done) => frame.write(rest, done));
        rest = rest.subarray(frame.bytesWritten - before);
        if (rest.length > 0) frame = zlib.createZstdDecompress({ chunkSize });
      }
    }
    yield* during(frame, (done) => void frame.once("end", done).end());
  } finally {
    frame.destroy();
  }
}

/** What comes out while `work` is done, and until it is. */
async function* during(
  frame: zlib.ZstdDecompress,
  work: (done: (error?: Error | null) => void) => void,
): AsyncGenerator<Uint8Array> {
  let wake = () => {};
  let isDone = false;
  let failure: unknown = null;
  const settle = (error?: Error | null) => {
    failure ??= error ?? null;
    isDone = true;
    wake();
  };
  const look = () => wake();
  frame.on("readable", look).on("error", settle);
  work(settle);
  try {
    for (;;) {
      for (let piece = frame.read(); piece !== null; piece = frame.read()) yield piece as Buffer;
      if (failure !== null) throw failure;
      if (isDone) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    frame.off("readable", look).off("error", settle);
  }
}
