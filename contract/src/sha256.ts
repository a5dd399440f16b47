/** SHA-256 digests as people and programs write them. */

/**
 * Reads 64 hexadecimal characters, in either case, optionally after `sha256:`.
 * Returns the digest as 64 lowercase characters, or a sentence that says what is wrong.
 */
export function parseSha256(text: string): { hash: string } | { problem: string } {
  const hex = text.replace(/^sha256:/i, "");
  const wanted = "must be a SHA-256 digest of 64 hexadecimal characters, optionally after 'sha256:'";
  if (hex.length !== 64) return { problem: `${wanted}; got ${hex.length} characters` };
  const stranger = hex.search(/[^0-9a-fA-F]/);
  if (stranger >= 0) return { problem: `${wanted}; got '${hex[stranger]}' at character ${stranger + 1}` };
  return { hash: hex.toLowerCase() };
}
