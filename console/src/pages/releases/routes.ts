import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const releasesRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/releases",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "Releases"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/releases/$id",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./release.tsx"), "ReleasePage"),
  }),
] as const;
