import { Boxes, Plus } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Hash } from "../../ui/copy.tsx";
import { Empty } from "../../ui/empty.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { CreateBundle } from "./create.tsx";

const columns: Column<Resources["bundles"]>[] = [
  { header: "Name", cell: ({ name }) => name ?? <span className="text-muted">unnamed</span> },
  { header: "Binaries", cell: ({ binaries }) => binaries?.length ?? "–", figures: true },
  { header: "Hash", cell: ({ hash }) => hash && <Hash hash={hash} />, from: "md" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];

export function Bundles() {
  const [creating, setCreating] = useState(false);
  const mayWrite = useMay("releases:write");
  const create = mayWrite && (
    <Button look="primary" data-create="" onClick={() => setCreating(true)}>
      <Plus />
      New bundle
    </Button>
  );
  return (
    <>
      <PageHeader title="Bundles" actions={create} />
      <Card flush>
        <Table
          resource="bundles"
          columns={columns}
          to={({ prn }) => paths.bundle(prn)}
          wordsIn="name"
          empty={
            <Empty title="No bundles yet" icon={<Boxes />} action={create}>
              <p className="mb-3">
                A bundle is a set of signed binaries that devices get together. Once made it never changes; a release
                brings it to the devices of a cohort.
              </p>
              <div className="text-left">
                <CliHint command="npx peridio bundles create --name spring --binaries prn=$BINARY_PRN" />
              </div>
            </Empty>
          }
        />
      </Card>
      {creating && <CreateBundle onClose={() => setCreating(false)} />}
    </>
  );
}
