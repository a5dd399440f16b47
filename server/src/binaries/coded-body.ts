import { createHash, type Hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { Readable, type Transform } from "node:stream";
import zlib from "node:zlib";
import { ApiError } from "@open-peridio/contract";
import { chunksOf } from "../content/receive.ts";
import { checkSentDigests } from "./digest-headers.ts";

/** A body as it was meant, whatever coding it came in. */
export interface PlainBody {
  /** What they say is of the plain bytes. */
  headers: IncomingHttpHeaders;
  /** @param limit bytes; a little more may come, so that whoever reads sees that it is too long, and then no more */
  open(limit: number): Readable;
}

/** Bytes that come out at once; two of these are held. */
const chunkSize = 131_072;
/** RFC 9659: nobody needs to send a larger window. 8 MiB. */
const windowLogMax = 23;
/** What a body may grow to for each byte that came. Images that are mostly zeros compress better: they are sent plain. */
const maxExpansion = 250;
/** Bytes that are always allowed. */
const freeBytes = 1_048_576;

const decoders: Record<string, (() => Transform) | undefined> = {
  // Node has zstd since 22.15.
  ...(typeof zlib.createZstdDecompress === "function" && {
    zstd: () =>
      zlib.createZstdDecompress({ chunkSize, params: { [zlib.constants.ZSTD_d_windowLogMax]: windowLogMax } }),
  }),
  gzip: () => zlib.createGunzip({ chunkSize }),
};

/** What of `Content-Encoding` is taken, the better one first. */
const accepted = Object.keys(decoders).join(", ");

/** @throws ApiError 415 for a coding that isn't known (RFC 9110 § 15.5.16) */
export function takeCoded(sent: { headers: IncomingHttpHeaders; body: Readable }): PlainBody {
  const name = sent.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (name === "identity" || name === "") return { headers: sent.headers, open: () => sent.body };
  const decoder = decoders[name.replace(/^x-gzip$/, "gzip")];
  if (!decoder) {
    const detail = `content-encoding must be one of ${accepted}, or be left out; got '${name.slice(0, 80)}'`;
    throw new ApiError("unsupported_media_type", detail, { headers: { "accept-encoding": accepted } });
  }
  // These two are of the bytes as they came (RFC 9530); the other headers, and all else, of the plain ones.
  const { "content-length": _, "content-digest": content, "repr-digest": representation, ...headers } = sent.headers;
  const digests = {
    ...(content !== undefined && { "content-digest": content }),
    ...(representation !== undefined && { "repr-digest": representation }),
  };
  return { headers, open: (limit) => Readable.from(decode(sent.body, decoder(), name, digests, limit)) };
}

async function* decode(
  body: Readable,
  decoder: Transform,
  name: string,
  digests: IncomingHttpHeaders,
  limit: number,
): AsyncGenerator<Buffer> {
  const came = { bytes: 0, hash: createHash("sha256") };
  void feed(body, decoder, came);
  let plain = 0;
  try {
    // Leaving it ends the decoder, and with it whatever a bomb would still become.
    for await (const chunk of decoder as AsyncIterable<Buffer>) {
      plain += chunk.length;
      if (plain > freeBytes && plain > maxExpansion * came.bytes) {
        const detail = `the body grows to more than ${maxExpansion} times its size; send it without content-encoding`;
        throw new ApiError("payload_too_large", detail);
      }
      yield chunk;
      if (plain > limit) return;
    }
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!/^(Z_|ZSTD_|ERR_ZSTD)/.test(code)) throw error;
    throw new ApiError("bad_request", `the body can't be decoded by ${name}: ${message}`);
  }
  checkSentDigests(digests, came.hash.digest("hex"));
}

/** Brings what comes to the decoder, as fast as that takes it. What it takes no more is read and dropped. */
async function feed(body: Readable, decoder: Transform, came: { bytes: number; hash: Hash }): Promise<void> {
  try {
    for await (const chunk of chunksOf(body, new AbortController().signal)) {
      if (decoder.destroyed) return;
      came.bytes += chunk.length;
      came.hash.update(chunk);
      if (!decoder.write(chunk)) await writable(decoder);
    }
    decoder.end();
  } catch (error) {
    decoder.destroy(error as Error);
  }
}

function writable(decoder: Transform): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      decoder.off("drain", done).off("close", done);
      resolve();
    };
    decoder.on("drain", done).on("close", done);
  });
}
