import { createHash } from "node:crypto";
import { type BundleItem, manifestText } from "@open-peridio/contract/manifest";

/** What `bundle.json`, the first entry of an archive, says. Ids are UUIDs. */
export interface BundleDocument {
  artifacts: Record<string, ArchivedArtifact>;
  bundle: {
    id: string;
    name: string | null;
    hash: string;
    signatures: ArchivedSignature[];
    manifest: BundleItem[];
  };
}

export interface ArchivedArtifact {
  name: string;
  description: string | null;
  versions: Record<string, ArchivedVersion>;
}

export interface ArchivedVersion {
  version: string;
  description: string | null;
  binaries: Record<string, ArchivedBinary>;
}

export interface ArchivedBinary {
  description: string | null;
  signatures: ArchivedSignature[];
}

export interface ArchivedSignature {
  keyid: string;
  sig: string;
}

export const documentName = "bundle.json";

/** Bytes of it that are read: far more than the largest bundle needs. */
export const maxDocumentBytes = 67_108_864;

/** The hash that this server gives to a bundle with such a manifest. */
export function hashOfManifest(manifest: readonly BundleItem[]): string {
  return createHash("sha256").update(manifestText(manifest)).digest("hex");
}

/** @throws Error that names what is missing or wrong */
export function readDocument(bytes: Buffer): BundleDocument {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Error(`the archive's ${documentName} can't be read as JSON: ${(error as Error).message}`);
  }
  const { artifacts, bundle } = object(json, "the whole");
  const { id, name, hash, signatures, manifest } = object(bundle, "bundle");
  const document: BundleDocument = {
    artifacts: map(artifacts, "artifacts", readArtifact),
    bundle: {
      id: uuid(id, "bundle.id"),
      name: textOrNull(name, "bundle.name"),
      hash: text(hash, "bundle.hash"),
      signatures: list(signatures, "bundle.signatures", readSignature),
      manifest: list(manifest, "bundle.manifest", readItem),
    },
  };
  checkManifest(document);
  return document;
}

/** Each member once, and with what is told of its artifact, version and itself. */
function checkManifest({ artifacts, bundle }: BundleDocument): void {
  if (bundle.manifest.length === 0) throw wrong("bundle.manifest", "a list of at least one binary", []);
  const seen = new Set<string>();
  for (const [at, { artifact_id, artifact_version_id, binary_id }] of bundle.manifest.entries()) {
    const where = `bundle.manifest.${at}.binary_id`;
    if (seen.has(binary_id)) throw wrong(where, "another binary than those before", binary_id);
    seen.add(binary_id);
    if (artifacts[artifact_id]?.versions[artifact_version_id]?.binaries[binary_id]) continue;
    throw wrong(where, `among artifacts.${artifact_id}.versions.${artifact_version_id}.binaries`, binary_id);
  }
}

function readArtifact(value: unknown, at: string): ArchivedArtifact {
  const { name, description, versions } = object(value, at);
  return {
    name: text(name, `${at}.name`),
    description: textOrNull(description, `${at}.description`),
    versions: map(versions, `${at}.versions`, readVersion),
  };
}

function readVersion(value: unknown, at: string): ArchivedVersion {
  const { version, description, binaries } = object(value, at);
  return {
    version: text(version, `${at}.version`),
    description: textOrNull(description, `${at}.description`),
    binaries: map(binaries, `${at}.binaries`, readBinary),
  };
}

function readBinary(value: unknown, at: string): ArchivedBinary {
  const { description, signatures } = object(value, at);
  return {
    description: textOrNull(description, `${at}.description`),
    signatures: list(signatures, `${at}.signatures`, readSignature),
  };
}

function readSignature(value: unknown, at: string): ArchivedSignature {
  const { keyid, sig } = object(value, at);
  return { keyid: text(keyid, `${at}.keyid`), sig: text(sig, `${at}.sig`) };
}

function readItem(value: unknown, at: string): BundleItem {
  const item = object(value, at);
  const { hash, size, target, custom_metadata } = item;
  if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) {
    throw wrong(`${at}.hash`, "64 lower-case hex characters", hash);
  }
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
    throw wrong(`${at}.size`, "a number of bytes", size);
  }
  return {
    hash,
    size,
    binary_id: uuid(item.binary_id, `${at}.binary_id`),
    target: text(target, `${at}.target`),
    artifact_version_id: uuid(item.artifact_version_id, `${at}.artifact_version_id`),
    artifact_id: uuid(item.artifact_id, `${at}.artifact_id`),
    custom_metadata: object(custom_metadata ?? {}, `${at}.custom_metadata`),
  };
}

function object(value: unknown, at: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong(at, "an object", value);
}

/** An object whose keys are ids. */
function map<T>(value: unknown, at: string, read: (value: unknown, at: string) => T): Record<string, T> {
  const entries = Object.entries(object(value, at));
  return Object.fromEntries(entries.map(([id, item]) => [uuid(id, `a key of ${at}`), read(item, `${at}.${id}`)]));
}

function list<T>(value: unknown, at: string, read: (value: unknown, at: string) => T): T[] {
  if (!Array.isArray(value)) throw wrong(at, "a list", value);
  return value.map((item, index) => read(item, `${at}.${index}`));
}

function text(value: unknown, at: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw wrong(at, "text", value);
}

function textOrNull(value: unknown, at: string): string | null {
  return value === null || value === undefined ? null : text(value, at);
}

function uuid(value: unknown, at: string): string {
  const pattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  if (typeof value === "string" && pattern.test(value)) return value.toLowerCase();
  throw wrong(at, "a UUID", value);
}

function wrong(at: string, wanted: string, value: unknown): Error {
  const got = value === undefined ? "nothing" : JSON.stringify(value).slice(0, 80);
  return new Error(`the archive's ${documentName} is wrong: ${at} must be ${wanted}; got ${got}`);
}
