import type { Client } from "../client.ts";
import type { Source } from "../source.ts";
import type { Coder, Payload } from "../transport.ts";

/** How the bytes of an upload are sent: compressed as long as the server takes that. */
export interface Coding {
  /** Null for plain. */
  coder: Coder | null;
}

/** Bytes of each of the samples: from the beginning, the middle and the end. */
const sampleBytes = 262_144;
/** Compressed bytes for each plain one, at most, for which it pays; and at least, below which a server takes it for a bomb. */
const pays = { most: 0.9, least: 1 / 100 };

/** Looks at samples of the content, where bytes can be compressed at all. */
export async function chooseCoding(client: Client, source: Source, compress: "auto" | "never"): Promise<Coding> {
  const { coder } = client.transport;
  if (compress === "never" || !coder || source.size === 0) return { coder: null };
  const most = Math.max(0, source.size - sampleBytes);
  const starts = [...new Set([0, Math.floor(most / 2), most])];
  let plain = 0;
  let coded = 0;
  for (const start of starts) {
    const bytes = await source.read(start, Math.min(source.size, start + sampleBytes));
    plain += bytes.length;
    for await (const piece of coder.encode(() => only(bytes))) coded += piece.length;
  }
  const share = coded / plain;
  return { coder: share <= pays.most && share >= pays.least ? coder : null };
}

/** Statuses by which a server may say that it can't decode, or doesn't know that it should. */
const refusals = new Set([400, 413, 415, 422]);

/** PUTs content, compressed where that is chosen; a server that refuses it so gets it plain, from then on. */
export async function putCoded(
  client: Client,
  coding: Coding,
  url: string,
  headers: Record<string, string>,
  payload: Payload,
  size: number,
  signal: AbortSignal,
): Promise<Response> {
  const { coder } = coding;
  if (coder) {
    const encoded = () => coder.encode(typeof payload === "function" ? payload : () => only(payload));
    const coded = { ...headers, "content-encoding": coder.name };
    const answer = await client.transport.put(url, coded, encoded, null, signal);
    if (!refusals.has(answer.status)) return answer;
    await answer.body?.cancel();
    coding.coder = null;
  }
  return client.transport.put(url, headers, payload, size, signal);
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
