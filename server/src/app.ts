import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { recogniseCallers } from "./accounts/authenticate.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { recordRefusals } from "./activity/refusals.ts";
import { activityRoutes } from "./activity/routes.ts";
import { binaryRoutes } from "./binaries/routes.ts";
import { catalogRoutes } from "./catalog/routes.ts";
import { cdnRoutes, downloadLinkRoutes } from "./delivery/routes.ts";
import { documentationRoutes } from "./http/documentation.ts";
import { answerErrors, answerUnparsable, answerUnroutable } from "./http/errors.ts";
import { healthRoutes } from "./http/health.ts";
import { limitIdleConnections } from "./http/idle-connections.ts";
import { acceptJson, maxJsonBytes } from "./http/json-body.ts";
import { logRequests } from "./http/log.ts";
import { measureRequests } from "./http/metrics.ts";
import { enforcePermissions } from "./http/permissions.ts";
import { canonicalUrl, makeRequestId, speakProtocol } from "./http/protocol.ts";
import { validateRequests } from "./http/validation.ts";
import { peopleRoutes } from "./people/routes.ts";
import { recognisePeople } from "./people/sessions.ts";
import type { Platform } from "./platform.ts";
import { signingRoutes } from "./signing/routes.ts";
import { statisticsRoutes } from "./statistics/routes.ts";
import { webhookRoutes } from "./webhooks/routes.ts";

/** Characters of one path parameter: a PRN with its colons written as %3A. */
const maxParamLength = 512;

/** The whole server, put together from its rooms. */
export function buildApp(platform: Platform): FastifyInstance {
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
    http: { connectionsCheckingInterval: 5_000 },
    exposeHeadRoutes: false,
  });
  limitIdleConnections(app.server, platform.config.idleTimeout * 1000);
  app.decorateRequest("principal", null);
  enforcePermissions(app);
  recordRefusals(app, platform);
  logRequests(app);
  measureRequests(app);
  speakProtocol(app);
  answerErrors(app);
  validateRequests(app);
  acceptJson(app);

  healthRoutes(app, platform);
  documentationRoutes(app);
  app.register(async (cdn) => cdnRoutes(cdn, platform));
  app.register(async (api) => {
    recogniseCallers(api, platform);
    recognisePeople(api, platform);
    accountRoutes(api, platform);
    peopleRoutes(api, platform);
    activityRoutes(api, platform);
    catalogRoutes(api, platform);
    signingRoutes(api, platform);
    binaryRoutes(api, platform);
    downloadLinkRoutes(api, platform);
    webhookRoutes(api, platform);
    statisticsRoutes(api, platform);
  });
  return app;
}
