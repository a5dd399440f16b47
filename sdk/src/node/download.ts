import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rename, unlink } from "node:fs/promises";
import { ApiError, errorOf } from "../api-error.ts";
import { type Binary, getBinary } from "../binary.ts";
import { bodyOf, type Client } from "../client.ts";
import { tryAgain } from "../retry.ts";

export interface DownloadOptions {
  binaryPrn: string;
  /** Where the file goes; while it is incomplete it is at `PATH.HASH.partial`. */
  path: string;
  onProgress?: (received: number, total: number) => void;
  signal?: AbortSignal;
}

/**
 * Downloads content into a file. Goes on where an interrupted download stopped, and puts the file in place only when
 * size and SHA-256 are those of the record.
 * @throws Error when they aren't; the wrong bytes are removed
 */
export async function downloadBinary(client: Client, options: DownloadOptions): Promise<Binary> {
  const binary = await getBinary(client, options.binaryPrn);
  const signal = options.signal ?? new AbortController().signal;
  // Named after the content, so that a rest of something else is never continued.
  const partial = `${options.path}.${binary.hash?.slice(0, 12)}.partial`;
  const file = await open(partial, "a+");
  try {
    await tryAgain(() => fetchRest(client, binary, file, options, signal), mayHelp, signal);
    const hash = await hashOf(partial);
    if (hash !== binary.hash) {
      await unlink(partial);
      throw new Error(`the downloaded file has the SHA-256 ${hash}, the binary has ${binary.hash}; it was removed`);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, options.path);
  return binary;
}

/** Appends what is missing. */
async function fetchRest(
  client: Client,
  binary: Binary,
  file: FileHandle,
  { onProgress }: DownloadOptions,
  signal: AbortSignal,
): Promise<void> {
  const total = binary.size ?? 0;
  let { size: received } = await file.stat();
  if (received > total) {
    await file.truncate(0);
    received = 0;
  }
  if (received === total) return;
  const params = { path: { prn: binary.prn } };
  const { download_url: url } = await bodyOf(client.api.GET("/binaries/{prn}/download_url", { params }));
  const range = received > 0 ? { range: `bytes=${received}-`, "if-range": `"${binary.hash}"` } : {};
  const answer = await client.transport.fetch(new Request(url, { headers: range, signal }));
  if (!answer.ok) throw await errorOf(answer);
  if (answer.status === 200 && received > 0) {
    await file.truncate(0);
    received = 0;
  }
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    await file.write(piece);
    received += piece.length;
    onProgress?.(received, total);
  }
  if (received < total) throw new Error(`the connection ended after ${received} of ${total} bytes`);
}

function mayHelp(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.status >= 500 || error.status === 429 || error.code === "link_expired";
}

async function hashOf(path: string): Promise<string> {
  const hash: Hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 })) hash.update(piece as Buffer);
  return hash.digest("hex");
}
