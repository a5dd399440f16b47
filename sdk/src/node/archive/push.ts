import type { BundleItem } from "@open-peridio/contract/manifest";
import type { components } from "../../api.generated.ts";
import { bodyOf, bodyOrNull, type Client, inVersion } from "../../client.ts";
import { type Entry, readEntries } from "./cpio.ts";
import { type BundleDocument, documentName, hashOfManifest, maxDocumentBytes, readDocument } from "./document.ts";
import { type BinaryThere, bringBinary, findBinary } from "./push-binary.ts";
import { bringCatalog } from "./push-catalog.ts";
import { attachBundleSignatures } from "./push-signatures.ts";
import { openSpool, type Spool } from "./spool.ts";
import { zstd } from "./zstd.ts";

type Bundle = components["schemas"]["Bundle"];

export interface PushOptions {
  path: string;
  /** Bytes of every part of an upload but the last. */
  partSize?: number;
  /** Parts on their way at once. */
  concurrency?: number;
  /** Bytes of binaries that are over there, and all of them. */
  onProgress?: (done: number, total: number) => void;
  /** Told, in a sentence, what is left out. */
  onNote?: (note: string) => void;
  signal?: AbortSignal;
}

/**
 * Makes an archive's bundle in the caller's organization, with the ids that it has: artifacts, versions, binaries and their
 * signatures as far as they aren't there, then the bundle. Run again after it broke off, it goes on where it stopped. The
 * archive is read once; one binary at a time lies in a temporary folder while it is uploaded.
 * @returns `existed`: whether the bundle was there already
 * @throws ApiError, or Error when the archive is damaged, or the organization has something else under one of its ids
 */
export async function pushBundle(client: Client, options: PushOptions): Promise<{ bundle: Bundle; existed: boolean }> {
  const signal = options.signal ?? new AbortController().signal;
  const { data } = await bodyOf(client.api.GET("/users/me"));
  const organization = data.organization_prn;
  const entries = readEntries(zstd().decompress(options.path));
  const spool = await openSpool();
  try {
    const document = await readFirst(entries, signal);
    const found = await findBundle(client, organization, document);
    if (!found) {
      await bringCatalog(client, organization, document);
      await bringBinaries(client, organization, document, entries, spool, { ...options, signal });
    }
    const bundle = found ?? (await createBundle(client, organization, document));
    await attachBundleSignatures(client, bundle.prn, document.bundle.signatures, options.onNote ?? (() => {}));
    return { bundle, existed: found !== null };
  } finally {
    await entries.return(undefined);
    await spool.remove();
  }
}

async function readFirst(entries: AsyncGenerator<Entry>, signal: AbortSignal): Promise<BundleDocument> {
  const { value: first, done } = await entries.next();
  if (done || first.name !== documentName) {
    throw new Error(
      `the archive must begin with ${documentName}; it ${done ? "is empty" : `begins with '${first.name}'`}`,
    );
  }
  if (first.size > maxDocumentBytes) {
    throw new Error(`the archive's ${documentName} has ${first.size} bytes; at most ${maxDocumentBytes} are read`);
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of first.content) {
    signal.throwIfAborted();
    pieces.push(piece);
  }
  return readDocument(Buffer.concat(pieces));
}

/** The bundle, when it is there. @throws Error when another one has its id */
async function findBundle(
  client: Client,
  organization: string,
  { bundle: { id, hash, manifest } }: BundleDocument,
): Promise<Bundle | null> {
  const prn = `${organization}:bundle:${id}`;
  const params = { path: { prn } };
  const found = await bodyOrNull(inVersion(client, 2).api.GET("/bundles/{prn}", { params }));
  if (!found) return null;
  // An archive of a server that hashes otherwise makes a bundle that has our hash of the same manifest.
  const hashes = [hash, hashOfManifest(manifest)];
  if (hashes.includes(found.bundle.hash!)) return found.bundle;
  throw new Error(
    `${prn} exists already and is another bundle: its hash is ${found.bundle.hash}, the archive's is ${hash}`,
  );
}

/** All binaries of the manifest, in the order in which the archive has them. */
async function bringBinaries(
  client: Client,
  organization: string,
  document: BundleDocument,
  entries: AsyncGenerator<Entry>,
  spool: Spool,
  options: PushOptions & { signal: AbortSignal },
): Promise<void> {
  const { manifest } = document.bundle;
  const there = new Map<BundleItem, BinaryThere | null>();
  for (const item of manifest) {
    options.signal.throwIfAborted();
    there.set(item, await findBinary(client, organization, item));
  }
  const missing = new Set(manifest);
  const total = manifest.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  let number = 1;
  for await (const entry of entries) {
    number++;
    const ofItsSize = manifest.filter(({ size }) => size === entry.size);
    const described = `entry ${number} of the archive, '${entry.name}',`;
    if (ofItsSize.length === 0) throw new Error(`${described} has ${entry.size} bytes, as no binary of its manifest`);
    // What is verified over there already is only compared.
    const isWanted = ofItsSize.some((item) => missing.has(item) && !there.get(item)?.isVerified);
    const { hash, path } = await spool.take(entry.content, isWanted, options.signal);
    const items = ofItsSize.filter((item) => item.hash === hash);
    if (items.length === 0) {
      const expected = [...new Set(ofItsSize.map((item) => item.hash))].join(" or ");
      throw new Error(`${described} has the SHA-256 ${hash}, its manifest says ${expected}; the archive is damaged`);
    }
    // Binaries of equal content are all made of the first entry that has it; the others' entries bring nothing new.
    for (const item of items.filter((one) => missing.delete(one))) {
      const onProgress = (acknowledged: number) => options.onProgress?.(done + acknowledged, total);
      await bringBinary(client, organization, document, item, there.get(item) ?? null, {
        ...options,
        path,
        onProgress,
      });
      done += item.size;
      options.onProgress?.(done, total);
    }
  }
  if (missing.size === 0) return;
  const left = [...missing].map(({ binary_id, hash }) => `${binary_id} (SHA-256 ${hash})`).slice(0, 5);
  throw new Error(`the archive doesn't hold the content of ${missing.size} of its binaries: ${left.join(", ")}`);
}

async function createBundle(
  client: Client,
  organization: string,
  { bundle: { id, name, manifest } }: BundleDocument,
): Promise<Bundle> {
  const binaries = manifest.map(({ binary_id, custom_metadata }) => ({
    prn: `${organization}:binary:${binary_id}`,
    // Given, even when it is empty: what artifacts over there say must not come in between.
    custom_metadata,
  }));
  const body = { id, name, binaries };
  return (await bodyOf(inVersion(client, 2).api.POST("/bundles", { body }))).bundle;
}
