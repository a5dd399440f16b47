import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const devicesRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/devices",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "Devices"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/devices/$id",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./device.tsx"), "DevicePage"),
  }),
] as const;
