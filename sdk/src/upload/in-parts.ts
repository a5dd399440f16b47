import { type Binary, patchBinary, requireDeclared } from "../binary.ts";
import { bodyOf, type Client } from "../client.ts";
import { ownSignal } from "../own-signal.ts";
import { sha256Of } from "../sha256.ts";
import type { IncrementalHash } from "../transport.ts";
import { chooseCoding } from "./coding.ts";
import { announcedPartSize, choosePartSize, fitsCut, type PartRange, partRanges, requirePartSize } from "./layout.ts";
import { type HashedPart, sendPart } from "./send-part.ts";
import { slots } from "./slots.ts";
import type { UploadOptions } from "./upload-binary.ts";

/** A part of at most this many bytes is read once and held; a larger one is read twice, piece by piece. */
const heldBytes = 16_777_216;
const defaultConcurrency = 8;

type Settled = UploadOptions & Required<Pick<UploadOptions, "signal" | "onProgress">>;

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
  const fail = (error: unknown): null => {
    stop.abort(error);
    return null;
  };
  const onWay = slots(Math.max(1, options.concurrency ?? defaultConcurrency));
  const whole = await client.transport.sha256();
  const coding = await chooseCoding(client, source, options.compress ?? "auto");
  let acknowledged = 0;

  async function bring(part: HashedPart): Promise<void> {
    if (known.get(part.index) !== part.hash) await sendPart(client, record.prn, part, source.size, signal, coding);
    acknowledged += part.end - part.start;
    onProgress({ acknowledged, total: source.size, phase: "uploading" });
  }

  for (const range of ranges) {
    const release = await onWay.take();
    const part = signal.aborted ? null : await hashPart(client, options, range, whole).catch(fail);
    if (part === null) {
      release();
      break;
    }
    bring(part).catch(fail).finally(release);
  }
  await onWay.allFree();
  signal.throwIfAborted();
  await declareComplete(client, record, await whole.digest(), options);
}

/** How the file is cut, and the hashes of the parts that are there already. */
async function prepare(
  client: Client,
  record: Binary,
  { source, partSize, signal }: Settled,
): Promise<{ ranges: PartRange[]; known: Map<number, string> }> {
  const params = { path: { prn: record.prn } };
  const list = (own: AbortSignal) => bodyOf(client.api.GET("/binaries/{prn}/parts", { params, signal: own }));
  const { binary_parts: parts } = await ownSignal(signal, list);
  if (partSize !== undefined) requirePartSize(partSize, source.size);
  const size = partSize ?? announcedPartSize(parts, source.size) ?? choosePartSize(source.size);
  const ranges = partRanges(source.size, size);
  if (fitsCut(parts, ranges)) {
    const valid = parts.filter((part) => part.state === "valid");
    return { ranges, known: new Map(valid.map((part) => [part.index, part.hash])) };
  }
  await patchBinary(client, record.prn, { state: "uploadable" }, signal);
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
    const hash = sha256Of(bytes, client.transport);
    await whole.update(bytes);
    return { ...range, hash: await hash, payload: bytes };
  }
  const hash = await client.transport.sha256();
  for await (const piece of source.stream(range.start, range.end)) {
    signal.throwIfAborted();
    await hash.update(piece);
    await whole.update(piece);
  }
  return { ...range, hash: await hash.digest(), payload: () => source.stream(range.start, range.end) };
}

async function declareComplete(client: Client, record: Binary, hash: string, options: Settled): Promise<void> {
  requireDeclared(record, hash);
  const missing = {
    ...(record.hash === null && { hash }),
    ...(record.size === null && { size: options.source.size }),
  };
  await patchBinary(client, record.prn, { ...missing, state: "hashable" }, options.signal);
}
