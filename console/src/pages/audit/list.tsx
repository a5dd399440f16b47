import { History } from "lucide-react";
import type { Resources } from "../../api/resources.ts";
import { ListPage } from "../../ui/list-page.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { When } from "../../ui/when.tsx";

const columns: Column<Resources["audit_logs"]>[] = [
  { header: "Who", cell: ({ actor_name }) => actor_name },
  { header: "What", cell: ({ type, subtype }) => `${type.replaceAll("_", " ")} ${subtype.replaceAll("_", " ")}` },
  { header: "Result", cell: ({ result }) => <StateBadge state={result} /> },
  { header: "About", cell: ({ resource_prn }) => <ThingLink prn={resource_prn} />, from: "md" },
  { header: "From", cell: ({ address }) => address ?? "–", from: "lg" },
  { header: "When", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];

export function AuditTrail() {
  return (
    <ListPage
      title="Audit trail"
      resource="audit_logs"
      columns={columns}
      wordsIn="actor_name"
      icon={<History />}
      none={{
        title: "Nothing has happened yet",
        text: "Every change and every access stands here, each entry bound to the one before.",
        command: "npx peridio audit verify --help",
      }}
    />
  );
}
