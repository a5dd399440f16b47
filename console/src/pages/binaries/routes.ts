import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const binaryRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/binaries",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "Binaries"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/binaries/$id",
    component: lazyRouteComponent(() => import("./binary.tsx"), "BinaryPage"),
  }),
] as const;
