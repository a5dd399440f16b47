import { Rocket } from "lucide-react";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { ListPage } from "../../ui/list-page.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { When } from "../../ui/when.tsx";
import { stateOf } from "./state.ts";

const columns: Column<Resources["releases"]>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "State", cell: (release) => <StateBadge state={stateOf(release)} /> },
  { header: "Version", cell: ({ version }) => version ?? "–", from: "md" },
  { header: "Bundle", cell: ({ bundle_prn }) => <ThingLink prn={bundle_prn} />, from: "lg" },
  { header: "Cohort", cell: ({ cohort_prn }) => <ThingLink prn={cohort_prn} />, from: "lg" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];

export function Releases() {
  return (
    <ListPage
      title="Releases"
      resource="releases"
      columns={columns}
      to={({ prn }) => paths.release(prn)}
      wordsIn="name"
      icon={<Rocket />}
      none={{
        title: "No releases yet",
        text: "A release puts a bundle before the devices of a cohort: at once, by phases, or from a date on.",
        command:
          "npx peridio releases create --cohort-prn COHORT_PRN --bundle-prn BUNDLE_PRN --name NAME --schedule-date 2026-01-01T00:00:00Z",
      }}
    />
  );
}
