import { useQuery } from "@tanstack/react-query";
import { listOf } from "../../api/queries.ts";
import { useMay } from "../../session/session.ts";
import { Card } from "../../ui/card.tsx";
import { Problem } from "../../ui/problem.tsx";
import { When } from "../../ui/when.tsx";

const limit = 25;

/** What happened to it, newest first. */
export function Trail({ prn }: { prn: string }) {
  const may = useMay("events:read");
  const { data, error, refetch } = useQuery({
    ...listOf("events", { resource_prn: prn, order: "desc", limit }),
    enabled: may,
  });
  if (!may) return null;
  return (
    <Card title="Trail">
      {error && <Problem error={error} retry={() => void refetch()} />}
      <ol className="relative flex flex-col gap-3 border-l border-line pl-4 text-sm">
        {data?.items.map((event) => (
          <li
            key={event.prn}
            className="relative before:absolute before:top-1.5 before:-left-[1.3125rem] before:size-2 before:rounded-full before:border before:border-line-strong before:bg-surface"
          >
            <span className="font-medium">{event.event_subtype.replaceAll("_", " ")}</span>
            <span className="ml-2 text-muted">
              <When time={event.inserted_at} />
              {event.actor_prn === null ? " · by the server" : ` · by ${actor(event.actor_prn)}`}
            </span>
          </li>
        ))}
      </ol>
      {data?.items.length === 0 && <p className="text-sm text-muted">Nothing yet.</p>}
    </Card>
  );
}

const actor = (prn: string): string => (prn.includes(":user:") ? "a person" : "an API key");
