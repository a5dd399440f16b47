import type { Resources } from "../../api/resources.ts";

/** Whether a key lets anybody in now. */
export function keyState({ revoked_at, expires_at }: Resources["api_keys"], now = Date.now()) {
  if (revoked_at !== null) return "revoked";
  return expires_at !== null && Date.parse(expires_at) <= now ? "expired" : "active";
}
