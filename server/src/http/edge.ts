import type { Server as HttpsServer } from "node:https";
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from "fastify";
import type { Platform } from "../platform.ts";
import { traceRequests } from "../tracing/requests.ts";
import { answerErrors, answerUnparsable, answerUnroutable } from "./errors.ts";
import { limitIdleConnections } from "./idle-connections.ts";
import { acceptJson, maxJsonBytes } from "./json-body.ts";
import { logRequests } from "./log.ts";
import { measureRequests } from "./metrics.ts";
import { enforcePermissions } from "./permissions.ts";
import { canonicalUrl, makeRequestId, speakProtocol } from "./protocol.ts";
import { sendSecurityHeaders } from "./security-headers.ts";
import { serializeAnswers } from "./serialization.ts";
import { limitSlowBodies } from "./slow-bodies.ts";
import { renewCertificates, type Tls } from "./tls.ts";
import { validateRequests } from "./validation.ts";

/** Characters of one path parameter: a PRN with its colons written as %3A. */
const maxParamLength = 512;

/** Milliseconds between two looks for connections that are too slow to send their headers. */
const connectionsCheckingInterval = 5_000;

type RouterOptions = Pick<NonNullable<FastifyServerOptions["routerOptions"]>, "querystringParser">;

/** A listener without any route, with all that protects it and all that its answers have in common. */
export function openEdge(platform: Platform, tls: Tls | null, router: RouterOptions = {}): FastifyInstance {
  const { config, log } = platform;
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: makeRequestId,
    requestIdHeader: false,
    rewriteUrl: (request) => canonicalUrl(request.url ?? "/"),
    routerOptions: { maxParamLength, ignoreTrailingSlash: true, ...router },
    bodyLimit: maxJsonBytes,
    forceCloseConnections: "idle",
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnparsable,
    trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,
    ...(tls ? { https: { ...tls.read(), connectionsCheckingInterval } } : { http: { connectionsCheckingInterval } }),
    exposeHeadRoutes: false,
  });
  limitIdleConnections(app.server, config.idleTimeout * 1000);
  limitSlowBodies(app);
  if (tls) {
    const stop = renewCertificates(app.server as unknown as HttpsServer, tls, log);
    app.addHook("onClose", async () => stop());
  }
  app.decorateRequest("principal", null);
  app.decorateRequest("device", null);
  if (config.tracesEndpoint !== "") traceRequests(app);
  enforcePermissions(app);
  logRequests(app);
  measureRequests(app, platform.metrics);
  speakProtocol(app);
  sendSecurityHeaders(app, config);
  answerErrors(app);
  validateRequests(app);
  serializeAnswers(app);
  acceptJson(app);
  return app;
}
