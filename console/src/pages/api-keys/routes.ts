import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const apiKeysRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/api-keys",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "ApiKeys"),
  }),
] as const;
