import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const storageRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/storage",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "Storage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/storage/$id",
    component: lazyRouteComponent(() => import("./store.tsx"), "StorePage"),
  }),
] as const;
