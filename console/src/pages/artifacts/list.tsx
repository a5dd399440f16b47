import { Package, Plus } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { ArchivedToggle } from "../../ui/archived.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Empty } from "../../ui/empty.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { CreateArtifact } from "./create.tsx";

const columns: Column<Resources["artifacts"]>[] = [
  {
    header: "Name",
    cell: ({ name, archived }) => (
      <span className="inline-flex flex-wrap gap-2">
        {name}
        {archived && <StateBadge state="archived" />}
      </span>
    ),
  },
  { header: "Description", cell: ({ description }) => <span className="text-muted">{description}</span>, from: "md" },
  { header: "PRN", cell: ({ prn }) => <Prn prn={prn} />, from: "lg" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];

export function Artifacts() {
  const [creating, setCreating] = useState(false);
  const mayWrite = useMay("binaries:write");
  const create = mayWrite && (
    <Button look="primary" data-create="" onClick={() => setCreating(true)}>
      <Plus />
      New artifact
    </Button>
  );
  return (
    <>
      <PageHeader title="Artifacts" actions={create} />
      <Card flush>
        <Table
          resource="artifacts"
          columns={columns}
          to={({ prn }) => paths.artifact(prn)}
          wordsIn="name"
          actions={<ArchivedToggle />}
          empty={
            <Empty title="No artifacts yet" icon={<Package />} action={create}>
              An artifact is something that you ship in versions, such as a firmware image or an application. Name the
              first one; its versions and their binaries come below it.
            </Empty>
          }
        />
      </Card>
      {creating && <CreateArtifact onClose={() => setCreating(false)} />}
    </>
  );
}
