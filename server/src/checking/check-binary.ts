import { createHash } from "node:crypto";
import type { ContentFault } from "@open-peridio/contract";
import { type PlacedPart, partsOf } from "../binaries/completeness.ts";
import { contentPlaceOf, keptOf } from "../binaries/shared-content.ts";
import { placeOf } from "../binaries/transitions.ts";
import { partsFile } from "../content/filesystem.ts";
import { storedSizeOf } from "../content/kept.ts";
import { type AnyStore, type ContentStore, UploadGone } from "../content/store.ts";
import type { BinaryRow } from "../database/tables.ts";
import type { Platform } from "../platform.ts";
import type { Throttle } from "./throttle.ts";

export interface Reading {
  /** Whether all bytes are read and hashed. */
  deep: boolean;
  throttle: Throttle;
  signal: AbortSignal;
}

export interface Fault {
  kind: ContentFault | "part_missing" | "part_wrong_hash";
  detail: string;
  /** Index of the part that it is about. */
  part?: number;
}

/** What of a record its content doesn't bear out; nothing while it is being verified. @throws what the store says */
export async function faultsOf(
  { db, stores }: Pick<Platform, "db" | "stores">,
  row: BinaryRow,
  reading: Reading,
): Promise<Fault[]> {
  const store = await stores.of(row);
  if (row.state === "signable" || row.state === "signed") return wholeFaults(store, row, reading);
  if (row.state !== "uploadable") return [];
  const valid = (await partsOf(db, row)).filter(({ state }) => state === "valid");
  if (valid.length === 0) return [];
  return store.kind === "files" ? filedParts(store, row, valid, reading) : sentParts(store, row, valid);
}

async function wholeFaults(store: ContentStore, row: BinaryRow, reading: Reading): Promise<Fault[]> {
  const { content_file: file } = row;
  if (file === null) return [{ kind: "no_content", detail: `is '${row.state}', but its record names no content` }];
  const size = await store.sizeOf(contentPlaceOf(row), file);
  if (size === null) {
    // A store that is not there has nothing either: that is no fault of a binary.
    await store.check();
    return [{ kind: "missing", detail: `'${file}' is not there` }];
  }
  // Frames were decoded and compared when they were made: that they are the same still is enough.
  const kept = keptOf(row);
  const stored = { size: storedSizeOf(kept), hash: kept.frames?.hash ?? row.hash };
  if (size !== stored.size) return [{ kind: "wrong_size", detail: `has ${size} bytes; ${stored.size} were verified` }];
  // What can't be read now is compared by its size alone.
  if (!reading.deep || row.archive_readable === 0) return [];
  const hash = await digest(store, row, file, 0, size, reading);
  if (hash === stored.hash) return [];
  return [{ kind: "wrong_hash", detail: `has the SHA-256 ${hash}; ${stored.hash} was verified` }];
}

async function filedParts(store: AnyStore, row: BinaryRow, parts: PlacedPart[], reading: Reading): Promise<Fault[]> {
  const faults: Fault[] = [];
  const sizes = new Map<string, number | null>();
  for (const { part_index: part, spill, content_offset, size, hash } of parts) {
    const file = spill ?? partsFile;
    if (!sizes.has(file)) sizes.set(file, await store.sizeOf(placeOf(row), file));
    const offset = spill === null ? content_offset! : 0;
    const there = sizes.get(file) ?? 0;
    if (there < offset + size) {
      faults.push({ kind: "part_missing", part, detail: `part ${part} is 'valid', but its bytes are not there` });
    } else if (reading.deep && (await digest(store, row, file, offset, size, reading)) !== hash) {
      faults.push({ kind: "part_wrong_hash", part, detail: `part ${part} is 'valid', but has other bytes` });
    }
  }
  return faults;
}

/** An object store checked the bytes of parts when they came. */
async function sentParts(store: ContentStore, row: BinaryRow, parts: PlacedPart[]): Promise<Fault[]> {
  if (store.kind === "files") return [];
  const listed =
    row.upload_id === null
      ? []
      : await store.listParts(placeOf(row), row.upload_id).catch((error: unknown) => {
          if (error instanceof UploadGone) return [];
          throw error;
        });
  const there = new Map(listed.map(({ index, size }) => [index, size]));
  return parts
    .filter(({ part_index, size }) => there.get(part_index) !== size)
    .map(({ part_index: part }) => ({
      kind: "part_missing",
      part,
      detail: `part ${part} is 'valid', but the store doesn't have it`,
    }));
}

async function digest(
  store: AnyStore,
  row: BinaryRow,
  file: string,
  offset: number,
  size: number,
  { throttle, signal }: Reading,
): Promise<string> {
  const hash = createHash("sha256");
  if (size === 0) return hash.digest("hex");
  for await (const chunk of store.chunks(contentPlaceOf(row), file, offset, offset + size - 1)) {
    hash.update(chunk);
    await throttle(chunk.length, signal);
  }
  return hash.digest("hex");
}
