import type { Resources } from "../../api/resources.ts";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { stateOf } from "./state.ts";

/** Of releases on the page of what they belong to. */
export const releaseColumns: Column<Resources["releases"]>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "State", cell: (release) => <StateBadge state={stateOf(release)} /> },
  { header: "Version", cell: ({ version }) => version ?? "–", from: "md" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];
