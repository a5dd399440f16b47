import type { Server as HttpsServer } from "node:https";
import type { FastifyInstance } from "fastify";
import { recogniseCallers } from "./accounts/authenticate.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { recordRefusals } from "./activity/refusals.ts";
import { activityRoutes } from "./activity/routes.ts";
import { binaryRoutes } from "./binaries/routes.ts";
import { catalogRoutes } from "./catalog/routes.ts";
import { checkRoutes } from "./checking/routes.ts";
import { consoleRoutes, overviewRoutes } from "./console/routes.ts";
import { cdnRoutes, downloadLinkRoutes } from "./delivery/routes.ts";
import { deltaLinkRoutes, deltaRoutes } from "./deltas/routes.ts";
import { bundleRoutes } from "./distribution/bundles/routes.ts";
import { rememberQueries } from "./distribution/device-api/queries.ts";
import { requireRecognition } from "./distribution/device-api/recognise.ts";
import { deviceRoutes } from "./distribution/device-api/routes.ts";
import { fleetRoutes } from "./distribution/fleet/routes.ts";
import { releaseRoutes } from "./distribution/releases/routes.ts";
import { allowOrigins } from "./http/cors.ts";
import { documentationRoutes } from "./http/documentation.ts";
import { openEdge } from "./http/edge.ts";
import { healthRoutes } from "./http/health.ts";
import { metricsRoute } from "./http/metrics.ts";
import { limitRates } from "./http/rate-limit.ts";
import { forbidCaching } from "./http/security-headers.ts";
import { apiTls, deviceTls, refuseUnknownCertificates } from "./http/tls.ts";
import { liveRoutes } from "./live/routes.ts";
import { moveRoutes } from "./moving/routes.ts";
import { peopleRoutes } from "./people/routes.ts";
import { recognisePeople } from "./people/sessions.ts";
import type { Platform } from "./platform.ts";
import { retentionRoutes } from "./retention/routes.ts";
import { signingRoutes } from "./signing/routes.ts";
import { statisticsRoutes } from "./statistics/routes.ts";
import { storeRoutes } from "./stores/routes.ts";
import { webhookRoutes } from "./webhooks/routes.ts";

/** The whole server, put together from its rooms. */
export function buildApp(platform: Platform): FastifyInstance {
  const { config } = platform;
  requireRecognition(config);
  const app = openEdge(platform, apiTls(config));
  if (config.tlsCert !== "") refuseUnknownCertificates(app.server as unknown as HttpsServer);
  recordRefusals(app, platform);
  allowOrigins(app, config);

  healthRoutes(app, platform);
  documentationRoutes(app);
  metricsRoute(app, platform.metrics);
  app.register(async (cdn) => cdnRoutes(cdn, platform));
  app.register(async (pages) => {
    recognisePeople(pages, platform);
    consoleRoutes(pages, platform);
  });
  app.register(async (cdn) => deltaLinkRoutes(cdn, platform));
  app.register(async (api) => {
    recogniseCallers(api, platform);
    recognisePeople(api, platform);
    limitRates(api, config);
    forbidCaching(api);
    accountRoutes(api, platform);
    peopleRoutes(api, platform);
    activityRoutes(api, platform);
    liveRoutes(api, platform);
    catalogRoutes(api, platform);
    retentionRoutes(api, platform);
    signingRoutes(api, platform);
    binaryRoutes(api, platform);
    downloadLinkRoutes(api, platform);
    releaseRoutes(api, platform);
    webhookRoutes(api, platform);
    statisticsRoutes(api, platform);
    storeRoutes(api, platform);
    moveRoutes(api, platform);
    deltaRoutes(api, platform);
    checkRoutes(api, platform);
    bundleRoutes(api, platform);
    fleetRoutes(api, platform);
    overviewRoutes(api, platform);
  });
  // By way of a trusted proxy; and whoever else comes is told so.
  app.register(async (devices) => {
    recogniseCallers(devices, platform);
    recognisePeople(devices, platform);
    deviceRoutes(devices, platform);
  });
  return app;
}

/** The listener for devices: what they call, and the links that they are answered with. */
export function buildDeviceApp(platform: Platform): FastifyInstance {
  const app = openEdge(platform, deviceTls(platform.config), { querystringParser: rememberQueries() });
  healthRoutes(app, platform);
  app.register(async (cdn) => cdnRoutes(cdn, platform));
  app.register(async (cdn) => deltaLinkRoutes(cdn, platform));
  app.register(async (devices) => deviceRoutes(devices, platform));
  return app;
}
