import { useQuery } from "@tanstack/react-query";
import { Plus, Rocket } from "lucide-react";
import { useState } from "react";
import { listOf } from "../../api/queries.ts";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { ListPage } from "../../ui/list-page.tsx";
import { NamedLink } from "../../ui/named-link.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { ThingField } from "../../ui/thing-field.tsx";
import { When } from "../../ui/when.tsx";
import { Channel } from "./channel.tsx";
import { CreateRelease } from "./create.tsx";
import { phaseOf, stateOf } from "./state.ts";

const columns: Column<Resources["releases"]>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "State", cell: (release) => <StateBadge state={stateOf(release)} /> },
  { header: "Version", cell: ({ version }) => version ?? "–", from: "md" },
  { header: "For", cell: (release) => phaseOf(release), from: "lg" },
  { header: "Cohort", cell: ({ cohort_prn }) => <NamedLink resource="cohorts" prn={cohort_prn} />, from: "md" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];

export function Releases() {
  const [creating, setCreating] = useState(false);
  const mayWrite = useMay("releases:write");
  return (
    <>
      <ListPage
        title="Releases"
        resource="releases"
        columns={columns}
        to={({ prn }) => paths.release(prn)}
        wordsIn="name"
        icon={<Rocket />}
        actions={
          mayWrite && (
            <Button look="primary" data-create="" onClick={() => setCreating(true)}>
              <Plus />
              New release
            </Button>
          )
        }
        none={{
          title: "No releases yet",
          text: "A release puts a bundle before the devices of a cohort: at once, by phases, or from a date on. It needs a bundle of signed binaries, and a cohort.",
          command:
            "npx peridio releases create --cohort-prn COHORT_PRN --bundle-prn BUNDLE_PRN --name NAME --phase-value 1 --schedule-date 2026-01-01T00:00:00Z",
        }}
      />
      <Channels />
      {creating && <CreateRelease onClose={() => setCreating(false)} />}
    </>
  );
}

/** The channel of one cohort; at first that of the newest release. */
function Channels() {
  const { data: newest } = useQuery(listOf("releases", { limit: 1 }));
  const [chosen, choose] = useState<string | null>(null);
  const first = newest?.items[0]?.cohort_prn;
  if (first === undefined) return null;
  return (
    <Card title="A channel" flush className="mt-4">
      <div className="max-w-xs px-4 pt-4">
        <ThingField name="channel" label="Of the cohort" resource="cohorts" defaultPrn={first} onChoose={choose} />
      </div>
      <Channel key={chosen ?? first} cohortPrn={chosen ?? first} />
    </Card>
  );
}
