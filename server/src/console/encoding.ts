import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { encodingWeights } from "../http/accept-encoding.ts";

/** Content codings that are made here, the better one first. */
export const encodings = ["br", "gzip"] as const;
export type Encoding = (typeof encodings)[number];

/** The coding that a client likes best (RFC 9110 § 12.5.3); null for the content as it is. */
export function chooseEncoding(header: string | undefined): Encoding | null {
  const weights = encodingWeights(header);
  const weightOf = (encoding: Encoding) => weights.get(encoding) ?? weights.get("*") ?? 0;
  const [best] = [...encodings].sort((one, other) => weightOf(other) - weightOf(one)) as [Encoding];
  return weightOf(best) > 0 ? best : null;
}

/** Brotli's last two levels take twenty times as long, for a twentieth of the bytes. */
const brotliLevel = 9;

export async function encode(content: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === "gzip") return promisify(gzip)(content, { level: 9 });
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: brotliLevel,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return promisify(brotliCompress)(content, { params });
}
