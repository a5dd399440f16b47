import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const artifactRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/artifacts",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "Artifacts"),
  }),
] as const;
