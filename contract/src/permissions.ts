import type { Scope } from "./scopes.ts";

/**
 * What a route asks of its caller: a scope; `authenticated`, any live key or session; `person`, a session of a person;
 * `device`, the certificate of a device; `link`, a link that this server signed, in place of a caller; `public`, nothing.
 */
export type Access = Scope | "authenticated" | "person" | "device" | "link" | "public";

/**
 * Every route that the server serves, and what it asks. The server reads this table for each of its routes, and doesn't
 * start with a route that has no row.
 */
export const permissions = {
  "GET /": "public",
  "GET /console*": "public",
  "HEAD /console*": "public",
  "GET /docs*": "public",
  "GET /healthz": "public",
  "GET /metrics": "public",
  "GET /openapi.json": "public",
  "GET /readyz": "public",

  "GET /users/me": "authenticated",
  "POST /users/auth": "public",
  "POST /users/sign_out": "person",
  "GET /users/me/sessions": "person",
  "DELETE /users/me/sessions/:id": "person",
  "POST /users/me/password": "person",
  "POST /users/me/totp": "person",
  "POST /users/me/totp/confirm": "person",
  "POST /users/me/totp/disable": "person",
  "GET /users/me/organizations": "person",
  "POST /users/me/organization": "person",
  "GET /users/oidc/start": "public",
  "GET /users/oidc/callback": "public",

  "GET /org_users": "admin",
  "GET /org_users/:prn": "admin",
  "PATCH /org_users/:prn": "admin",
  "DELETE /org_users/:prn": "admin",

  "GET /invitations": "admin",
  "POST /invitations": "admin",
  "GET /invitations/:prn": "admin",
  "DELETE /invitations/:prn": "admin",
  "POST /invitations/accept": "public",
  "GET /invite": "public",

  "GET /organizations/:prn": "authenticated",
  "PATCH /organizations/:prn": "admin",

  "GET /overview": "binaries:read",
  "GET /usage": "authenticated",

  "GET /api_keys": "admin",
  "POST /api_keys": "admin",
  "GET /api_keys/:prn": "admin",
  "PATCH /api_keys/:prn": "admin",
  "DELETE /api_keys/:prn": "admin",
  "POST /api_keys/:prn/rotate": "admin",

  "GET /audit_logs": "audit:read",
  "GET /audit_logs/:prn": "audit:read",
  "GET /audit_logs/export": "audit:read",
  "GET /audit_logs/head": "audit:read",

  "GET /artifacts": "binaries:read",
  "POST /artifacts": "binaries:write",
  "GET /artifacts/:prn": "binaries:read",
  "PATCH /artifacts/:prn": "binaries:write",
  "DELETE /artifacts/:prn": "binaries:write",
  "POST /artifacts/:prn/hold": "admin",
  "GET /artifacts/:prn/retention": "binaries:read",
  "PUT /artifacts/:prn/retention": "binaries:destroy",
  "DELETE /artifacts/:prn/retention": "binaries:destroy",
  "GET /artifacts/:prn/retention/plan": "binaries:read",
  "POST /artifacts/:prn/retention/apply": "binaries:destroy",

  "GET /artifact_versions": "binaries:read",
  "POST /artifact_versions": "binaries:write",
  "GET /artifact_versions/:prn": "binaries:read",
  "PATCH /artifact_versions/:prn": "binaries:write",
  "DELETE /artifact_versions/:prn": "binaries:write",

  "GET /signing_keys": "signing_keys:read",
  "POST /signing_keys": "signing_keys:write",
  "GET /signing_keys/:prn": "signing_keys:read",
  "PATCH /signing_keys/:prn": "signing_keys:write",
  "DELETE /signing_keys/:prn": "signing_keys:write",

  "GET /binaries": "binaries:read",
  "POST /binaries": "binaries:write",
  "GET /binaries/:prn": "binaries:read",
  "PATCH /binaries/:prn": "binaries:write",
  "DELETE /binaries/:prn": "binaries:write",
  "POST /binaries/:prn/destroy": "binaries:destroy",
  "POST /binaries/:prn/hold": "admin",
  "PUT /binaries/:prn/content": "binaries:write",
  "GET /binaries/:prn/parts": "binaries:read",
  "PUT /binaries/:prn/parts/:index": "binaries:write",
  "GET /binaries/:prn/download_url": "binaries:read",
  "GET /binaries/:prn/statistics": "binaries:read",

  "GET /binary_signatures": "binaries:read",
  "POST /binary_signatures": "binaries:sign",
  "GET /binary_signatures/:prn": "binaries:read",
  "DELETE /binary_signatures/:prn": "binaries:sign",

  "GET /products": "devices:read",
  "POST /products": "devices:write",
  "GET /products/:prn": "devices:read",
  "PATCH /products/:prn": "devices:write",

  "GET /cohorts": "devices:read",
  "POST /cohorts": "devices:write",
  "GET /cohorts/:prn": "devices:read",
  "PATCH /cohorts/:prn": "devices:write",

  "GET /devices": "devices:read",
  "POST /devices": "devices:write",
  "GET /devices/:prn": "devices:read",
  "PATCH /devices/:prn": "devices:write",
  "DELETE /devices/:prn": "devices:write",
  "POST /devices/:prn/update": "devices:write",

  "GET /device_certificates": "devices:read",
  "POST /device_certificates": "devices:write",
  "GET /device_certificates/:prn": "devices:read",
  "DELETE /device_certificates/:prn": "devices:write",

  "GET /ca_certificates": "devices:read",
  "POST /ca_certificates": "devices:write",
  "POST /ca_certificates/verification_codes": "devices:write",
  "GET /ca_certificates/:prn": "devices:read",
  "PATCH /ca_certificates/:prn": "devices:write",
  "PUT /ca_certificates/:prn": "devices:write",
  "DELETE /ca_certificates/:prn": "devices:write",

  "GET /bundles": "releases:read",
  "POST /bundles": "releases:write",
  "GET /bundles/:prn": "releases:read",
  "PATCH /bundles/:prn": "releases:write",
  "DELETE /bundles/:prn": "releases:write",
  "GET /bundles/:prn/signatures": "releases:read",
  "GET /binaries/:prn/usage": "binaries:read",

  "GET /bundle_signatures": "releases:read",
  "POST /bundle_signatures": "binaries:sign",
  "GET /bundle_signatures/:prn": "releases:read",
  "DELETE /bundle_signatures/:prn": "binaries:sign",

  "GET /bundle_overrides": "releases:read",
  "POST /bundle_overrides": "releases:write",
  "GET /bundle_overrides/:prn": "releases:read",
  "PATCH /bundle_overrides/:prn": "releases:write",
  "DELETE /bundle_overrides/:prn": "releases:write",
  "GET /bundle_overrides/:prn/devices": "releases:read",
  "POST /bundle_overrides/:prn/devices": "releases:write",
  "DELETE /bundle_overrides/:prn/devices/:device_prn": "releases:write",

  "GET /deltas": "releases:read",
  "POST /deltas": "releases:write",
  "GET /deltas/:prn": "releases:read",
  "DELETE /deltas/:prn": "releases:write",

  "GET /releases": "releases:read",
  "POST /releases": "releases:write",
  "POST /releases/preview": "releases:read",
  "GET /releases/:prn": "releases:read",
  "PATCH /releases/:prn": "releases:write",
  "DELETE /releases/:prn": "releases:write",
  "GET /releases/:prn/rollout": "releases:read",
  "POST /releases/:prn/pause": "releases:write",
  "POST /releases/:prn/resume": "releases:write",

  "GET /release_claims": "releases:read",
  "GET /release_claims/:prn": "releases:read",

  "GET /device/me": "device",
  "GET /device/update": "device",
  "GET /tunnels": "device",
  "GET /update": "device",
  "POST /update/report": "device",

  "GET /events": "events:read",
  "GET /events/stream": "events:read",

  "GET /webhooks": "webhooks:read",
  "POST /webhooks": "webhooks:write",
  "GET /webhooks/:prn": "webhooks:read",
  "PATCH /webhooks/:prn": "webhooks:write",
  "DELETE /webhooks/:prn": "webhooks:write",
  "POST /webhooks/:prn/roll_secret": "webhooks:write",
  "POST /webhooks/:prn/test_fire": "webhooks:write",

  "GET /webhook_deliveries": "webhooks:read",
  "GET /webhook_deliveries/:prn": "webhooks:read",
  "POST /webhook_deliveries/:prn/redeliver": "webhooks:write",

  "GET /content_stores": "admin",
  "GET /storage_figures": "admin",
  "POST /content_stores": "admin",
  "GET /content_stores/:prn": "admin",
  "PATCH /content_stores/:prn": "admin",
  "DELETE /content_stores/:prn": "admin",
  "POST /content_stores/:prn/test": "admin",
  "POST /content_stores/:prn/activate": "admin",
  "POST /content_stores/:prn/deactivate": "admin",

  "GET /content_checks": "admin",

  "GET /content_moves": "admin",
  "POST /content_moves": "admin",
  "GET /content_moves/:prn": "admin",
  "POST /content_moves/:prn/pause": "admin",
  "POST /content_moves/:prn/resume": "admin",
  "POST /content_moves/:prn/cancel": "admin",

  "PUT /cdn/parts/:maker/:organization/:binary/:revision/:index/:size/:hash": "link",
  "GET /cdn/binaries/:maker/:organization/:binary/:revision/:hash/:filename": "link",
  "HEAD /cdn/binaries/:maker/:organization/:binary/:revision/:hash/:filename": "link",
  "GET /cdn/deltas/:maker/:organization/:binary/:delta/:hash/:filename": "link",
  "HEAD /cdn/deltas/:maker/:organization/:binary/:delta/:hash/:filename": "link",
} satisfies Record<string, Access>;

/** What a route asks, by method and path as served; undefined for one that isn't in the table. */
export function accessOf(method: string, path: string): Access | undefined {
  return (permissions as Record<string, Access>)[`${method} ${path}`];
}
