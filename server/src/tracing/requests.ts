import { type Context, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { fail, tracer } from "./span.ts";

/**
 * A span for each request, child of what its `traceparent` names. It holds the route, never the address: in links that is a
 * secret.
 * Source of the names: https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export function traceRequests(app: FastifyInstance): void {
  const open = new WeakMap<FastifyRequest, { span: Span; within: Context }>();

  app.addHook("onRequest", (request, _reply, done) => {
    const { method, headers, routeOptions } = request;
    const route = routeOptions.url;
    const span = tracer.startSpan(
      route === undefined ? method : `${method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          "http.request.method": method,
          ...(route !== undefined && { "http.route": route }),
          "client.address": request.ip,
          "peridio.request_id": request.id,
        },
      },
      propagation.extract(context.active(), headers),
    );
    const within = trace.setSpan(context.active(), span);
    open.set(request, { span, within });
    context.with(within, done);
  });

  // A body comes in the context of its connection, not of its request.
  app.addHook("preValidation", (request, _reply, done) => {
    const opened = open.get(request);
    if (opened) context.with(opened.within, done);
    else done();
  });

  function end(request: FastifyRequest, conclude: (span: Span) => void): void {
    const opened = open.get(request);
    if (!opened) return;
    open.delete(request);
    conclude(opened.span);
    opened.span.end();
  }

  app.addHook("onError", (request, _reply, error, done) => {
    const opened = open.get(request);
    if (opened && (error.statusCode ?? 500) >= 500) fail(opened.span, error);
    done();
  });
  app.addHook("onResponse", (request, { statusCode }, done) => {
    end(request, (span) => {
      span.setAttribute("http.response.status_code", statusCode);
      if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    });
    done();
  });
  app.addHook("onRequestAbort", (request, done) => {
    end(request, (span) => fail(span, new Error("the client went away")));
    done();
  });
}
