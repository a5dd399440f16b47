import { ApiError, errorOf } from "./api-error.ts";
import { type Binary, getBinary } from "./binary.ts";
import { bodyOf, type Client } from "./client.ts";
import { errorMayPass, statusMayPass, tryAgain } from "./retry.ts";

export interface DownloadOptions {
  binaryPrn: string;
  /** Bytes that are there, those of earlier tries included, and bytes of the whole. */
  onProgress?: (received: number, total: number) => void;
  signal?: AbortSignal;
}

/** Where downloaded bytes go. */
export interface Sink {
  /** Bytes that an earlier, interrupted download left, in order. */
  previous(): AsyncIterable<Uint8Array>;
  append(bytes: Uint8Array): Promise<void>;
  /** Forgets all bytes. */
  reset(): Promise<void>;
}

/**
 * Downloads content into memory; a broken connection is continued where it broke.
 * @throws ApiError, or Error when the bytes aren't those of the record
 */
export async function downloadBinary(
  client: Client,
  options: DownloadOptions,
): Promise<{ binary: Binary; content: Blob }> {
  const binary = await getBinary(client, options.binaryPrn, options.signal);
  let pieces: BlobPart[] = [];
  const sink: Sink = {
    async *previous() {},
    append: async (bytes) => void pieces.push(bytes as Uint8Array<ArrayBuffer>),
    reset: async () => {
      pieces = [];
    },
  };
  await downloadInto(client, binary, sink, options);
  return { binary, content: new Blob(pieces, { type: "application/octet-stream" }) };
}

/** Brings all content into the sink, and proves that it is the record's. @throws Error; the sink is empty then */
export async function downloadInto(
  client: Client,
  binary: Binary,
  sink: Sink,
  options: DownloadOptions,
): Promise<void> {
  const signal = options.signal ?? new AbortController().signal;
  const total = binary.size ?? 0;
  let hash = await client.transport.sha256();
  let received = 0;

  async function startOver(): Promise<void> {
    await sink.reset();
    hash = await client.transport.sha256();
    received = 0;
  }

  for await (const piece of sink.previous()) {
    hash.update(piece);
    received += piece.length;
  }
  if (received > total) await startOver();

  async function fetchRest(_tries: number, gotSomewhere: () => void): Promise<void> {
    const params = { path: { prn: binary.prn } };
    // A new link for each try: the old one may have expired. Asked for even when no byte is missing, for its refusals.
    const { download_url: url } = await bodyOf(client.api.GET("/binaries/{prn}/download_url", { params }));
    if (received === total) return;
    const range = received > 0 ? { range: `bytes=${received}-`, "if-range": `"${binary.hash}"` } : {};
    const answer = await client.transport.fetch(new Request(url, { headers: range, signal }));
    if (!answer.ok) throw await errorOf(answer);
    // The whole came in place of the rest.
    if (answer.status === 200 && received > 0) await startOver();
    const reader = answer.body!.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      await sink.append(piece.value);
      hash.update(piece.value);
      received += piece.value.length;
      gotSomewhere();
      options.onProgress?.(received, total);
      // What has arrived already doesn't wait for the stream to notice.
      signal.throwIfAborted();
    }
    if (received < total) throw new Error(`the connection ended after ${received} of ${total} bytes`);
  }

  await tryAgain(fetchRest, mayHelp, client.patience, signal);
  const digest = hash.digest();
  if (digest === binary.hash && received === total) return;
  await sink.reset();
  throw new Error(`the downloaded content has the SHA-256 ${digest}, the binary has ${binary.hash}; it was removed`);
}

function mayHelp(error: unknown): boolean {
  if (!(error instanceof ApiError)) return errorMayPass(error);
  return statusMayPass(error.status) || error.code === "link_expired";
}
