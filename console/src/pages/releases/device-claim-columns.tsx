import type { Resources } from "../../api/resources.ts";
import { NamedLink } from "../../ui/named-link.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";

import { When } from "../../ui/when.tsx";

export const deviceClaimColumns: Column<Resources["release_claims"]>[] = [
  { header: "Device", cell: ({ device_prn }) => <NamedLink resource="devices" prn={device_prn} /> },
  { header: "State", cell: ({ state }) => <StateBadge state={state} /> },
  { header: "Detail", cell: ({ detail }) => <span className="text-muted">{detail}</span>, from: "md" },
  { header: "Since", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];
