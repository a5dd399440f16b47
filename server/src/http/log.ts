import type { FastifyInstance } from "fastify";

/** One line for each answered request. Never headers, bodies or query strings: those hold keys and link tokens. */
export function logRequests(app: FastifyInstance): void {
  if (!["info", "debug", "trace"].includes(app.log.level)) return;
  app.addHook("onResponse", (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        path: request.url.split("?")[0],
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 10) / 10,
        actor: request.principal?.actor,
        device: request.device?.deviceId,
      },
      "answered",
    );
    done();
  });
  app.addHook("onRequestAbort", (request, done) => {
    request.log.info({ method: request.method, path: request.url.split("?")[0] }, "the client went away");
    done();
  });
}
