import { createHash, createHmac } from "node:crypto";
import type { Life } from "./origin.ts";

/** Writes the query that makes a path a link. @param path as the other side sees it: of unreserved characters alone */
type Dialect = (path: string, life: Life, secret: string) => string;

/**
 * How the servers of others check that a link is ours, by a secret that both know. What the other side needs for it is in
 * `deploy/`.
 */
export const dialects = {
  /**
   * nginx, `secure_link_md5 "$secure_link_expires$uri SECRET"`. With the secret behind it, MD5 can't be continued.
   * Source: https://nginx.org/en/docs/http/ngx_http_secure_link_module.html
   */
  nginx(path, { ends }, secret) {
    const digest = createHash("md5").update(`${ends}${path} ${secret}`).digest("base64url");
    return `md5=${digest}&expires=${ends}`;
  },

  /**
   * Fastly, or what else knows HMAC-SHA256: `token=EXPIRES_HEX` of path and expiry.
   * Source: https://docs.fastly.com/en/guides/enabling-url-token-validation, with SHA-256 in the place of SHA-1
   */
  fastly(path, { ends }, secret) {
    return `token=${ends}_${createHmac("sha256", secret).update(`${path}${ends}`).digest("hex")}`;
  },

  /**
   * Cloudflare's `is_timed_hmac_valid_v0` with the flag `s`. Its rule says how long links live; they say when they began.
   * Source: https://developers.cloudflare.com/ruleset-engine/rules-language/functions/#hmac-validation
   */
  cloudflare(path, { begins }, secret) {
    return `verify=${begins}-${createHmac("sha256", secret).update(`${path}${begins}`).digest("base64url")}`;
  },
} satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;
