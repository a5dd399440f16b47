/**
 * `Content-Disposition` that saves under a name (RFC 6266): a plain name for all, and for names outside of ASCII
 * `filename*` (RFC 8187) besides. What could lead out of a folder or end the header is replaced by `_` (§ 4.3).
 */
export function attachment(filename: string): string {
  const safe = filename.toWellFormed().replaceAll(/[\p{Cc}\p{Bidi_Control}/\\]/gu, "_");
  const name = /^\.*$/.test(safe) ? "download" : safe;
  const plain = name.replaceAll(/[^\x20-\x7e]|["%]/gu, "_");
  return plain === name
    ? `attachment; filename="${plain}"`
    : `attachment; filename="${plain}"; filename*=UTF-8''${extended(name)}`;
}

/** The ext-value of RFC 8187 § 3.2.1: all that isn't an attr-char is percent-encoded. */
function extended(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
