import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const bundlesRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/bundles",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "Bundles"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/bundles/$id",
    component: lazyRouteComponent(() => import("./bundle.tsx"), "BundlePage"),
  }),
] as const;
