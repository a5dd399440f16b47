import { type Binary, getBinary, requireDeclared } from "../binary.ts";
import type { Client } from "../client.ts";
import { hashSource, type Source } from "../source.ts";
import { uploadDirectly } from "./direct.ts";
import { uploadInParts } from "./in-parts.ts";
import { untilVerified } from "./until-verified.ts";

export interface UploadOptions {
  binaryPrn: string;
  source: Source;
  /** Bytes of every part but the last; 5 MiB or what 10,000 parts need. */
  partSize?: number;
  /** Parts on their way at once. */
  concurrency?: number;
  /** One request instead of parts; by default for less than 100 MB. */
  direct?: boolean;
  /** `auto`, the default: bytes are compressed on their way to this server when a sample shows that it pays. */
  compress?: "auto" | "never";
  onProgress?: (progress: UploadProgress) => void;
  signal?: AbortSignal;
}

export interface UploadProgress {
  /** Bytes that the server has acknowledged, those of earlier tries included. */
  acknowledged: number;
  total: number;
  /** `verifying`: all bytes are there, the server hashes what is left. */
  phase: "uploading" | "verifying";
}

/** Files of this many bytes and more go in parts. */
const directBelow = 100_000_000;

/**
 * Brings content to a record and waits until the server has verified it. What an interrupted upload already brought is
 * not sent again.
 * @returns the binary, `signable` or `signed`
 * @throws ApiError, or Error when the content isn't what the record declares or the connection stays lost
 */
export async function uploadBinary(client: Client, options: UploadOptions): Promise<Binary> {
  const { source, binaryPrn } = options;
  const signal = options.signal ?? new AbortController().signal;
  const record = await getBinary(client, binaryPrn, signal);
  const onProgress = options.onProgress ?? (() => {});

  if (record.size !== null && record.size !== source.size) {
    throw new Error(
      `the file has ${source.size} bytes, but the binary was declared with ${record.size}; ` +
        "choose the right file, or declare the new one with `binaries update --size ... --hash ...`",
    );
  }
  if (record.state === "destroyed") throw new Error("the binary is destroyed; create a new one");
  if (record.state === "uploadable") {
    const direct = options.direct ?? source.size < directBelow;
    const upload = direct || source.size === 0 ? uploadDirectly : uploadInParts;
    await upload(client, record, { ...options, signal, onProgress });
  }
  onProgress({ acknowledged: source.size, total: source.size, phase: "verifying" });
  const verified = await untilVerified(client, binaryPrn, signal);
  // Content that was there before is somebody else's word; ours was compared on its way.
  if (record.state !== "uploadable") requireDeclared(verified, await hashSource(source, client.transport, signal));
  return verified;
}
