import type { Server as HttpsServer } from "node:https";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { recogniseCallers } from "./accounts/authenticate.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { recordRefusals } from "./activity/refusals.ts";
import { activityRoutes } from "./activity/routes.ts";
import { binaryRoutes } from "./binaries/routes.ts";
import { catalogRoutes } from "./catalog/routes.ts";
import { cdnRoutes, downloadLinkRoutes } from "./delivery/routes.ts";
import { bundleRoutes } from "./distribution/bundles/routes.ts";
import { fleetRoutes } from "./distribution/fleet/routes.ts";
import { allowOrigins } from "./http/cors.ts";
import { documentationRoutes } from "./http/documentation.ts";
import { answerErrors, answerUnparsable, answerUnroutable } from "./http/errors.ts";
import { healthRoutes } from "./http/health.ts";
import { limitIdleConnections } from "./http/idle-connections.ts";
import { acceptJson, maxJsonBytes } from "./http/json-body.ts";
import { logRequests } from "./http/log.ts";
import { measureRequests } from "./http/metrics.ts";
import { enforcePermissions } from "./http/permissions.ts";
import { canonicalUrl, makeRequestId, speakProtocol } from "./http/protocol.ts";
import { limitRates } from "./http/rate-limit.ts";
import { forbidCaching, sendSecurityHeaders } from "./http/security-headers.ts";
import { serializeAnswers } from "./http/serialization.ts";
import { limitSlowBodies } from "./http/slow-bodies.ts";
import { readTls, refuseUnknownCertificates, renewCertificates } from "./http/tls.ts";
import { validateRequests } from "./http/validation.ts";
import { moveRoutes } from "./moving/routes.ts";
import { peopleRoutes } from "./people/routes.ts";
import { recognisePeople } from "./people/sessions.ts";
import type { Platform } from "./platform.ts";
import { signingRoutes } from "./signing/routes.ts";
import { statisticsRoutes } from "./statistics/routes.ts";
import { storeRoutes } from "./stores/routes.ts";
import { webhookRoutes } from "./webhooks/routes.ts";

/** Characters of one path parameter: a PRN with its colons written as %3A. */
const maxParamLength = 512;

/** Milliseconds between two looks for connections that are too slow to send their headers. */
const connectionsCheckingInterval = 5_000;

/** The whole server, put together from its rooms. */
export function buildApp(platform: Platform): FastifyInstance {
  const { config } = platform;
  const tls = readTls(config);
  const app = fastify({
    loggerInstance: platform.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: makeRequestId,
    requestIdHeader: false,
    rewriteUrl: (request) => canonicalUrl(request.url ?? "/"),
    routerOptions: { maxParamLength, ignoreTrailingSlash: true },
    bodyLimit: maxJsonBytes,
    forceCloseConnections: "idle",
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnparsable,
    trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,
    ...(tls ? { https: { ...tls, connectionsCheckingInterval } } : { http: { connectionsCheckingInterval } }),
    exposeHeadRoutes: false,
  });
  limitIdleConnections(app.server, config.idleTimeout * 1000);
  limitSlowBodies(app);
  if (tls) serveTls(app, platform);
  app.decorateRequest("principal", null);
  app.decorateRequest("device", null);
  enforcePermissions(app);
  recordRefusals(app, platform);
  logRequests(app);
  measureRequests(app);
  speakProtocol(app);
  sendSecurityHeaders(app, config);
  allowOrigins(app, config);
  answerErrors(app);
  validateRequests(app);
  serializeAnswers(app);
  acceptJson(app);

  healthRoutes(app, platform);
  documentationRoutes(app);
  app.register(async (cdn) => cdnRoutes(cdn, platform));
  app.register(async (api) => {
    recogniseCallers(api, platform);
    recognisePeople(api, platform);
    limitRates(api, config);
    forbidCaching(api);
    accountRoutes(api, platform);
    peopleRoutes(api, platform);
    activityRoutes(api, platform);
    catalogRoutes(api, platform);
    signingRoutes(api, platform);
    binaryRoutes(api, platform);
    downloadLinkRoutes(api, platform);
    webhookRoutes(api, platform);
    statisticsRoutes(api, platform);
    fleetRoutes(api, platform);
    bundleRoutes(api, platform);
    storeRoutes(api, platform);
    moveRoutes(api, platform);
  });
  return app;
}

function serveTls(app: FastifyInstance, { config, log }: Platform): void {
  const server = app.server as unknown as HttpsServer;
  refuseUnknownCertificates(server);
  const stop = renewCertificates(server, config, log);
  app.addHook("onClose", async () => stop());
}
