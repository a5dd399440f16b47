import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const cohortsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/cohorts",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("../in-the-shell.tsx"), "InTheShell"),
  }),
] as const;
