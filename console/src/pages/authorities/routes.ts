import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const authoritiesRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/authorities",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "Authorities"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/authorities/$id",
    component: lazyRouteComponent(() => import("./authority.tsx"), "AuthorityPage"),
  }),
] as const;
