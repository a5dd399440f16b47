/** Words for what the operating system and TLS say in capitals. */
const explanations: Record<string, string> = {
  ECONNREFUSED: "the server can't be reached; is it running, and is the address (--base-url, PERIDIO_BASE_URL) right?",
  ENOTFOUND: "the server's name is unknown; is the address (--base-url, PERIDIO_BASE_URL) right?",
  ECONNRESET: "the connection to the server was lost",
  EPIPE: "the connection to the server was lost",
  ETIMEDOUT: "the server doesn't answer",
  EHOSTUNREACH: "the server can't be reached from here",
  ENOENT: "there is no such file",
  EACCES: "the file can't be read by you",
  EEXIST: "the file exists already; nothing was overwritten",
  EISDIR: "that is a folder, not a file",
  ENOSPC: "the disk is full",
  SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate isn't trusted; name its authority with --ca-path",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate isn't trusted; name its authority with --ca-path",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server's certificate isn't trusted; name its authority with --ca-path",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the server's certificate isn't trusted; name its authority with --ca-path",
  CERT_HAS_EXPIRED: "the server's certificate has expired",
};

/** A sentence for any error; its own message where that is one. */
export function explain(error: unknown): string {
  const { message, code, path } = error as { message?: string; code?: string; path?: string };
  const words = code === undefined ? undefined : explanations[code];
  if (words === undefined) return message || String(error);
  return path === undefined ? words : `${path}: ${words}`;
}
