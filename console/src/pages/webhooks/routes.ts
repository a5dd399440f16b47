import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const webhooksRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/webhooks",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "Webhooks"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/webhooks/$id",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./webhook.tsx"), "WebhookPage"),
  }),
] as const;
