import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const overridesRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/overrides",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "Overrides"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/overrides/$id",
    component: lazyRouteComponent(() => import("./override.tsx"), "OverridePage"),
  }),
] as const;
