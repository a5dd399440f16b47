import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { answerUnparsable } from "./errors.ts";

export interface SlowBodyLimits {
  /** For the whole of a small body, and for what is still coming when the answer is out. */
  graceMs?: number;
  /** What adds a second to that; as little as the slowest modem brings. */
  bytesPerSecond?: number;
}

/**
 * Ends requests whose body trickles in so slowly that it can only be meant to hold the connection: JSON, and whatever
 * still comes after the answer, such as a 401. As Apache's mod_reqtimeout does (`body=30,MinRate=500`), each 500 bytes
 * buy another second, so nobody is cut off who sends as fast as any line does. Content that a handler reads is for
 * `limitIdleConnections` alone: it may take as long as it takes.
 */
export function limitSlowBodies(app: FastifyInstance, limits: SlowBodyLimits = {}): void {
  const watch = makeWatch(limits);
  app.addHook("preParsing", (request, reply, _payload, done) => {
    if (!request.routeOptions.config.takesContent) watch(request.raw, reply.raw);
    done();
  });
  // Not a hook: answers to what no route can be looked up for pass no hooks.
  app.server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (hasBody(request)) response.once("finish", () => watch(request, response));
  });
}

function makeWatch({ graceMs = 30_000, bytesPerSecond = 500 }: SlowBodyLimits) {
  const watched = new WeakSet<IncomingMessage>();

  return function watch(request: IncomingMessage, response: ServerResponse): void {
    if (request.complete || !hasBody(request) || watched.has(request)) return;
    watched.add(request);
    const { socket } = request;
    const from = { bytes: socket.bytesRead, at: performance.now() };
    const remaining = () =>
      from.at + graceMs + ((socket.bytesRead - from.bytes) / bytesPerSecond) * 1000 - performance.now();
    let timer = setTimeout(look, graceMs).unref();
    request.once("close", () => clearTimeout(timer));

    function look(): void {
      if (request.complete || socket.destroyed) return;
      const milliseconds = remaining();
      if (milliseconds > 0) timer = setTimeout(look, Math.ceil(milliseconds)).unref();
      else end(request, response);
    }
  };
}

function end({ socket }: IncomingMessage, response: ServerResponse): void {
  // Only where nothing else is being said on this connection: a response has its socket when it is its turn.
  const silent = response.socket === socket && !response.headersSent;
  if (silent) answerUnparsable({ code: "BODY_TIMEOUT" }, socket);
  else socket.destroySoon();
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}
