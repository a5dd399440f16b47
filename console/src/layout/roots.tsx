import { createRootRoute, createRoute, Outlet } from "@tanstack/react-router";
import { Toasts } from "../ui/toast.tsx";
import { NoPage } from "./no-page.tsx";
import { Shell } from "./shell.tsx";

export const rootRoute = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Toasts />
    </>
  ),
  notFoundComponent: NoPage,
});

/** Pages below it are for who is signed in. */
export const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: "shell", component: Shell });
