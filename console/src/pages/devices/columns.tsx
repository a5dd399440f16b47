import type { Resources } from "../../api/resources.ts";
import { NamedLink } from "../../ui/named-link.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";

import { When } from "../../ui/when.tsx";

export const deviceColumns: Column<Resources["devices"]>[] = [
  { header: "Identifier", cell: ({ identifier }) => identifier },
  {
    header: "State",
    cell: ({ quarantined, last_connected_at }) => (
      <StateBadge state={quarantined ? "quarantined" : last_connected_at === null ? "never seen" : "known"} />
    ),
  },
  { header: "Runs", cell: ({ reported_release_version }) => reported_release_version ?? "–", from: "md" },
  { header: "Cohort", cell: ({ cohort_prn }) => <NamedLink resource="cohorts" prn={cohort_prn} />, from: "lg" },
  {
    header: "Last seen",
    cell: ({ last_connected_at }) => (last_connected_at === null ? "–" : <When time={last_connected_at} />),
    from: "md",
  },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "lg" },
];
