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

/** The 403 that names the scope which the caller lacks; undefined when it lacks none. */
export function missingScope(principal: Principal, scope: Scope | "authenticated"): ApiError | undefined {
  if (scope === "authenticated" || allows(principal.scopes, scope)) return undefined;
  const detail = `this API key lacks the scope '${scope}'; it has ${principal.scopes.join(", ")}`;
  return new ApiError("forbidden", detail);
}

/** @throws ApiError 403 that names the scope. */
export function requireScope(principal: Principal, scope: Scope): void {
  const error = missingScope(principal, scope);
  if (error) throw error;
}

/** The id in a PRN of the path or of a reference. @throws ApiError 404 for any that isn't the caller's. */
export function ownId(principal: Principal, prn: string, type: ResourceType): string {
  const id = resourceId(prn, principal.organizationId, type);
  if (id === null) throw notFound(type.replaceAll("_", " "), prn);
  return id;
}
