import { randomBytes } from "node:crypto";
import type { Piece } from "./body.ts";
import type { ByteRange } from "./range.ts";

export function contentRange({ start, end }: ByteRange, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}

/** Several ranges as one body of type multipart/byteranges (RFC 9110 § 14.6). */
export function multipart(
  ranges: readonly ByteRange[],
  { contentType, size }: { contentType: string; size: number },
): { contentType: string; pieces: Piece[] } {
  // Random, because content that holds the boundary would be cut there.
  const boundary = randomBytes(18).toString("hex");
  const pieces = ranges.flatMap((range, index): Piece[] => {
    const head = [
      `${index === 0 ? "" : "\r\n"}--${boundary}`,
      `Content-Type: ${contentType}`,
      `Content-Range: ${contentRange(range, size)}`,
      "\r\n",
    ];
    return [Buffer.from(head.join("\r\n"), "latin1"), range];
  });
  const end = Buffer.from(`\r\n--${boundary}--\r\n`, "latin1");
  return { contentType: `multipart/byteranges; boundary=${boundary}`, pieces: [...pieces, end] };
}
