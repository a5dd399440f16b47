import { useQuery } from "@tanstack/react-query";
import { oneOf } from "../../api/queries.ts";
import { Fact, Facts } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Hash, Prn } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { When } from "../../ui/when.tsx";
import { Changes } from "./changes.tsx";
import { whatHappened } from "./what-happened.ts";

/** One entry of the trail: who did what, from where, and what it changed. */
export function Entry({ prn, onClose }: { prn: string; onClose: () => void }) {
  const entry = useQuery({ ...oneOf("audit_logs", prn), staleTime: Number.POSITIVE_INFINITY });
  return (
    <Dialog title={entry.data ? whatHappened(entry.data) : "Entry"} onClose={onClose} side>
      <Loaded query={entry}>
        {(about) => (
          <div className="flex flex-col gap-6">
            <Facts>
              <Fact name="Who">{about.actor_name}</Fact>
              <Fact name="When">
                <When time={about.inserted_at} />
              </Fact>
              <Fact name="Result">
                <StateBadge state={about.result} />
              </Fact>
              <Fact name="About">
                <ThingLink prn={about.resource_prn} />
              </Fact>
              <Fact name="From">{about.address ?? "–"}</Fact>
              {about.user_agent && <Fact name="With">{about.user_agent}</Fact>}
              {about.request_id && <Fact name="Request">{about.request_id}</Fact>}
              <Fact name="Number">{about.sequence}</Fact>
              <Fact name="Hash">
                <Hash hash={about.hash} />
              </Fact>
              <Fact name="Entry">
                <Prn prn={prn} />
              </Fact>
            </Facts>
            <Changes before={about.before} after={about.after} />
            <CliHint command={`npx peridio audit get --prn ${prn}`} />
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}
