import { bodyOf } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { sayDone, sayProblem } from "../../ui/toast.tsx";
import { When } from "../../ui/when.tsx";
import { browserName } from "./browser-name.ts";

/** Where one is signed in, and how to end it there. */
export function Sessions() {
  const sessions = useQuery({
    queryKey: ["sessions"],
    queryFn: async () => (await bodyOf(client.api.GET("/users/me/sessions"))).sessions,
  });
  const end = async (id: string): Promise<void> => {
    try {
      await client.api.DELETE("/users/me/sessions/{id}", { params: { path: { id } } });
      sayDone("That session has ended.");
      await queryClient.invalidateQueries({ queryKey: ["sessions"] });
    } catch (error) {
      sayProblem(error, () => void end(id));
    }
  };
  return (
    <Card title="Sessions" flush>
      <Loaded query={sessions}>
        {(all) => (
          <ul>
            {all.map(({ id, current, user_agent, address, last_seen_at, expires_at }) => (
              <li
                key={id}
                className="flex items-center justify-between gap-4 border-b border-line px-4 py-3 last:border-0"
              >
                <div className="min-w-0">
                  <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                    <span title={user_agent ?? ""}>{browserName(user_agent)}</span>
                    {current && <StateBadge state="this one" tone="good" />}
                  </p>
                  <p className="mt-0.5 text-xs text-muted">
                    {address ?? "an unknown address"} · seen <When time={last_seen_at} /> · ends{" "}
                    <When time={expires_at} />
                  </p>
                </div>
                {!current && (
                  <Button onClick={() => void end(id)}>
                    <LogOut />
                    End
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}
