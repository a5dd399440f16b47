import { createRouter } from "@tanstack/react-router";
import { Broken } from "./layout/broken.tsx";
import { rootRoute, shellRoute } from "./layout/roots.tsx";
import { accountRoutes } from "./pages/account/routes.ts";
import { apiKeysRoutes } from "./pages/api-keys/routes.ts";
import { artifactRoutes } from "./pages/artifacts/routes.ts";
import { auditRoutes } from "./pages/audit/routes.ts";
import { authoritiesRoutes } from "./pages/authorities/routes.ts";
import { binaryRoutes } from "./pages/binaries/routes.ts";
import { bundlesRoutes } from "./pages/bundles/routes.ts";
import { cohortsRoutes } from "./pages/cohorts/routes.ts";
import { devicesRoutes } from "./pages/devices/routes.ts";
import { overridesRoutes } from "./pages/overrides/routes.ts";
import { overviewRoutes } from "./pages/overview/routes.ts";
import { peopleRoutes } from "./pages/people/routes.ts";
import { productsRoutes } from "./pages/products/routes.ts";
import { releasesRoutes } from "./pages/releases/routes.ts";
import { settingsRoutes } from "./pages/settings/routes.ts";
import { signInRoute } from "./pages/sign-in/routes.ts";
import { signingKeyRoutes } from "./pages/signing-keys/routes.ts";
import { storageRoutes } from "./pages/storage/routes.ts";
import { webhooksRoutes } from "./pages/webhooks/routes.ts";

const pages = [
  ...overviewRoutes,
  ...artifactRoutes,
  ...binaryRoutes,
  ...signingKeyRoutes,
  ...bundlesRoutes,
  ...releasesRoutes,
  ...overridesRoutes,
  ...productsRoutes,
  ...cohortsRoutes,
  ...devicesRoutes,
  ...authoritiesRoutes,
  ...storageRoutes,
  ...webhooksRoutes,
  ...auditRoutes,
  ...peopleRoutes,
  ...apiKeysRoutes,
  ...settingsRoutes,
  ...accountRoutes,
];

export const router = createRouter({
  routeTree: rootRoute.addChildren([signInRoute, shellRoute.addChildren(pages)]),
  basepath: "/console",
  defaultPreload: "intent",
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});
