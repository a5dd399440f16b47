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
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/artifacts/$id",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./artifact.tsx"), "ArtifactPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/versions/$id",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./version.tsx"), "VersionPage"),
  }),
] as const;
