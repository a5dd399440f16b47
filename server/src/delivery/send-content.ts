import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { ApiError } from "@open-peridio/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { judge, rangeCounts } from "./conditional.ts";
import { type ByteRange, parseRange } from "./range.ts";

export interface Content {
  /** Bytes. */
  size: number;
  /** SHA-256, 64 lowercase hex characters. */
  hash: string;
  filename: string;
  /** How long caches may keep it. */
  cacheSeconds: number;
  /** Bytes `start` to `end`, both included. */
  open(start: number, end: number): Readable;
}

const mediaType = "application/octet-stream";

/**
 * Answers a GET or HEAD with content, whole or in ranges (RFC 9110 §§ 13 to 15). The length is always told and the
 * bytes are never recoded: device agents count them.
 */
export function sendContent(request: FastifyRequest, reply: FastifyReply, content: Content): FastifyReply {
  const etag = `"${content.hash}"`;
  reply.headers({
    etag,
    "accept-ranges": "bytes",
    "cache-control": `public, max-age=${content.cacheSeconds}, immutable`,
    "x-content-type-options": "nosniff",
  });
  const verdict = judge(request.headers, etag);
  if (verdict === "not-modified") return reply.code(304).send();
  if (verdict === "precondition-failed") return reply.code(412).send();
  reply.headers({
    "content-disposition": `attachment; filename="${content.filename}"`,
    // RFC 9530: of the whole, whatever part of it is sent.
    "repr-digest": `sha-256=:${Buffer.from(content.hash, "hex").toString("base64")}:`,
  });

  // Range means something for GET alone (§ 14.2).
  const asked = request.method === "GET" && rangeCounts(request.headers, etag) ? request.headers.range : undefined;
  const range = parseRange(asked, content.size);
  switch (range.kind) {
    case "whole":
      return sendWhole(request, reply, content);
    case "single":
      return sendRange(reply, content, range.range);
    case "multiple":
      return sendRanges(reply, content, range.ranges);
    case "unsatisfiable": {
      const headers = { "content-range": `bytes */${content.size}` };
      const detail = `the content has ${content.size} bytes; '${asked}' asks for none of them`;
      reply.removeHeader("cache-control");
      throw new ApiError("range_not_satisfiable", detail, { headers });
    }
  }
}

function sendWhole(request: FastifyRequest, reply: FastifyReply, content: Content): FastifyReply {
  reply.code(200).type(mediaType).header("content-length", content.size);
  if (request.method === "HEAD" || content.size === 0) return reply.send();
  return reply.send(content.open(0, content.size - 1));
}

function sendRange(reply: FastifyReply, content: Content, { start, end }: ByteRange): FastifyReply {
  reply.code(206).type(mediaType);
  reply.header("content-range", `bytes ${start}-${end}/${content.size}`);
  reply.header("content-length", end - start + 1);
  return reply.send(content.open(start, end));
}

/** Several ranges in one answer: `multipart/byteranges`, § 14.6. */
function sendRanges(reply: FastifyReply, content: Content, ranges: ByteRange[]): FastifyReply {
  const boundary = randomBytes(18).toString("hex");
  const parts = ranges.map((range) => ({ head: partHead(boundary, range, content.size), range }));
  const tail = `\r\n--${boundary}--\r\n`;
  const length = parts.reduce((sum, { head, range }) => sum + head.length + range.end - range.start + 1, tail.length);
  reply.code(206).type(`multipart/byteranges; boundary=${boundary}`).header("content-length", length);
  return reply.send(Readable.from(inParts(content, parts, tail), { objectMode: false }));
}

function partHead(boundary: string, { start, end }: ByteRange, size: number): string {
  return `\r\n--${boundary}\r\nContent-Type: ${mediaType}\r\nContent-Range: bytes ${start}-${end}/${size}\r\n\r\n`;
}

/** When the client goes away, the generator is closed, and with it the stream that it reads. */
async function* inParts(
  content: Content,
  parts: { head: string; range: ByteRange }[],
  tail: string,
): AsyncGenerator<Buffer> {
  for (const { head, range } of parts) {
    yield Buffer.from(head);
    yield* content.open(range.start, range.end) as AsyncIterable<Buffer>;
  }
  yield Buffer.from(tail);
}
