import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const cohortsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/cohorts",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "Cohorts"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/cohorts/$id",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./cohort.tsx"), "CohortPage"),
  }),
] as const;
