/** What an API key may do. `admin` includes all others. */
export const scopes = [
  "admin",
  "binaries:read",
  "binaries:write",
  "binaries:sign",
  "binaries:destroy",
  "signing_keys:read",
  "signing_keys:write",
] as const;

export type Scope = (typeof scopes)[number];

export function allows(granted: readonly Scope[], needed: Scope): boolean {
  return granted.includes("admin") || granted.includes(needed);
}
