import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { ApiError } from "@open-peridio/contract";

/** A secret that signs links, and the name by which a link says which secret that was. */
export interface LinkKey {
  /** Letters, digits, `-` and `_`. */
  id: string;
  /** Bytes would be made a key anew for each link, which takes longer than to sign it. */
  secret: KeyObject;
}

/** Years far beyond any link, and still a `Date`. */
const expiryDigits = 11;
const tokenPattern = new RegExp(`^v1\\.([\\w-]+)\\.([1-9]\\d{0,${expiryDigits - 1}})\\.([\\w-]{43})$`);

/**
 * A path that whoever has it may use for a while: `PATH?token=v1.KEYID.EXPIRES.MAC`, expiry in seconds since 1970. The
 * first key signs. All that the link is bound to has to stand in `path`, written as the server will receive it.
 * @throws Error for what can't be signed: no key, a path with a query, an expiry that is no time.
 */
export function signLink(
  keys: readonly LinkKey[],
  { method, path, expiresAt }: { method: "GET" | "PUT"; path: string; expiresAt: Date },
): string {
  const [key] = keys;
  if (!key) throw new Error("there is no key to sign links with");
  if (!/^\/[^?#\s]*$/.test(path)) throw new Error(`a link's path starts with '/' and has no query; got '${path}'`);
  const expires = String(Math.floor(expiresAt.getTime() / 1000));
  const token = `v1.${key.id}.${expires}.${mac(key, method, path, expires)}`;
  if (!tokenPattern.test(token)) throw new Error(`key id '${key.id}' or expiry ${expires} does not fit into a link`);
  return `${path}?token=${token}`;
}

/**
 * Checks the link that a request came by and tells when it expires. A HEAD may do what the GET may.
 * @param path as received, without its query. @param token as parsed from the query.
 * @throws ApiError link_invalid, link_expired (both 403)
 */
export function verifyLink(
  keys: readonly LinkKey[],
  link: { method: string; path: string; token: string | readonly string[] | undefined; now: Date },
): Date {
  if (link.token === undefined) throw invalid("it has no token");
  const parts = typeof link.token === "string" ? tokenPattern.exec(link.token) : null;
  if (!parts) throw invalid("its token is not well formed");
  const [, id, expires, given] = parts;
  const key = keys.find((known) => known.id === id);
  if (!key) throw invalid("the key that signed it is not in use any more");
  const method = link.method === "HEAD" ? "GET" : link.method;
  // As text: in base64url the last of 43 characters has bits to spare, so several texts stand for the same 32 bytes.
  if (!timingSafeEqual(Buffer.from(given!), Buffer.from(mac(key, method, link.path, expires!)))) {
    throw invalid("it was made for another path or method, or was changed");
  }
  const expiresAt = new Date(Number(expires) * 1000);
  if (link.now >= expiresAt) {
    throw new ApiError("link_expired", `this link expired at ${expiresAt.toISOString()}; ask for a new one`);
  }
  return expiresAt;
}

/** HMAC-SHA256 in base64url, 43 characters. JSON keeps the fields apart, whatever they hold. */
function mac(key: LinkKey, method: string, path: string, expires: string): string {
  const statement = JSON.stringify(["open-peridio link v1", method, path, expires, key.id]);
  return createHmac("sha256", key.secret).update(statement).digest("base64url");
}

function invalid(why: string): ApiError {
  return new ApiError("link_invalid", `this link is not valid: ${why}; ask for a new one`);
}
