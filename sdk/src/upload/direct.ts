import { ApiError, errorOf } from "../api-error.ts";
import { type Binary, getBinary, requireDeclared } from "../binary.ts";
import type { Client } from "../client.ts";
import { hexToBase64 } from "../hex.ts";
import { tryAgain } from "../retry.ts";
import type { UploadOptions } from "./upload-binary.ts";

type Settled = UploadOptions & Required<Pick<UploadOptions, "signal" | "onProgress">>;

/** All content in one request. */
export async function uploadDirectly(client: Client, record: Binary, options: Settled): Promise<void> {
  const { source, signal } = options;
  const hashing = await client.transport.sha256();
  for await (const piece of source.stream(0, source.size)) {
    signal.throwIfAborted();
    hashing.update(piece);
  }
  const hash = hashing.digest();
  requireDeclared(record, hash);
  if (record.hash === null || record.size === null) {
    const path = { prn: record.prn };
    await client.api.PATCH("/binaries/{prn}", { params: { path }, body: { hash, size: source.size } });
  }
  await tryAgain((tries) => put(client, record, hash, options, tries), mayHelp, signal);
}

async function put(client: Client, record: Binary, hash: string, options: Settled, tries: number): Promise<void> {
  const { source, signal, onProgress } = options;
  // An answer that was lost may have been a good one.
  if (tries > 1 && (await getBinary(client, record.prn)).state !== "uploadable") return;
  const headers = {
    ...client.headers,
    "content-type": "application/octet-stream",
    "x-amz-checksum-sha256": hexToBase64(hash),
  };
  let sent = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of source.stream(0, source.size)) {
      yield piece;
      sent += piece.length;
      onProgress({ acknowledged: sent, total: source.size, phase: "uploading" });
    }
  }
  const url = `${client.baseUrl}/binaries/${record.prn}/content`;
  const answer = await client.transport.put(url, headers, counted, source.size, signal);
  if (!answer.ok) throw await errorOf(answer);
  await answer.arrayBuffer();
}

function mayHelp(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.status === 429 || (error.status >= 500 && error.status !== 507);
}
