import { createHmac, timingSafeEqual } from "node:crypto";
import { ApiError } from "@open-peridio/contract";

/** A key that signs links. */
export interface LinkKey {
  /** Short and public: it stands in the link, so that old links go on working while a new key signs. */
  id: string;
  secret: Buffer;
}

/** What a link allows. All that it is bound to (whose, what, which bytes) stands in its path. */
interface Claim {
  method: "GET" | "PUT";
  path: string;
}

const version = "v1";
const tokenPattern = /^v1\.([0-9a-f]{1,32})\.([1-9][0-9]{0,11})\.([A-Za-z0-9_-]{43})$/;

/** A path with a token, `PATH?token=v1.KEYID.EXPIRES.MAC`: whoever has it may do this until then. */
export function signLink(keys: readonly LinkKey[], link: Claim & { expiresAt: Date }): string {
  const [key] = keys;
  if (!key) throw new Error("there is no key to sign links with");
  const expires = Math.floor(link.expiresAt.getTime() / 1000);
  return `${link.path}?token=${version}.${key.id}.${expires}.${mac(key, link, expires).toString("base64url")}`;
}

/**
 * Checks a link and returns when it expires. HEAD is asked for as GET.
 * @throws ApiError 403 `link_invalid` or `link_expired`
 */
export function verifyLink(keys: readonly LinkKey[], link: Claim & { token: string | undefined; now: Date }): Date {
  const [, keyId, seconds, sent] = tokenPattern.exec(link.token ?? "") ?? [];
  const key = keys.find(({ id }) => id === keyId);
  if (!key || sent === undefined) throw forged();
  const expires = Number(seconds);
  const expected = mac(key, link, expires);
  const given = Buffer.from(sent, "base64url");
  // The text must be the very one that was made: base64 has several spellings of the same bytes.
  if (!timingSafeEqual(expected, given) || given.toString("base64url") !== sent) throw forged();
  const expiresAt = new Date(expires * 1000);
  if (expiresAt <= link.now) {
    throw new ApiError("link_expired", `this link expired at ${expiresAt.toISOString()}; ask the API for a new one`);
  }
  return expiresAt;
}

function forged(): ApiError {
  return new ApiError(
    "link_invalid",
    "this link was not made by this server, or was changed; ask the API for a new one",
  );
}

/** No field can hold a line feed, so different claims are different texts. */
function mac(key: LinkKey, { method, path }: Claim, expires: number): Buffer {
  const text = [version, key.id, method, path, expires].join("\n");
  return createHmac("sha256", key.secret).update(text).digest();
}
