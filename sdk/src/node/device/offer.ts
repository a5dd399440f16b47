import type { DeltaAlgorithm } from "@open-peridio/contract";
import { parsePrn } from "@open-peridio/contract/prn";

/** An answer, an item or bytes that this device takes for no good reason, ever: it says so and installs nothing. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** A binary that the device should have, as the server says; nothing of it is believed before it is verified. */
export interface OfferedItem {
  binary_prn: string;
  /** SHA-256, 64 lower-case hex digits. */
  hash: string;
  /** Bytes; null where the server doesn't say. */
  size: number | null;
  target: string;
  custom_metadata: unknown;
  artifact_name: string;
  artifact_version: string;
  signatures: { signature: string; keyid: string | null }[];
}

export interface OfferedRelease {
  prn: string;
  version: string | null;
  version_requirement: string | null;
}

/** An update that the server offers. */
export interface Offer {
  bundle_prn: string;
  /** Null for a bundle override. */
  release: OfferedRelease | null;
  items: OfferedItem[];
}

/** What makes an item of content that the device holds. */
export interface OfferedDelta {
  /** SHA-256 of that content, and of the delta. */
  from_hash: string;
  hash: string;
  algorithm: DeltaAlgorithm;
  size: number;
  url: string;
}

/**
 * `links`: where an item's bytes are, in the order to try, by its binary; good for a while only. `deltas`: what may spare
 * the device most of them.
 */
export type Answer =
  | { status: "no_update" | "device_quarantine" }
  | { status: "update"; offer: Offer; links: Map<string, string[]>; deltas: Map<string, OfferedDelta[]> };

/** What to ask `GET /update` for. */
export const expansions = ["source_type", "bundle", "release", "bundle_override", "manifest"];

const maxItems = 1_000;
const maxSignatures = 64;
const maxDeltas = 64;

/** Reads the answer of `GET /update`. @throws Refusal that names what can't be read */
export function readAnswer(body: unknown): Answer {
  const answer = record(body, "the answer");
  const status = text(answer.status, "status");
  if (status === "device_quarantine" || status === "device_quarantined") return { status: "device_quarantine" };
  if (status === "no_update") return { status };
  if (status !== "update") throw new Refusal(`the answer has the unknown status '${status}'`);
  const isRelease = answer.source_type === "release";
  if (!isRelease && answer.source_type !== "bundle_override") {
    throw new Refusal(`the answer has the unknown source_type '${String(answer.source_type)}'`);
  }
  const manifest = answer.manifest;
  if (!Array.isArray(manifest) || manifest.length === 0) throw new Refusal("the manifest is empty");
  if (manifest.length > maxItems) throw new Refusal(`the manifest has ${manifest.length} items, above ${maxItems}`);
  const links = new Map<string, string[]>();
  const deltas = new Map<string, OfferedDelta[]>();
  const items = manifest.map((value, at) => {
    const item = record(value, `manifest[${at}]`);
    const read = readItem(item, `manifest[${at}]`);
    if (links.has(read.binary_prn)) throw new Refusal(`the manifest has ${read.binary_prn} twice`);
    links.set(read.binary_prn, readLinks(item, `manifest[${at}]`));
    deltas.set(read.binary_prn, readDeltas(item.deltas));
    return read;
  });
  const bundle = record(answer.bundle, "bundle");
  return {
    status,
    offer: {
      bundle_prn: prn(bundle.prn, "bundle", "bundle.prn"),
      release: isRelease ? readRelease(record(answer.release, "release")) : null,
      items,
    },
    links,
    deltas,
  };
}

function readRelease(release: Record<string, unknown>): OfferedRelease {
  return {
    prn: prn(release.prn, "release", "release.prn"),
    version: textOrNull(release.version, "release.version"),
    version_requirement: textOrNull(release.version_requirement, "release.version_requirement"),
  };
}

function readItem(item: Record<string, unknown>, where: string): OfferedItem {
  const hash = text(item.hash, `${where}.hash`).toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Refusal(`${where}.hash is '${hash}', not 64 hex digits`);
  const { size, signatures } = item;
  if (size !== null && !(Number.isSafeInteger(size) && (size as number) >= 0)) {
    throw new Refusal(`${where}.size is ${JSON.stringify(size)}, not a number of bytes`);
  }
  if (!Array.isArray(signatures)) throw new Refusal(`${where}.signatures is no list`);
  if (signatures.length > maxSignatures) throw new Refusal(`${where} has more than ${maxSignatures} signatures`);
  return {
    binary_prn: prn(item.binary_prn, "binary", `${where}.binary_prn`),
    hash,
    size: size as number | null,
    target: text(item.target, `${where}.target`),
    custom_metadata: item.custom_metadata ?? null,
    artifact_name: text(record(item.artifact, `${where}.artifact`).name, `${where}.artifact.name`),
    artifact_version: text(
      record(item.artifact_version, `${where}.artifact_version`).version,
      `${where}.artifact_version.version`,
    ),
    signatures: signatures.map((value, at) => {
      const signature = record(value, `${where}.signatures[${at}]`);
      return {
        signature: text(signature.signature, `${where}.signatures[${at}].signature`),
        keyid: textOrNull(signature.keyid, `${where}.signatures[${at}].keyid`),
      };
    }),
  };
}

/** All addresses where there are several origins, else the one. */
function readLinks(item: Record<string, unknown>, where: string): string[] {
  const several = Array.isArray(item.urls) ? item.urls : [];
  const links = several.map((value, at) => text(record(value, `${where}.urls[${at}]`).url, `${where}.urls[${at}].url`));
  if (links.length === 0) links.push(text(item.url, `${where}.url`));
  for (const url of links) {
    if (!/^https?:\/\//.test(url) || !URL.canParse(url))
      throw new Refusal(`${where} has '${url}', which is no address`);
  }
  return links;
}

/** Those that can be read; without the others the update is as good. */
function readDeltas(value: unknown): OfferedDelta[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).slice(0, maxDeltas).filter(isDelta);
}

function isDelta(value: unknown): value is OfferedDelta {
  const { from_hash, hash, algorithm, size, url } = (value ?? {}) as Record<string, unknown>;
  const isHash = (text: unknown) => typeof text === "string" && /^[0-9a-f]{64}$/.test(text);
  const isKnown = algorithm === "xdelta3" || algorithm === "zstd";
  const isLink = typeof url === "string" && /^https?:\/\//.test(url) && URL.canParse(url);
  return isHash(from_hash) && isHash(hash) && isKnown && isLink && Number.isSafeInteger(size) && (size as number) > 0;
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Refusal(`${where} is missing, or no object`);
}

/** Text that may become a variable of a hook. */
function text(value: unknown, where: string): string {
  if (typeof value === "string" && value !== "" && !value.includes("\0")) return value;
  throw new Refusal(`${where} is ${JSON.stringify(value) ?? "missing"}, not a text`);
}

function textOrNull(value: unknown, where: string): string | null {
  return value === null || value === undefined ? null : text(value, where);
}

function prn(value: unknown, type: string, where: string): string {
  const parsed = typeof value === "string" ? parsePrn(value) : null;
  if (parsed?.kind === "resource" && parsed.type === type) return value as string;
  throw new Refusal(`${where} is ${JSON.stringify(value) ?? "missing"}, not the PRN of a ${type}`);
}
