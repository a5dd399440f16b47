import { useQuery } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { Menu as MenuIcon } from "lucide-react";
import { Suspense, useCallback, useEffect, useRef, useState } from "react";
import { followEvents } from "../api/live.ts";
import { sessionQuery } from "../session/session.ts";
import { IconButton } from "../ui/button.tsx";
import { Skeleton } from "../ui/card.tsx";
import { Problem } from "../ui/problem.tsx";
import { Allowed } from "./allowed.tsx";
import { Help } from "./help.tsx";
import { Palette } from "./palette.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { Sidebar } from "./sidebar.tsx";

/** What stands around every page of somebody who is signed in. */
export function Shell() {
  const { data: session, error, isPending, refetch } = useQuery(sessionQuery);
  if (error) {
    return (
      <div className="mx-auto mt-[20vh] max-w-md p-4">
        <Problem error={error} retry={() => void refetch()} what="The console can't reach the server." />
      </div>
    );
  }
  if (isPending) return null;
  if (session === null) return <ToSignIn />;
  return <Frame key={session.organizationPrn} />;
}

/** Goes there once: where one wanted to is what the address was when it was found that nobody is signed in. */
function ToSignIn() {
  const { pathname, searchStr } = useLocation();
  const [next] = useState(pathname === "/" ? undefined : pathname + searchStr);
  const navigate = useNavigate();
  useEffect(() => void navigate({ to: "/sign-in", search: { next }, replace: true }), [navigate, next]);
  return null;
}

function Frame() {
  const [opened, setOpened] = useState<"palette" | "help" | null>(null);
  const drawer = useRef<HTMLDialogElement>(null);
  const palette = useCallback(() => setOpened("palette"), []);
  const help = useCallback(() => setOpened("help"), []);
  const close = useCallback(() => setOpened(null), []);
  useShortcuts({ palette, help });
  useEffect(followEvents, []);
  const closeDrawer = () => drawer.current?.close();

  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href="#page"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-sm text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <aside className="sticky top-0 hidden h-dvh border-r border-line bg-surface md:block">
        <Sidebar onSearch={palette} onNavigate={closeDrawer} />
      </aside>
      <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b border-line bg-surface px-3 md:hidden">
        <IconButton label="Open the menu" onClick={() => drawer.current?.showModal()}>
          <MenuIcon />
        </IconButton>
        <img src="/console/icon.svg" alt="" className="size-5" />
        <span className="font-semibold tracking-tight">Peridio</span>
      </header>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same. */}
      <dialog
        ref={drawer}
        aria-label="Menu"
        onClick={(event) => {
          if (event.target === drawer.current) closeDrawer();
        }}
        className="fixed m-0 h-dvh max-h-none w-64 border-r border-line bg-surface p-0 text-ink"
      >
        <Sidebar
          onSearch={() => {
            closeDrawer();
            palette();
          }}
          onNavigate={closeDrawer}
        />
      </dialog>
      <main id="page" tabIndex={-1} className="min-w-0 px-4 py-6 focus:outline-none sm:px-6 lg:px-10 lg:py-8">
        <div className="mx-auto max-w-6xl">
          <Suspense fallback={<Waiting />}>
            <Allowed>
              <Outlet />
            </Allowed>
          </Suspense>
        </div>
      </main>
      {opened === "palette" && <Palette onClose={close} onHelp={help} />}
      {opened === "help" && <Help onClose={close} />}
    </div>
  );
}

function Waiting() {
  return (
    <div className="flex flex-col gap-4" role="status" aria-label="Loading">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
