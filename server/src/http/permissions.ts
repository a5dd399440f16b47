import { type Access, ApiError, accessOf } from "@open-peridio/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { missingScope } from "./principal.ts";

/**
 * Puts the check of the permissions table before every route that is added from now on.
 * @throws Error, at start, for a route that has no row.
 */
export function enforcePermissions(app: FastifyInstance): void {
  app.addHook("onRoute", (route) => {
    const access = accessOfAll([route.method].flat(), route.url);
    if (access === "public" || access === "link") return;
    const others = route.onRequest === undefined ? [] : [route.onRequest].flat();
    route.onRequest = [(request, _reply, done) => done(refusal(request, access)), ...others];
  });
}

function accessOfAll(methods: string[], path: string): Access {
  const [access, ...others] = methods.map((method) => accessOf(method, path));
  if (access === undefined || others.some((other) => other !== access)) {
    throw new Error(`${methods.join(", ")} ${path} has no row in permissions, or several that differ`);
  }
  return access;
}

function refusal(request: FastifyRequest, access: Exclude<Access, "public" | "link">): ApiError | undefined {
  const { principal, device } = request;
  if (access === "device") return device ? undefined : principal ? notADevice() : unknownDevice();
  if (!principal) return unauthenticated(request);
  if (access === "authenticated") return undefined;
  if (access !== "person") return missingScope(principal, access);
  if (principal.userId !== null) return undefined;
  return new ApiError("forbidden", "this is for a person who is signed in; an API key can't do it");
}

function notADevice(): ApiError {
  return new ApiError(
    "forbidden",
    "this is for devices, which come with a certificate; a key or a session can't do it",
  );
}

function unknownDevice(): ApiError {
  return new ApiError(
    "unauthenticated",
    "a certificate of a device is needed; connect with one that is registered here",
  );
}

function unauthenticated(request: FastifyRequest): ApiError {
  const { authorization, cookie } = request.headers;
  const detail = authorization
    ? "this API key is unknown, expired or revoked"
    : cookie?.includes("peridio_session=")
      ? "your session is over; sign in again"
      : "an API key is needed; send 'Authorization: Bearer KEY'";
  return new ApiError("unauthenticated", detail, { headers: { "www-authenticate": "Bearer" } });
}
