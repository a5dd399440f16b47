import { createSHA256 } from "hash-wasm";
import type { Fetch } from "./retry.ts";

/** A SHA-256 that is fed piece by piece, here or in another thread. */
export interface IncrementalHash {
  /** Resolves when it is ready for more. */
  update(bytes: Uint8Array): void | Promise<void>;
  /** 64 lowercase hex characters. */
  digest(): string | Promise<string>;
}

/** Bytes to send: all at once, or piece by piece when they are too many to hold. */
export type Payload = Uint8Array | (() => AsyncIterable<Uint8Array>);

/** Compresses what is sent. */
export interface Coder {
  /** As `Content-Encoding` names it. */
  name: "zstd" | "gzip";
  encode(pieces: () => AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

/** What differs between Node and a browser. */
export interface Transport {
  fetch: Fetch;
  /** PUTs bytes to a link and returns the answer, whatever its status. @param size how many they are; null: not known */
  put(
    url: string,
    headers: Record<string, string>,
    payload: Payload,
    size: number | null,
    signal: AbortSignal,
  ): Promise<Response>;
  /** None where a body's length must be known before, as in browsers. */
  coder?: Coder;
  sha256(): Promise<IncrementalHash>;
}

/** For browsers and everything else that has `fetch`. */
export const webTransport: Transport = {
  fetch: (request) => fetch(request),
  async put(url, headers, payload, _size, signal) {
    // A browser tells the length by itself, and only of bodies that it has whole.
    const body =
      typeof payload === "function" ? await collect(payload()) : new Blob([payload as Uint8Array<ArrayBuffer>]);
    return fetch(url, { method: "PUT", headers, body, signal });
  },
  async sha256() {
    const hash = await createSHA256();
    hash.init();
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
  },
};

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Blob> {
  const parts: BlobPart[] = [];
  for await (const piece of pieces) parts.push(piece as Uint8Array<ArrayBuffer>);
  return new Blob(parts);
}
