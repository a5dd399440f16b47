import { ApiError, errorOf } from "../api-error.ts";
import { type Binary, requireDeclared } from "../binary.ts";
import { bodyOf, type Client } from "../client.ts";
import { hexToBase64, toHex } from "../hex.ts";
import { tryAgain } from "../retry.ts";
import type { IncrementalHash, Payload } from "../transport.ts";
import { announcedPartSize, choosePartSize, fitsCut, type PartRange, partRanges } from "./layout.ts";
import { slots } from "./slots.ts";
import type { UploadOptions } from "./upload-binary.ts";

/** A part of at most this many bytes is read once and held; a larger one is read twice, piece by piece. */
const heldBytes = 16_777_216;
const defaultConcurrency = 8;

type Settled = UploadOptions & Required<Pick<UploadOptions, "signal" | "onProgress">>;

interface HashedPart extends PartRange {
  /** SHA-256, hex. */
  hash: string;
  payload: Payload;
}

/**
 * Content in parts. The file is read once, in order: each part is hashed, the whole is hashed, and the part is sent,
 * while the next is read. Memory holds as many parts as are on their way, whatever the size of the file.
 */
export async function uploadInParts(client: Client, record: Binary, options: Settled): Promise<void> {
  const { source, onProgress } = options;
  const { ranges, known } = await prepare(client, record, options);
  // One part that fails for good stops the others.
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const onWay = slots(options.concurrency ?? defaultConcurrency);
  const whole = await client.transport.sha256();
  let acknowledged = 0;

  try {
    for (const range of ranges) {
      const release = await onWay.take();
      if (signal.aborted) break;
      const part = await hashPart(client, options, range, whole);
      const send =
        known.get(range.index) === part.hash ? Promise.resolve() : sendPart(client, record, part, options, signal);
      send
        .then(() => {
          acknowledged += range.end - range.start;
          onProgress({ acknowledged, total: source.size, phase: "uploading" });
        })
        .catch((error) => stop.abort(error))
        .finally(release);
    }
  } finally {
    await onWay.allFree();
  }
  signal.throwIfAborted();
  await declareComplete(client, record, whole.digest(), source.size);
}

/** How the file is cut, and the hashes of the parts that are there already. */
async function prepare(
  client: Client,
  record: Binary,
  { source, partSize }: Settled,
): Promise<{ ranges: PartRange[]; known: Map<number, string> }> {
  const params = { path: { prn: record.prn } };
  const { binary_parts: parts } = await bodyOf(client.api.GET("/binaries/{prn}/parts", { params }));
  const size = partSize ?? announcedPartSize(parts, source.size) ?? choosePartSize(source.size);
  const ranges = partRanges(source.size, size);
  if (fitsCut(parts, ranges)) {
    const valid = parts.filter((part) => part.state === "valid");
    return { ranges, known: new Map(valid.map((part) => [part.index, part.hash])) };
  }
  await client.api.PATCH("/binaries/{prn}", { params, body: { state: "uploadable" } });
  return { ranges, known: new Map() };
}

async function hashPart(
  client: Client,
  { source, signal }: Settled,
  range: PartRange,
  whole: IncrementalHash,
): Promise<HashedPart> {
  if (range.end - range.start <= heldBytes) {
    const bytes = await source.read(range.start, range.end);
    const digest = crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
    whole.update(bytes);
    return { ...range, hash: toHex(await digest), payload: bytes };
  }
  const hash = await client.transport.sha256();
  for await (const piece of source.stream(range.start, range.end)) {
    signal.throwIfAborted();
    hash.update(piece);
    whole.update(piece);
  }
  return { ...range, hash: hash.digest(), payload: () => source.stream(range.start, range.end) };
}

function sendPart(
  client: Client,
  record: Binary,
  part: HashedPart,
  options: Settled,
  signal: AbortSignal,
): Promise<void> {
  const size = part.end - part.start;
  return tryAgain(
    async () => {
      const params = { path: { prn: record.prn, index: part.index } };
      const body = { hash: part.hash, size, expected_binary_size: options.source.size };
      // Announcing again renews a link that expired, and costs nothing when it didn't.
      const { binary_part: announced } = await bodyOf(
        client.api.PUT("/binaries/{prn}/parts/{index}", { params, body }),
      );
      if (announced.state === "valid") return;
      const headers = {
        "content-type": "application/octet-stream",
        "x-amz-checksum-sha256": hexToBase64(part.hash),
      };
      const answer = await client.transport.put(announced.presigned_upload_url, headers, part.payload, size, signal);
      if (!answer.ok) throw await errorOf(answer);
      await answer.arrayBuffer();
    },
    mayHelp,
    signal,
  );
}

/** A new link or a new try helps against everything but an answer that says the request itself is wrong. */
function mayHelp(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  if (error.status === 507) return false;
  return error.status >= 500 || [403, 408, 409, 429].includes(error.status);
}

async function declareComplete(client: Client, record: Binary, hash: string, size: number): Promise<void> {
  requireDeclared(record, hash);
  const missing = { ...(record.hash === null && { hash }), ...(record.size === null && { size }) };
  const params = { path: { prn: record.prn } };
  await client.api.PATCH("/binaries/{prn}", { params, body: { ...missing, state: "hashable" } });
}
