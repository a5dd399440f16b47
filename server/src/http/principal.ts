import { ApiError, allows, notFound, type ResourceType, resourceId, type Scope } from "@open-peridio/contract";
import type { FastifyRequest } from "fastify";

/** From where a request came, as the trail of what happened keeps it. */
export interface Origin {
  requestId: string;
  address: string;
  userAgent: string | null;
}

/** Who did something. */
export interface Author {
  /** PRN of an API key or a user; null for the server itself and for whoever couldn't be recognised. */
  actor: string | null;
  name: string;
  origin: Origin | null;
}

/** Who is asking. */
export interface Principal extends Author {
  organizationId: string;
  actor: string;
  scopes: readonly Scope[];
  /** The API key it came by; null for a person. */
  keyId: string | null;
  /** The person, and the session; null for a key. */
  userId: string | null;
  sessionId: string | null;
  origin: Origin;
}

/** A device that does something. */
export interface DeviceCaller {
  organizationId: string;
  deviceId: string;
}

/** The device that is asking, by its certificate. */
export interface CallingDevice extends DeviceCaller {
  /** SHA-256 of the certificate's DER, upper-case hex. */
  fingerprint: string;
  /** The connection that is the device's own; null when it came by way of a proxy. */
  connection: object | null;
}

/** Whose things somebody asks for. */
export type Owner = Pick<Principal, "organizationId">;

/** The author of what happens in the background. */
export const theServer: Author = { actor: null, name: "server", origin: null };

declare module "fastify" {
  interface FastifyRequest {
    /** Set by authentication; null on the routes that need none. */
    principal: Principal | null;
    /** Set by the device API's authentication; null elsewhere. */
    device: CallingDevice | null;
  }
}

export function originFrom(request: FastifyRequest): Origin {
  return { requestId: request.id, address: request.ip, userAgent: request.headers["user-agent"] ?? null };
}

/** The key of an `Authorization` header; Bearer and Token are taken alike, the scheme in any case. */
export function readApiKey(header: string | undefined): string | null {
  return /^(?:bearer|token)\s+(\S+)\s*$/i.exec(header ?? "")?.[1] ?? null;
}

/** The 403 that names the scope which the caller lacks; undefined when it lacks none. */
export function missingScope(principal: Principal, scope: Scope): ApiError | undefined {
  if (allows(principal.scopes, scope)) return undefined;
  const who = principal.keyId === null ? "your role" : "this API key";
  const detail = `${who} lacks the scope '${scope}'; it has ${principal.scopes.join(", ")}`;
  return new ApiError("forbidden", detail);
}

/** @throws ApiError 403 that names the scope. */
export function requireScope(principal: Principal, scope: Scope): void {
  const error = missingScope(principal, scope);
  if (error) throw error;
}

/** The id in a PRN of the path or of a reference. @throws ApiError 404 for any that isn't the caller's. */
export function ownId(owner: Owner, prn: string, type: ResourceType): string {
  const id = resourceId(prn, owner.organizationId, type);
  if (id === null) throw notFound(type.replaceAll("_", " "), prn);
  return id;
}
