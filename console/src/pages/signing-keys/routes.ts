import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const signingKeyRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/signing-keys",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "SigningKeys"),
  }),
] as const;
