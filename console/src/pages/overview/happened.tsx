import { Link } from "@tanstack/react-router";
import type { Resources } from "../../api/resources.ts";
import { pathOf } from "../../paths.ts";
import { Card } from "../../ui/card.tsx";
import { When } from "../../ui/when.tsx";

/** The newest events, each leading to what it is about. */
export function Happened({ events }: { events: Resources["events"][] }) {
  return (
    <Card title="What happened" flush>
      {events.length === 0 ? (
        <p className="p-4 text-sm text-muted">Nothing yet. Create an artifact, and a binary of its first version.</p>
      ) : (
        <ol>
          {events.map((event) => (
            <li
              key={event.prn}
              className="flex items-baseline gap-3 border-b border-line px-4 py-2.5 text-sm last:border-0"
            >
              <span className="min-w-0 flex-1 truncate">
                <About prn={event.resource_prn}>{event.type.replaceAll("_", " ")}</About>{" "}
                <span className="text-muted">{event.event_subtype.replaceAll("_", " ")}</span>
              </span>
              <span className="text-muted">
                <When time={event.inserted_at} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function About({ prn, children }: { prn: string; children: string }) {
  const path = pathOf(prn);
  if (path === null) return <span className="font-medium">{children}</span>;
  return (
    <Link
      to={path}
      className="font-medium underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      {children}
    </Link>
  );
}
