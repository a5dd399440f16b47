import { bodyOf } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { client } from "../../api/client.ts";
import { Fact, Facts } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { When } from "../../ui/when.tsx";
import { Redeliver } from "./redeliver.tsx";

/** One delivery: what it told, and how each attempt went. */
export function Delivery({ prn, onClose }: { prn: string; onClose: () => void }) {
  const delivery = useQuery({
    queryKey: ["webhook_deliveries", "one", prn],
    queryFn: async () => {
      const params = { path: { prn } };
      return (await bodyOf(client.api.GET("/webhook_deliveries/{prn}", { params }))).webhook_delivery;
    },
    refetchInterval: ({ state }) => (state.data?.state === "pending" ? 2_000 : false),
  });
  return (
    <Dialog title="Delivery" onClose={onClose} side>
      <Loaded query={delivery}>
        {(about) => (
          <div className="flex flex-col gap-6">
            <Facts>
              <Fact name="Event">{about.event_type}</Fact>
              <Fact name="State">
                <StateBadge state={about.state} />
              </Fact>
              <Fact name="About">
                <ThingLink prn={about.resource_prn} />
              </Fact>
              <Fact name="Delivery">
                <Prn prn={prn} />
              </Fact>
              <Fact name="Since">
                <When time={about.inserted_at} />
              </Fact>
              {about.next_attempt_at !== null && (
                <Fact name="Next attempt">
                  <When time={about.next_attempt_at} />
                </Fact>
              )}
            </Facts>
            <section className="flex flex-col gap-3">
              <h3 className="text-sm font-medium">Attempts</h3>
              {about.log.length === 0 && <p className="text-sm text-muted">It has not been tried yet.</p>}
              <ol className="flex flex-col gap-3">
                {about.log.map(({ at, status, error, response, duration_ms }) => (
                  <li key={at} className="flex flex-col gap-2 rounded-md border border-line p-3 text-sm">
                    <div className="flex flex-wrap items-center justify-between gap-2">
                      <StateBadge state={error ?? String(status)} tone={error === null ? "good" : "bad"} />
                      <span className="nums text-xs text-muted">
                        <When time={at} /> · {duration_ms} ms
                      </span>
                    </div>
                    {response && (
                      <pre className="overflow-x-auto font-mono text-xs whitespace-pre-wrap">{response}</pre>
                    )}
                  </li>
                ))}
              </ol>
            </section>
            {about.state !== "pending" && (
              <>
                <div>
                  <Redeliver prn={prn} />
                </div>
                <CliHint command={`npx peridio webhook-deliveries redeliver --prn ${prn}`} />
              </>
            )}
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}
