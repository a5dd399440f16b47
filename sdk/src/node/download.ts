import { createReadStream } from "node:fs";
import { open, rename, unlink } from "node:fs/promises";
import { type Binary, getBinary } from "../binary.ts";
import type { Client } from "../client.ts";
import { type DownloadOptions, downloadInto } from "../download.ts";

/**
 * Downloads content into a file. Goes on where an interrupted download stopped, and puts the file in place only when
 * size and SHA-256 are those of the record. While it is incomplete it is at `PATH.HASH.partial`: named after the
 * content, so that the rest of something else is never continued.
 * @throws ApiError, or Error when the bytes aren't those of the record
 */
export async function downloadToFile(client: Client, path: string, options: DownloadOptions): Promise<Binary> {
  const binary = await getBinary(client, options.binaryPrn, options.signal);
  const partial = `${path}.${binary.hash?.slice(0, 12)}.partial`;
  const file = await open(partial, "a");
  try {
    const sink = {
      previous: () => createReadStream(partial, { highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>,
      append: (bytes: Uint8Array) => file.appendFile(bytes),
      reset: () => file.truncate(0),
    };
    await downloadInto(client, binary, sink, options);
    await file.sync();
  } catch (error) {
    // Nothing to go on from, so nothing to leave behind.
    if ((await file.stat()).size === 0) await unlink(partial);
    throw error;
  } finally {
    await file.close();
  }
  await rename(partial, path);
  return binary;
}
