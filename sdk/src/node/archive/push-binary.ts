import type { BundleItem } from "@open-peridio/contract/manifest";
import { type Binary, getBinary } from "../../binary.ts";
import { bodyOf, bodyOrNull, type Client } from "../../client.ts";
import { uploadBinary } from "../../upload/upload-binary.ts";
import { fileSource } from "../file-source.ts";
import type { BundleDocument } from "./document.ts";
import { attachBinarySignatures } from "./push-signatures.ts";

/** A binary of the manifest that the organization has already. */
export interface BinaryThere {
  isVerified: boolean;
}

export interface Transfer {
  /** Its content; null when it is over there. */
  path: string | null;
  partSize?: number;
  concurrency?: number;
  onProgress: (acknowledged: number) => void;
  signal: AbortSignal;
}

/** @throws Error when the organization has something else under this id, or it is destroyed */
export async function findBinary(client: Client, organization: string, item: BundleItem): Promise<BinaryThere | null> {
  const prn = `${organization}:binary:${item.binary_id}`;
  const found = await bodyOrNull(client.api.GET("/binaries/{prn}", { params: { path: { prn } } }));
  if (!found) return null;
  const { state, hash, target, artifact_version_prn } = found.binary;
  if (state === "destroyed") {
    throw new Error(`${prn} is destroyed; its content can't come back, so this bundle can't be made here`);
  }
  const version = `${organization}:artifact_version:${item.artifact_version_id}`;
  const differs = [
    ["SHA-256", hash, item.hash],
    ["target", target, item.target],
    ["version", artifact_version_prn, version],
  ].find(([, there, here]) => there !== here && there !== null);
  if (differs) {
    const [what, there, here] = differs;
    throw new Error(`${prn} exists already and is another binary: its ${what} is ${there}, the archive's is ${here}`);
  }
  return { isVerified: state === "signable" || state === "signed" };
}

/** Makes the record and uploads the content, as far as they aren't there, and attaches the signatures that are missing. */
export async function bringBinary(
  client: Client,
  organization: string,
  document: BundleDocument,
  item: BundleItem,
  there: BinaryThere | null,
  transfer: Transfer,
): Promise<void> {
  const prn = `${organization}:binary:${item.binary_id}`;
  const { versions } = document.artifacts[item.artifact_id]!;
  const { description, signatures } = versions[item.artifact_version_id]!.binaries[item.binary_id]!;
  if (!there) await create(client, organization, item, description);
  if (!there?.isVerified) await upload(client, prn, transfer);
  const binary = await getBinary(client, prn, transfer.signal);
  if (binary.hash !== item.hash) throw new Error(`${prn} has the SHA-256 ${binary.hash}; expected ${item.hash}`);
  await attachBinarySignatures(client, binary, signatures);
  requireSigned(await getBinary(client, prn, transfer.signal), signatures.length);
}

async function create(
  client: Client,
  organization: string,
  { binary_id, artifact_version_id, target, hash, size, custom_metadata }: BundleItem,
  description: string | null,
): Promise<void> {
  const body = {
    id: binary_id,
    artifact_version_prn: `${organization}:artifact_version:${artifact_version_id}`,
    target,
    hash,
    size,
    description,
    // The archive knows only what the bundle says of it.
    custom_metadata: Object.keys(custom_metadata).length > 0 ? custom_metadata : null,
  };
  await bodyOf(client.api.POST("/binaries", { body }));
}

async function upload(client: Client, binaryPrn: string, transfer: Transfer): Promise<void> {
  const { path, partSize, concurrency, onProgress, signal } = transfer;
  const source = await fileSource(path!);
  try {
    await uploadBinary(client, {
      binaryPrn,
      source,
      ...(partSize !== undefined && { partSize }),
      ...(concurrency !== undefined && { concurrency }),
      onProgress: ({ acknowledged }) => onProgress(acknowledged),
      signal,
    });
  } finally {
    await source.close();
  }
}

function requireSigned({ prn, state }: Binary, signatures: number): void {
  if (state === "signed") return;
  const brought = signatures === 1 ? "1 signature" : `${signatures || "no"} signatures`;
  throw new Error(
    `${prn} is '${state}': the archive brings ${brought} of it, which is too few here; sign it and push again`,
  );
}
