import { createHash, randomBytes } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import type { BundleItem } from "@open-peridio/contract/manifest";
import { parsePrn } from "@open-peridio/contract/prn";
import type { components } from "../../api.generated.ts";
import { type Binary, getBinary } from "../../binary.ts";
import { bodyOf, type Client, inVersion } from "../../client.ts";
import { downloadInto } from "../../download.ts";
import { archiveEnd, entryEnd, entryStart, maxEntryBytes } from "./cpio.ts";
import { type ArchivedArtifact, type BundleDocument, documentName } from "./document.ts";
import { zstd } from "./zstd.ts";

type Bundle = components["schemas"]["Bundle"];

/** Of the 255 that most file systems take; the rest is for endings. */
const maxFileNameBytes = 200;

export interface PullOptions {
  bundlePrn: string;
  /** Where the archive goes; by default a file named after the bundle, here. */
  path?: string;
  /** Bytes of binaries that are in the archive, and all of them. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/**
 * Puts a bundle with all that it is made of into one archive, piece by piece: no more than a few pieces are in memory. The
 * file is there when all of it is.
 * @throws ApiError, or Error when a binary isn't the record's, or can't be in an archive
 */
export async function pullBundle(client: Client, options: PullOptions): Promise<{ bundle: Bundle; path: string }> {
  const signal = options.signal ?? new AbortController().signal;
  const params = { path: { prn: options.bundlePrn } };
  const { bundle } = await bodyOf(inVersion(client, 2).api.GET("/bundles/{prn}", { params }));
  const { document, binaries } = await describe(client, bundle, signal);
  const path = options.path ?? fileName(bundle.name ?? bundle.prn);
  const total = binaries.reduce((sum, { size }) => sum + size!, 0);
  await writeArchive(path, async (write) => {
    const json = Buffer.from(JSON.stringify(document, null, 2));
    await writeEntry(write, documentName, json.length, () => write(json));
    let done = 0;
    for (const [index, binary] of binaries.entries()) {
      const { artifact_id } = document.bundle.manifest[index]!;
      const name = entryName(document.artifacts[artifact_id]!.name);
      const onProgress = (received: number) => options.onProgress?.(done + received, total);
      await writeEntry(write, name, binary.size!, () => copyContent(client, binary, write, { onProgress, signal }));
      done += binary.size!;
    }
    await write(archiveEnd());
  });
  return { bundle, path };
}

/** As the official CLI names archives; cut where no file system takes more. */
function fileName(name: string): string {
  let safe = name.replaceAll(/[^\p{L}\p{N}_-]/gu, "_");
  while (Buffer.byteLength(safe) > maxFileNameBytes) safe = [...safe].slice(0, -1).join("");
  return `${safe}.cpio.zst`;
}

/** What the archive says of its content, and the binaries in their order. */
async function describe(
  client: Client,
  bundle: Bundle,
  signal: AbortSignal,
): Promise<{ document: BundleDocument; binaries: Binary[] }> {
  const artifacts = new Map<string, ArchivedArtifact>();
  const read = readCatalog(client);
  const manifest: BundleItem[] = [];
  const binaries: Binary[] = [];
  for (const member of bundle.binaries ?? []) {
    const binary = await getBinary(client, member.prn, signal);
    requirePullable(binary);
    const version = await read.version(binary.artifact_version_prn);
    const artifact = await read.artifact(version.artifact_prn);
    const ids = { binary: idOf(binary.prn), version: idOf(version.prn), artifact: idOf(artifact.prn) };
    if (!artifacts.has(ids.artifact)) {
      artifacts.set(ids.artifact, { name: artifact.name, description: artifact.description, versions: {} });
    }
    const { versions } = artifacts.get(ids.artifact)!;
    versions[ids.version] ??= { version: version.version, description: version.description, binaries: {} };
    versions[ids.version]!.binaries[ids.binary] = {
      description: binary.description,
      signatures: binary.signatures.map(({ keyid, signature }) => ({ keyid, sig: signature })),
    };
    manifest.push({
      hash: binary.hash!,
      size: binary.size!,
      binary_id: ids.binary,
      target: binary.target,
      artifact_version_id: ids.version,
      artifact_id: ids.artifact,
      custom_metadata: member.custom_metadata ?? {},
    });
    binaries.push(binary);
  }
  const params = { path: { prn: bundle.prn } };
  const { signatures } = await bodyOf(client.api.GET("/bundles/{prn}/signatures", { params }));
  const document: BundleDocument = {
    artifacts: Object.fromEntries(artifacts),
    bundle: {
      id: idOf(bundle.prn),
      name: bundle.name,
      hash: bundle.hash!,
      signatures: signatures.map(({ keyid, signature }) => ({ keyid, sig: signature })),
      manifest,
    },
  };
  return { document, binaries };
}

/** Artifacts and versions, each asked for once. */
function readCatalog({ api }: Client) {
  const versions = new Map<string, Promise<components["schemas"]["ArtifactVersion"]>>();
  const artifacts = new Map<string, Promise<components["schemas"]["Artifact"]>>();
  return {
    version(prn: string) {
      const ask = async () =>
        (await bodyOf(api.GET("/artifact_versions/{prn}", { params: { path: { prn } } }))).artifact_version;
      if (!versions.has(prn)) versions.set(prn, ask());
      return versions.get(prn)!;
    },
    artifact(prn: string) {
      const ask = async () => (await bodyOf(api.GET("/artifacts/{prn}", { params: { path: { prn } } }))).artifact;
      if (!artifacts.has(prn)) artifacts.set(prn, ask());
      return artifacts.get(prn)!;
    },
  };
}

function requirePullable({ prn, state, hash, size, target }: Binary): void {
  if (state !== "signed" || hash === null || size === null) {
    throw new Error(`the bundle can't be pulled: its binary ${prn} (${target}) is '${state}', not 'signed'`);
  }
  if (size <= maxEntryBytes) return;
  throw new Error(
    `the bundle can't be pulled: its binary ${prn} (${target}) has ${size} bytes, and an archive holds less than 4 GiB ` +
      `of one binary. Bring this one over by hand, with 'peridio binaries download' here and ` +
      `'peridio binaries create --id ${idOf(prn)} --content-path FILE' there`,
  );
}

function idOf(prn: string): string {
  const parsed = parsePrn(prn);
  if (parsed?.kind === "resource") return parsed.id;
  throw new Error(`the server's answer has '${prn}' where a PRN must be`);
}

/**
 * The artifact's name, made harmless for programs that unpack archives into folders: no path, and neither of the two names
 * that mean something else. Whoever pushes the archive looks at hashes, not at names.
 */
function entryName(artifact: string): string {
  const flat = artifact.replaceAll(/[/\\\p{Cc}]/gu, "_").replace(/^\.+/, "_");
  return flat.endsWith(documentName) || flat === "TRAILER!!!" ? `${flat}_` : flat;
}

type Write = (bytes: Uint8Array) => Promise<void>;

async function writeEntry(write: Write, name: string, size: number, content: () => Promise<void>): Promise<void> {
  await write(entryStart(name, size));
  await content();
  await write(entryEnd(size));
}

/** Writes into a file of another name, which gets its own when `fill` is through and all is on the disk. */
async function writeArchive(path: string, fill: (write: Write) => Promise<void>): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString("hex")}.partial`;
  const { input, finished } = zstd().compressInto(temporary);
  let failure: unknown = null;
  let wake = () => {};
  finished.catch((error: unknown) => {
    failure = error;
    wake();
  });
  input.on("drain", () => wake());
  try {
    await fill(async (bytes) => {
      const isFull = !input.write(bytes);
      if (isFull && failure === null) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (failure !== null) throw failure;
    });
    // Node makes one empty frame more when the end comes before the last bytes are through.
    await new Promise((resolve) => input.write(new Uint8Array(0), resolve));
    input.end();
    await finished;
    await rename(temporary, path);
  } catch (error) {
    input.destroy();
    await finished.catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * All content of a binary, from its link, which is asked for again when the connection breaks. What was written stays
 * written, so it is hashed here: when a server sends the whole in place of the rest, what is there already is passed over.
 */
async function copyContent(
  client: Client,
  binary: Binary,
  write: Write,
  { onProgress, signal }: { onProgress: (received: number) => void; signal: AbortSignal },
): Promise<void> {
  const hash = createHash("sha256");
  const broken = new AbortController();
  let written = 0;
  let received = 0;
  const sink = {
    async *previous() {},
    async append(bytes: Uint8Array) {
      // More than the record says is counted, and refused at the end; the archive has no room for it.
      const fresh = bytes.subarray(Math.max(0, written - received), Math.max(0, binary.size! - received));
      received += bytes.length;
      written += fresh.length;
      hash.update(fresh);
      // No other link mends an archive that can't be written.
      await write(fresh).catch((error: unknown) => broken.abort(error));
    },
    async reset() {
      received = 0;
    },
  };
  const either = AbortSignal.any([signal, broken.signal]);
  await downloadInto(client, binary, sink, { binaryPrn: binary.prn, onProgress, signal: either });
  const digest = hash.digest("hex");
  if (digest === binary.hash && written === binary.size) return;
  throw new Error(`binary ${binary.prn} came with the SHA-256 ${digest}, its record has ${binary.hash}`);
}
