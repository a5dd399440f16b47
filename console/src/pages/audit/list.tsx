import { useNavigate, useSearch } from "@tanstack/react-router";
import { Download, History } from "lucide-react";
import { idOf, prnOf } from "../../api/ids.ts";
import type { Resources } from "../../api/resources.ts";
import { useSession } from "../../session/session.ts";
import { DownloadLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Empty } from "../../ui/empty.tsx";
import { useListState } from "../../ui/list-state.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { When } from "../../ui/when.tsx";
import { Entry } from "./entry.tsx";
import { Filters } from "./filters.tsx";
import { whatHappened } from "./what-happened.ts";

const columns: Column<Resources["audit_logs"]>[] = [
  { header: "What", cell: whatHappened },
  { header: "Who", cell: ({ actor_name }) => actor_name },
  { header: "Result", cell: ({ result }) => <StateBadge state={result} />, from: "md" },
  { header: "About", cell: ({ resource_prn }) => <ThingLink prn={resource_prn} />, from: "md" },
  { header: "From", cell: ({ address }) => address ?? "–", from: "lg" },
  { header: "When", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];

export function AuditTrail() {
  const { organizationPrn } = useSession();
  const { entry } = useSearch({ strict: false }) as { entry?: string };
  const [{ search }] = useListState();
  const navigate = useNavigate();
  const look = (id: string | undefined) =>
    void navigate({ to: ".", search: ((all: object) => ({ ...all, entry: id })) as never });
  const exported = (format: "ndjson" | "csv") =>
    `/audit_logs/export?${new URLSearchParams({ format, ...(search !== undefined && { search }) })}`;
  return (
    <>
      <PageHeader
        title="Audit trail"
        actions={
          <>
            <DownloadLink href={exported("ndjson")}>
              <Download />
              NDJSON
            </DownloadLink>
            <DownloadLink href={exported("csv")}>
              <Download />
              CSV
            </DownloadLink>
          </>
        }
      >
        {search === undefined
          ? "Each entry is bound to the one before: an export shows without this server whether one was changed."
          : "The export has what the search finds; only one of the whole trail can be verified."}
      </PageHeader>
      <Card flush>
        <Table
          resource="audit_logs"
          columns={columns}
          open={({ prn }) => look(idOf(prn))}
          wordsIn="actor_name"
          actions={<Filters />}
          empty={
            <Empty title="Nothing has happened yet" icon={<History />}>
              Every change stands here, who made it and from where: make an artifact, and look again.
            </Empty>
          }
        />
      </Card>
      <div className="mt-4">
        <CliHint command="npx peridio audit export --file trail.ndjson && npx peridio audit verify --file trail.ndjson" />
      </div>
      {entry !== undefined && (
        <Entry prn={prnOf(organizationPrn, "audit_log", entry)} onClose={() => look(undefined)} />
      )}
    </>
  );
}
