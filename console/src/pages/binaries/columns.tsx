import type { Resources } from "../../api/resources.ts";
import { bytes } from "../../ui/bytes.ts";
import { Hash } from "../../ui/copy.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";

export const binaryColumns: Column<Resources["binaries"]>[] = [
  { header: "Target", cell: ({ target }) => <span className="font-mono text-xs">{target}</span> },
  {
    header: "State",
    cell: ({ state, archived }) => (
      <span className="inline-flex gap-1">
        <StateBadge state={state} />
        {archived && <StateBadge state="archived" />}
      </span>
    ),
  },
  { header: "Size", cell: ({ size }) => (size === null ? "–" : bytes(size)), figures: true },
  { header: "Hash", cell: ({ hash }) => hash && <Hash hash={hash} />, from: "md" },
  { header: "Signatures", cell: ({ signatures }) => signatures.length, figures: true, from: "lg" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "md" },
];
