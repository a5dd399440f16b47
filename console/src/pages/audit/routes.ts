import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

/** `entry` is the UUID of the one that is looked at. */
function readAddress(given: Record<string, unknown>) {
  return { ...readListState(given), ...(typeof given.entry === "string" && { entry: given.entry }) };
}

export const auditRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/audit",
    validateSearch: readAddress,
    component: lazyRouteComponent(() => import("./list.tsx"), "AuditTrail"),
  }),
] as const;
