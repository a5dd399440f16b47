import { ApiError, allows, notFound, type ResourceType, resourceId, type Scope } from "@open-peridio/contract";

/** Who is asking. */
export interface Principal {
  organizationId: string;
  keyId: string;
  name: string;
  /** PRN written into events. */
  actor: string;
  scopes: readonly Scope[];
}

declare module "fastify" {
  interface FastifyRequest {
    /** Set by authentication; null on the routes that need none. */
    principal: Principal | null;
  }
}

/** The key of an `Authorization` header; Bearer and Token are taken alike, the scheme in any case. */
export function readApiKey(header: string | undefined): string | null {
  return /^(?:bearer|token)\s+(\S+)\s*$/i.exec(header ?? "")?.[1] ?? null;
}

/** @throws ApiError 403 that names the scope. */
export function requireScope(principal: Principal, scope: Scope | "authenticated"): void {
  if (scope === "authenticated" || allows(principal.scopes, scope)) return;
  throw new ApiError("forbidden", `this API key lacks the scope '${scope}'; it has ${principal.scopes.join(", ")}`);
}

/** The id in a PRN of the path or of a reference. @throws ApiError 404 for any that isn't the caller's. */
export function ownId(principal: Principal, prn: string, type: ResourceType): string {
  const id = resourceId(prn, principal.organizationId, type);
  if (id === null) throw notFound(type.replaceAll("_", " "), prn);
  return id;
}
