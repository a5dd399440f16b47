import type { Socket } from "node:net";
import { ApiError, type ErrorCode } from "@open-peridio/contract";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isStoreTrouble, storeStatus } from "../content/store-errors.ts";
import { isConnectionLost } from "../database/postgres-errors.ts";
import { maxJsonBytes } from "./json-body.ts";
import { makeRequestId } from "./protocol.ts";
import { securityHeaders } from "./security-headers.ts";

/** Turns every error into the bodies that the official SDK parses; unknown ones become a 500 without their text. */
export function answerErrors(app: FastifyInstance): void {
  const served: { methods: string[]; path: RegExp }[] = [];
  app.addHook("onRoute", ({ method, url }) => {
    served.push({ methods: [method].flat(), path: pathPattern(url) });
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = error instanceof ApiError ? error : wentAway(error, request) ? cutOff() : translate(error);
    if (known?.code === "unavailable" && known !== error) request.log.warn({ err: error }, "out of reach");
    if (known) return send(reply, known);
    request.log.error({ err: error }, "request failed");
    return send(reply, new ApiError("internal_error", `something went wrong here; quote request id ${request.id}`));
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?")[0]!;
    const at = served.filter((route) => route.path.test(path));
    const allowed = [...new Set(at.flatMap((route) => route.methods))].sort();
    if (allowed.length === 0) return send(reply, new ApiError("not_found", `there is nothing at ${path}`));
    const allow = allowed.join(", ");
    const detail = `${request.method} is not served at ${path}; try ${allow}`;
    return send(reply, new ApiError("method_not_allowed", detail, { headers: { allow } }));
  });
}

/** Whether the connection broke while the body came: no failure of ours, and nobody reads the answer. */
function wentAway(error: FastifyError, { raw }: FastifyRequest): boolean {
  return error.code === "ECONNRESET" && raw.destroyed && !raw.complete;
}

function cutOff(): ApiError {
  return new ApiError("bad_request", "the connection ended before the body was complete");
}

/** For `frameworkErrors`: a URL that no route can be looked up for. Hooks don't run here, so this does their part. */
export function answerUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const known = translate(error) ?? new ApiError("bad_request", error.message);
  request.log.info({ method: request.method, status: known.status }, "answered");
  send(reply.headers({ ...securityHeaders, "peridio-request-id": request.id }), known);
}

/**
 * For `clientErrorHandler`, and for a body that takes too long: what isn't HTTP, or too much of it. There is only the bare
 * socket to answer on; where that failed itself, as a TLS handshake that was never ended, nothing can be said at all.
 */
export function answerUnparsable({ code = "" }: { code?: string }, socket: Socket): void {
  const answer = connectionErrors[code] ?? (code.startsWith("HPE_") ? notHttp : null);
  if (answer === null || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] = answer;
  const body = JSON.stringify(new ApiError("bad_request", detail).body());
  const headers = [
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(securityHeaders).map(([name, value]) => `${name}: ${value}`),
    `peridio-request-id: ${makeRequestId()}`,
    "connection: close",
  ];
  socket.end(`HTTP/1.1 ${[status, ...headers].join("\r\n")}\r\n\r\n${body}`);
  socket.destroySoon();
}

const notHttp = ["400 Bad Request", "this is not a well-formed HTTP/1.1 request"] as const;

const connectionErrors: Record<string, readonly [string, string]> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "the headers of the request are too large"],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "the headers of the request did not arrive in time"],
  BODY_TIMEOUT: ["408 Request Timeout", "the body of the request comes too slowly; send at least 500 bytes a second"],
};

function send(reply: FastifyReply, error: ApiError): FastifyReply {
  return reply
    .code(error.status)
    .headers(error.headers)
    .type("application/json")
    .serializer(JSON.stringify)
    .send(error.body());
}

/** A route's path as a pattern, to tell 405 from 404. */
function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+").replaceAll("*", ".*")}/?$`);
}

const frameworkErrors: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [
    "payload_too_large",
    `the body is larger than the ${maxJsonBytes} bytes that this call takes`,
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    "unsupported_media_type",
    "this call takes JSON; send content-type: application/json",
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ["bad_request", "the body's length differs from its content-length header"],
  FST_ERR_BAD_URL: ["bad_request", "the path is not well formed: a '%' must be followed by two hex digits of UTF-8"],
  FST_ERR_MAX_PARAM_LENGTH: ["bad_request", "the path is too long"],
};

function translate(error: FastifyError & { errcode?: number }): ApiError | null {
  const known = frameworkErrors[error.code];
  if (known) return new ApiError(...known);
  // SQLITE_FULL (13), and the file system's word for it.
  if (error.code === "ENOSPC" || error.code === "EDQUOT" || error.errcode === 13) {
    return new ApiError("storage_full", "the storage is full; nothing of this request was kept");
  }
  if (isConnectionLost(error) || isStoreTrouble(error)) {
    const detail = "the database or the content store can't be reached for now; try again in a moment";
    return new ApiError("unavailable", detail, { headers: { "retry-after": "1" } });
  }
  if (storeStatus(error) !== undefined) {
    const detail =
      "the content store refused what the server asked of it; of an organization's own store its test says why";
    return new ApiError("unavailable", detail);
  }
  if (error.statusCode && error.statusCode < 500) return new ApiError("bad_request", error.message);
  return null;
}
