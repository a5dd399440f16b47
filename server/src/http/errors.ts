import { ApiError, allOperations, type ErrorCode } from "@open-peridio/contract";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";

/** Turns every error into the bodies that the official SDK parses; unknown ones become a 500 without their text. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = error instanceof ApiError ? error : translate(error);
    if (known) return send(reply, known);
    request.log.error({ err: error }, "request failed");
    return send(reply, new ApiError("internal_error", `something went wrong here; quote request id ${request.id}`));
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?")[0]!;
    const allowed = methodsAt(path);
    if (allowed.length === 0) return send(reply, new ApiError("not_found", `404: there is nothing at ${path}`));
    const allow = allowed.join(", ");
    const detail = `${request.method} is not served at ${path}; try ${allow}`;
    return send(reply, new ApiError("method_not_allowed", detail, { headers: { allow } }));
  });
}

function send(reply: FastifyReply, error: ApiError): FastifyReply {
  return reply
    .code(error.status)
    .headers(error.headers)
    .type("application/json")
    .serializer(JSON.stringify)
    .send(error.body());
}

/** Methods that the API serves at a path, to tell 405 from 404. */
function methodsAt(path: string): string[] {
  const at = allOperations.filter((operation) => pathPattern(operation.path).test(path));
  return [...new Set(at.map((operation) => operation.method))];
}

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}/?$`);
}

const frameworkErrors: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ["payload_too_large", "the body is larger than this call takes"],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    "unsupported_media_type",
    "this call takes JSON; send content-type: application/json",
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ["bad_request", "the body's length differs from its content-length header"],
  FST_ERR_BAD_URL: ["bad_request", "the path is not well formed"],
};

function translate(error: FastifyError & { errcode?: number }): ApiError | null {
  const known = frameworkErrors[error.code];
  if (known) return new ApiError(...known);
  // SQLITE_FULL (13), and the file system's word for it.
  if (error.code === "ENOSPC" || error.code === "EDQUOT" || error.errcode === 13) {
    return new ApiError("storage_full", "the storage is full; nothing of this request was kept");
  }
  if (error.statusCode && error.statusCode < 500) return new ApiError("bad_request", error.message);
  return null;
}
