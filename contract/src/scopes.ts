/** What a caller may do. `admin` includes all others. */
export const scopes = [
  "admin",
  "audit:read",
  "binaries:read",
  "binaries:write",
  "binaries:sign",
  "binaries:destroy",
  "devices:read",
  "devices:write",
  "events:read",
  "releases:read",
  "releases:write",
  "signing_keys:read",
  "signing_keys:write",
  "webhooks:read",
  "webhooks:write",
] as const;

export type Scope = (typeof scopes)[number];

export function allows(granted: readonly Scope[], needed: Scope): boolean {
  return granted.includes("admin") || granted.includes(needed);
}

/** What each role of a person means in an organization. */
export const roles = {
  admin: ["admin"],
  developer: [
    "binaries:read",
    "binaries:write",
    "devices:read",
    "devices:write",
    "events:read",
    "releases:read",
    "releases:write",
    "signing_keys:read",
    "webhooks:read",
    "webhooks:write",
  ],
  signer: ["binaries:read", "binaries:sign", "events:read", "releases:read", "signing_keys:read"],
  viewer: ["binaries:read", "devices:read", "events:read", "releases:read", "signing_keys:read", "webhooks:read"],
} as const satisfies Record<string, readonly Scope[]>;

export type Role = keyof typeof roles;
