import { errorOf } from "./api-error.ts";
import { type Binary, getBinary } from "./binary.ts";
import type { Client } from "./client.ts";
import { downloadLinks, failingOver, laterMayHelp, type Whereabouts } from "./download-links.ts";
import { tryAgain } from "./retry.ts";

export interface DownloadOptions extends Whereabouts {
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
    await hash.update(piece);
    received += piece.length;
  }
  if (received > total) await startOver();

  /** Fetches what is missing. Content never changes under its link, so what came from another origin goes on here. */
  async function fetchRest(url: string, gotSomewhere: () => void): Promise<void> {
    const headers = received > 0 ? { range: `bytes=${received}-` } : {};
    const answer = await client.transport.fetch(new Request(url, { headers, signal }));
    if (!answer.ok) throw await errorOf(answer);
    // The whole came in place of the rest.
    if (answer.status === 200 && received > 0) await startOver();
    checkRange(answer, received, total);
    const reader = answer.body!.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      await sink.append(piece.value);
      await hash.update(piece.value);
      received += piece.value.length;
      gotSomewhere();
      options.onProgress?.(received, total);
      // What has arrived already doesn't wait for the stream to notice.
      signal.throwIfAborted();
    }
    if (received < total) throw new Error(`the connection ended after ${received} of ${total} bytes`);
  }

  const fetchFromOneOf = failingOver(fetchRest, signal);

  async function fetchByNewLinks(_tries: number, gotSomewhere: () => void): Promise<void> {
    // New ones for each try: the old ones may have expired. Asked for even when no byte is missing, for its refusals.
    const { download_url: url, urls } = await downloadLinks(client, binary.prn, options);
    if (received === total) return;
    // A server of the official service, or of an earlier release, knows one place.
    const links = urls ?? [{ origin: "", url, expires_at: "" }];
    await fetchFromOneOf(links, gotSomewhere, (error) => client.patience.onRetry?.(error));
  }

  await tryAgain(fetchByNewLinks, laterMayHelp, client.patience, signal);
  const digest = await hash.digest();
  if (digest === binary.hash && received === total) return;
  await sink.reset();
  throw new Error(`the downloaded content has the SHA-256 ${digest}, the binary has ${binary.hash}; it was removed`);
}

/** @throws Error when a 206 has other bytes than those that are missing */
function checkRange(answer: Response, received: number, total: number): void {
  const range = answer.headers.get("content-range");
  if (answer.status !== 206 || range === null || range === `bytes ${received}-${total - 1}/${total}`) return;
  throw new Error(`${answer.url || "the server"} sent '${range}' in the place of the bytes from ${received} on`);
}
