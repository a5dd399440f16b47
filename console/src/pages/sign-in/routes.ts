import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../layout/roots.tsx";

/** `next` is the page that was asked for; only one of the console's own. */
export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (given: Record<string, unknown>): { next?: string | undefined } =>
    typeof given.next === "string" && /^\/(?!\/)/.test(given.next) ? { next: given.next } : {},
  component: lazyRouteComponent(() => import("./sign-in.tsx"), "SignIn"),
});
