import { invalid, parseSha256 } from "@open-peridio/contract";

/**
 * A digest from a request, as the tables hold it; undefined and null stay what they are.
 * @throws ApiError 422 on `hash`
 */
export function readHash<T extends null | undefined>(hash: string | T): string | T {
  if (typeof hash !== "string") return hash;
  const digest = parseSha256(hash);
  if ("problem" in digest) throw invalid("hash", digest.problem);
  return digest.hash;
}
