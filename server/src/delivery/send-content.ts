import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { ApiError } from "@open-peridio/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { encodingWeights } from "../http/accept-encoding.ts";
import { attachment } from "../http/content-disposition.ts";
import type { Settle } from "./admission.ts";
import { bodyLength, type OpenRange, type Piece, writeBody } from "./body.ts";
import { evaluatePreconditions, rangeApplies } from "./conditional.ts";
import { contentRange, multipart } from "./multipart.ts";
import { parseRange, type RangeRequest } from "./range.ts";

/** Somebody who sends content in our place, after all that only we can judge was judged here. */
export type Elsewhere =
  /** A store, to which the client is sent; several ranges at once it can't answer. */
  | { kind: "redirect"; makeLink: () => Promise<string> }
  /** The nginx in front, which is told the file and does ranges itself; with If-Match it answers 412. */
  | { kind: "accel"; path: string };

/** Bytes that never change under this hash, and how a client is told of them. */
interface Content {
  /** Bytes. */
  size: number;
  /** SHA-256, 64 hex digits. */
  hash: string;
  /** What a browser saves it as. */
  filename: string;
  /** How long caches may keep it. */
  cacheSeconds: number;
  /** `application/octet-stream` when absent. */
  contentType?: string;
  open: OpenRange;
  /** The same as it is stored, where that is compressed: what is sent to who asks for it whole and can decode it. */
  encoded?: Encoded | null;
  /** Who answers a GET instead; null for nobody. */
  elsewhere?: Elsewhere | null;
  /** Asked before anything of a body of so many bytes is sent; a throw is answered instead. */
  admit?: (bytes: number) => Promise<Settle>;
}

interface Encoded {
  coding: "zstd";
  /** Bytes, and SHA-256 in hex, of what is sent. */
  size: number;
  hash: string;
  open: OpenRange;
}

/**
 * Answers a GET or HEAD with content: 200, 206, 304, 412 or 416 by RFC 9110 § 13 and § 14. Every body has its exact
 * Content-Length and, unless it is asked for, no coding: the official agent counts bytes to know that it has them all, and
 * appends what comes. Encoded, it is another representation, with an ETag and a digest of its own.
 * A body is written past Fastify, so `onSend` hooks don't see it. @throws ApiError range_not_satisfiable, and what
 * reading throws before the first byte was sent; after that it is logged and the connection is broken off.
 */
export async function sendContent(request: FastifyRequest, reply: FastifyReply, asked: Content): Promise<FastifyReply> {
  const coding = chooseCoding(request.headers, asked);
  const content = coding ? { ...asked, ...asked.encoded!, elsewhere: null } : asked;
  const etag = coding ? `"${asked.hash}.${coding}"` : `"${asked.hash}"`;
  if (asked.encoded) reply.header("vary", [reply.getHeader("vary"), "Accept-Encoding"].filter(Boolean).join(", "));
  const cacheControl = `public, max-age=${content.cacheSeconds}, immutable`;
  const precondition = evaluatePreconditions(request.headers, etag);
  if (precondition === "failed") {
    throw new ApiError("precondition_failed", `the content is ${etag}, which If-Match does not name`);
  }
  if (precondition === "not-modified") {
    return reply.code(304).headers({ etag, "cache-control": cacheControl }).send();
  }

  // RFC 9110 § 14.2: Range is for GET only.
  const ranged = request.method === "GET" && rangeApplies(request.headers, etag);
  const wanted = parseRange(ranged ? request.headers.range : undefined, content.size);
  const { status, headers, pieces } = select(wanted, content);
  const withHead = () =>
    reply.code(status).headers({
      etag,
      "cache-control": cacheControl,
      ...(coding ? { "content-encoding": coding } : { "accept-ranges": "bytes" }),
      "content-disposition": attachment(content.filename),
      "content-length": bodyLength(pieces),
      "repr-digest": `sha-256=:${Buffer.from(content.hash, "hex").toString("base64")}:`,
      "x-content-type-options": "nosniff",
      ...headers,
    });
  if (request.method === "HEAD") return withHead().send();
  const settle = await content.admit?.(bodyLength(pieces));
  if (pieces.length === 0) {
    settle?.(0, true);
    return withHead().send();
  }

  const other = content.elsewhere;
  // What really goes out there only the other knows.
  if (other?.kind === "redirect" && pieces.length === 1) {
    const location = await other.makeLink();
    settle?.(bodyLength(pieces), true);
    return reply.code(302).headers({ location, "cache-control": "no-store" }).send();
  }
  if (other?.kind === "accel" && request.headers["if-match"] === undefined) {
    settle?.(bodyLength(pieces), true);
    withHead().code(200).removeHeader("content-length").removeHeader("content-range");
    return reply.headers({ "content-type": contentTypeOf(content), "x-accel-redirect": other.path }).send();
  }

  const response = reply.raw;
  const handed = { bytes: 0 };
  try {
    const begin = () => response.writeHead(status, withHead().hijack().getHeaders() as OutgoingHttpHeaders);
    await writeBody(response, pieces, content.open, begin, handed);
    settle?.(handed.bytes, true);
  } catch (error) {
    settle?.(handed.bytes, false);
    const gone = response.destroyed || clientLeft.has((error as NodeJS.ErrnoException).code ?? "");
    if (!gone && !response.headersSent) throw error;
    if (!gone) request.log.error({ err: error }, "content broke off");
    reply.hijack();
    response.destroy();
  }
  return reply;
}

/**
 * The coding to send in; null for none. Who asks for ranges, or compares with what it has of the content, means the content
 * itself (RFC 9110 § 13.1.1, § 14.2).
 */
function chooseCoding(headers: IncomingHttpHeaders, { encoded }: Content): Encoded["coding"] | null {
  const isPlain = !encoded || headers.range !== undefined || headers["if-range"] !== undefined;
  if (isPlain || headers["if-match"] !== undefined) return null;
  const weights = encodingWeights(headers["accept-encoding"]);
  // By its name: a device that sends `*` knows nothing of it.
  const weight = weights.get(encoded.coding) ?? 0;
  return weight > 0 && weight >= (weights.get("identity") ?? 0) ? encoded.coding : null;
}

/** What a write says when the client went away before we were told. */
const clientLeft = new Set(["ECONNRESET", "EPIPE", "ECANCELED"]);

function contentTypeOf({ contentType = "application/octet-stream" }: Content): string {
  return contentType;
}

/** Status, the headers that depend on the range, and what the body is made of. */
function select(
  wanted: RangeRequest,
  content: Content,
): { status: number; headers: Record<string, string>; pieces: Piece[] } {
  const { size } = content;
  const contentType = contentTypeOf(content);
  switch (wanted.kind) {
    case "whole": {
      const pieces = size === 0 ? [] : [{ start: 0, end: size - 1 }];
      return { status: 200, headers: { "content-type": contentType }, pieces };
    }
    case "single": {
      const headers = { "content-type": contentType, "content-range": contentRange(wanted, size) };
      return { status: 206, headers, pieces: [wanted] };
    }
    case "multiple": {
      const parts = multipart(wanted.ranges, { contentType, size });
      return { status: 206, headers: { "content-type": parts.contentType }, pieces: parts.pieces };
    }
    case "unsatisfiable":
      throw new ApiError("range_not_satisfiable", `the content has ${size} bytes; the range lies beyond`, {
        headers: { "content-range": `bytes */${size}` },
      });
  }
}
