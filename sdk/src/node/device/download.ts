import { mkdir, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { ApiError, errorOf } from "../../api-error.ts";
import { ownSignal } from "../../own-signal.ts";
import { errorMayPass, type Patience, statusMayPass, tryAgain } from "../../retry.ts";
import type { Transport } from "../../transport.ts";
import { type Links, LinksRefused } from "./links.ts";
import { Refusal } from "./offer.ts";
import { type Chunk, openPartial, type Partial } from "./partial.ts";
import type { Throttle } from "./throttle.ts";

export interface DownloadSettings {
  transport: Transport;
  /** Requests at once. */
  concurrency: number;
  /** Bytes of a stretch that one request asks for. */
  chunkBytes: number;
  throttle: Throttle;
  /** How long to go on while no byte comes. */
  patience: Patience;
  signal: AbortSignal;
  onProgress: (received: number, total: number) => void;
}

/** Milliseconds between two checkpoints of a slow download. */
const checkpointTime = 1_000;

/**
 * Brings content into a file by several ranges at once, and goes on where an earlier, killed download stopped. What is in
 * the file then is not verified yet. @param size bytes; null to find out
 * @throws Refusal for answers that can't be of this content; other errors may pass
 */
export async function download(
  path: string,
  size: number | null,
  links: Links,
  settings: DownloadSettings,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const total = size ?? (await askSize(links, settings));
  const partial = await openPartial(path, total, settings.chunkBytes);
  try {
    await refuseFullDisk(path, missingBytes(partial));
    await fetchAll(partial, total, links, settings);
    await partial.checkpoint();
  } finally {
    await partial.close();
  }
}

function missingBytes({ chunks }: Partial): number {
  return chunks.reduce((sum, { start, end, done }) => sum + end - start - done, 0);
}

async function refuseFullDisk(path: string, missing: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(path));
  if (bavail * bsize < missing) {
    throw new Refusal(`${missing} bytes are to come, and the disk has room for ${bavail * bsize}`);
  }
}

async function fetchAll(partial: Partial, total: number, links: Links, settings: DownloadSettings): Promise<void> {
  try {
    await fetchChunks(partial, total, links, settings);
  } catch (error) {
    if (!(error instanceof RangesIgnored)) throw error;
    // From such a server the whole comes in one piece, or not at all.
    await partial.startOver();
    await fetchChunks(partial, total, links, settings, true);
  }
}

/** An answer with the whole content in place of a range. */
class RangesIgnored extends Error {}

async function fetchChunks(
  partial: Partial,
  total: number,
  links: Links,
  settings: DownloadSettings,
  whole = false,
): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([settings.signal, stop.signal]);
  const missing = partial.chunks.filter(({ start, end, done }) => start + done < end);
  let received = total - missingBytes(partial);
  let checkpointed = performance.now();

  async function take(chunk: Chunk, bytes: Uint8Array): Promise<void> {
    await settings.throttle(bytes.length, signal);
    await partial.write(chunk, bytes);
    received += bytes.length;
    settings.onProgress(received, total);
    if (chunk.start + chunk.done < chunk.end && performance.now() - checkpointed < checkpointTime) return;
    checkpointed = performance.now();
    await partial.checkpoint();
  }

  async function work(): Promise<void> {
    for (let chunk = missing.shift(); chunk; chunk = missing.shift()) {
      const own = chunk;
      const fetchRest = (_tries: number, gotSomewhere: () => void) =>
        ownSignal(signal, (signal) => {
          if (whole) {
            received -= own.done;
            own.done = 0;
          }
          return fetchChunk(own, total, whole, links, { ...settings, signal }, async (bytes) => {
            await take(own, bytes);
            gotSomewhere();
            links.gotSomewhere();
          });
        });
      await tryAgain(fetchRest, mayHelp, settings.patience, signal);
    }
  }

  const workers = Array.from({ length: Math.min(settings.concurrency, missing.length) }, () =>
    work().catch((error: unknown) => {
      stop.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  settings.signal.throwIfAborted();
  if (stop.signal.aborted) throw stop.signal.reason;
}

/** One request for the rest of a chunk. @throws when not all of it came */
async function fetchChunk(
  chunk: Chunk,
  total: number,
  whole: boolean,
  links: Links,
  { transport, signal }: DownloadSettings,
  take: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const start = chunk.start + chunk.done;
  const answer = await ask(links, whole ? {} : { range: `bytes=${start}-${chunk.end - 1}` }, transport, signal);
  if (whole ? answer.status !== 200 : answer.status !== 206) {
    await answer.body?.cancel();
    if (answer.status === 200) throw new RangesIgnored("the server ignores ranges");
    throw new Refusal(`the content was answered with the status ${answer.status}`);
  }
  if (!whole) checkRange(answer, start, total);
  const reader = answer.body!.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const room = chunk.end - chunk.start - chunk.done;
      await take(piece.value.subarray(0, room));
      if (piece.value.length > room) throw new Refusal("more bytes came than were asked for");
      signal.throwIfAborted();
    }
  } finally {
    await reader.cancel().catch(() => {}); // It may have failed: that was thrown already.
  }
  if (chunk.start + chunk.done < chunk.end) throw new Error("the connection ended before the content did");
}

function checkRange(answer: Response, start: number, total: number): void {
  const range = answer.headers.get("content-range") ?? "";
  const [, from, of] = /^bytes (\d+)-\d+\/(\d+)$/.exec(range) ?? [];
  if (Number(from) === start && Number(of) === total) return;
  throw new Refusal(`bytes from ${start} of ${total} were asked for; the answer has '${range}'`);
}

async function askSize(links: Links, { transport, patience, signal }: DownloadSettings): Promise<number> {
  return await tryAgain(
    async () => {
      const answer = await ask(links, { range: "bytes=0-0" }, transport, signal);
      await answer.body?.cancel();
      const size = /^bytes 0-0\/(\d+)$/.exec(answer.headers.get("content-range") ?? "")?.[1];
      const length = answer.status === 200 ? answer.headers.get("content-length") : null;
      const found = Number(size ?? length ?? Number.NaN);
      if (!Number.isSafeInteger(found)) throw new Refusal("nobody says how large the content is");
      return found;
    },
    mayHelp,
    patience,
    signal,
  );
}

/** Statuses with which a link says that its time is over; stores answer 403 without our code. */
const linkIsOver = new Set([401, 403, 404, 410]);

/** A good answer, whatever its status below 400. @throws what `mayHelp` knows, after taking the next link or new ones */
async function ask(
  links: Links,
  headers: Record<string, string>,
  transport: Transport,
  signal: AbortSignal,
): Promise<Response> {
  const url = links.current();
  let answer: Response;
  try {
    answer = await transport.fetch(new Request(url, { headers, signal }));
  } catch (error) {
    links.fail(url);
    throw error;
  }
  if (answer.ok) return answer;
  const error = await errorOf(answer);
  if (linkIsOver.has(answer.status)) await links.renew(url);
  else links.fail(url);
  throw error;
}

function mayHelp(error: unknown): boolean {
  if (error instanceof Refusal || error instanceof RangesIgnored || error instanceof LinksRefused) return false;
  if (!(error instanceof ApiError)) return errorMayPass(error);
  return statusMayPass(error.status) || linkIsOver.has(error.status);
}
