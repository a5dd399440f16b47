import type { Resources } from "../../api/resources.ts";
import { NamedLink } from "../../ui/named-link.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";

import { When } from "../../ui/when.tsx";

export const claimColumns: Column<Resources["release_claims"]>[] = [
  { header: "Release", cell: ({ release_prn }) => <NamedLink resource="releases" prn={release_prn} /> },
  { header: "State", cell: ({ state }) => <StateBadge state={state} /> },
  { header: "Detail", cell: ({ detail }) => <span className="text-muted">{detail}</span>, from: "md" },
  { header: "Since", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];
