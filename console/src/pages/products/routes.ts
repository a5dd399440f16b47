import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../layout/roots.tsx";
import { readListState } from "../../ui/list-state.ts";

export const productsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/products",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./list.tsx"), "Products"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/products/$id",
    validateSearch: readListState,
    component: lazyRouteComponent(() => import("./product.tsx"), "ProductPage"),
  }),
] as const;
