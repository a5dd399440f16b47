import { allows, roles } from "@open-peridio/contract/scopes";
import { Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useIsLive } from "../api/live.ts";
import { useSession } from "../session/session.ts";
import { Kbd } from "../ui/card.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { groups } from "./navigation.ts";
import { UploadsUnderWay } from "./uploads-under-way.tsx";

/** As the person's keyboard calls it. */
const paletteKey = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? "⌘K" : "Ctrl K";

export function Sidebar({ onSearch, onNavigate }: { onSearch: () => void; onNavigate: () => void }) {
  const { role } = useSession();
  const live = useIsLive();
  const shown = groups
    .map(({ label, places }) => ({
      label,
      places: places.filter(({ scope }) => scope === undefined || allows(roles[role], scope)),
    }))
    .filter(({ places }) => places.length > 0);
  return (
    <div className="flex h-full flex-col">
      <div className="flex items-center gap-2 px-4 pt-4 pb-3">
        <Link to="/" onClick={onNavigate} className="flex items-center gap-2 font-semibold tracking-tight">
          <img src="/console/icon.svg" alt="" className="size-5" />
          Peridio
        </Link>
        <span
          className="ml-auto flex items-center gap-1.5 text-2xs text-faint"
          title={live ? "Changes show by themselves, as they happen" : "Changes show within seconds"}
        >
          <span className={`size-1.5 rounded-full ${live ? "bg-accent" : "bg-line-strong"}`} />
          {live ? "live" : "polling"}
        </span>
      </div>
      <div className="px-3 pb-2">
        <button
          type="button"
          onClick={onSearch}
          className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-canvas px-2.5 text-sm text-faint hover:border-line-strong hover:text-muted"
        >
          <Search className="size-3.5" />
          <span className="flex-1 text-left">Find…</span>
          <Kbd>{paletteKey}</Kbd>
        </button>
      </div>
      <nav aria-label="Pages" className="flex-1 overflow-y-auto px-3 pb-4">
        {shown.map((group) => (
          <div key={group.label} className="mt-3 first:mt-1">
            {group.label && <h2 className="px-2 pb-1 text-2xs font-medium text-faint">{group.label}</h2>}
            <ul>
              {group.places.map(({ to, label, icon: Icon }) => (
                <li key={to}>
                  <Link
                    to={to}
                    onClick={onNavigate}
                    activeOptions={{ exact: to === "/", includeSearch: false }}
                    className="flex h-7.5 items-center gap-2.5 rounded-md px-2 text-sm text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink [&[aria-current=page]>svg]:text-accent"
                  >
                    <Icon className="size-4 shrink-0" />
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <UploadsUnderWay onNavigate={onNavigate} />
      <div className="border-t border-line p-2">
        <AccountMenu />
      </div>
    </div>
  );
}
