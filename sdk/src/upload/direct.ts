import { ApiError, errorOf } from "../api-error.ts";
import { type Binary, getBinary, patchBinary, requireDeclared } from "../binary.ts";
import type { Client } from "../client.ts";
import { hexToBase64 } from "../hex.ts";
import { errorMayPass, statusMayPass, tryAgain } from "../retry.ts";
import { hashSource } from "../source.ts";
import { type Coding, chooseCoding, putCoded } from "./coding.ts";
import type { UploadOptions } from "./upload-binary.ts";

type Settled = UploadOptions & Required<Pick<UploadOptions, "signal" | "onProgress">>;

/** All content in one request. It is hashed before, so that the wrong file is never sent. */
export async function uploadDirectly(client: Client, record: Binary, options: Settled): Promise<void> {
  const { source, signal } = options;
  const hash = await hashSource(source, client.transport, signal);
  requireDeclared(record, hash);
  if (record.hash === null || record.size === null) {
    await patchBinary(client, record.prn, { hash, size: source.size }, signal);
  }
  const coding = await chooseCoding(client, source, options.compress ?? "auto");
  await tryAgain((tries) => put(client, record, hash, coding, options, tries), mayHelp, client.patience, signal);
}

async function put(
  client: Client,
  record: Binary,
  hash: string,
  coding: Coding,
  options: Settled,
  tries: number,
): Promise<void> {
  const { source, signal, onProgress } = options;
  // An answer that was lost may have been a good one.
  if (tries > 1 && (await getBinary(client, record.prn, signal)).state !== "uploadable") return;
  const headers = {
    ...client.headers,
    "content-type": "application/octet-stream",
    "x-amz-checksum-sha256": hexToBase64(hash),
  };
  async function* counted(): AsyncGenerator<Uint8Array> {
    let sent = 0;
    for await (const piece of source.stream(0, source.size)) {
      yield piece;
      sent += piece.length;
      onProgress({ acknowledged: sent, total: source.size, phase: "uploading" });
    }
  }
  const url = `${client.baseUrl}/binaries/${record.prn}/content`;
  const answer = await putCoded(client, coding, url, headers, counted, source.size, signal);
  if (!answer.ok) throw await errorOf(answer);
  await answer.arrayBuffer();
}

function mayHelp(error: unknown): boolean {
  return error instanceof ApiError ? statusMayPass(error.status) : errorMayPass(error);
}
