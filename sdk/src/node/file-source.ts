import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Source } from "../source.ts";

const chunkBytes = 1_048_576;

/** A file to upload, held open. Close it when the upload is over. */
export interface FileSource extends Source {
  close(): Promise<void>;
}

/** @throws when the file can't be read; also later, when it changes its size under the upload. */
export async function fileSource(path: string): Promise<FileSource> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  return {
    size,
    read: (start, end) => readAll(file, path, start, end),
    stream: (start, end) =>
      (end > start
        ? createReadStream(path, { start, end: end - 1, highWaterMark: chunkBytes })
        : []) as AsyncIterable<Buffer>,
    close: () => file.close(),
  };
}

async function readAll(file: FileHandle, path: string, start: number, end: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(end - start);
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) throw new Error(`${path} became shorter while it was read`);
    done += bytesRead;
  }
  return bytes;
}
