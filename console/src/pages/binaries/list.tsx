import { Box } from "lucide-react";
import { useRefetchInterval } from "../../api/live.ts";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { bytes } from "../../ui/bytes.ts";
import { Card } from "../../ui/card.tsx";
import { Hash } from "../../ui/copy.tsx";
import { Empty } from "../../ui/empty.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";

const columns: Column<Resources["binaries"]>[] = [
  { header: "Target", cell: ({ target }) => target },
  { header: "State", cell: ({ state }) => <StateBadge state={state} /> },
  { header: "Size", cell: ({ size }) => (size === null ? "–" : bytes(size)), figures: true },
  { header: "Hash", cell: ({ hash }) => hash && <Hash hash={hash} />, from: "md" },
  { header: "Signatures", cell: ({ signatures }) => signatures.length, figures: true, from: "lg" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "md" },
];

export function Binaries() {
  const refresh = useRefetchInterval(true);
  return (
    <>
      <PageHeader title="Binaries" />
      <Card flush>
        <Table
          resource="binaries"
          columns={columns}
          to={({ prn }) => paths.binary(prn)}
          wordsIn="target"
          refresh={refresh}
          empty={
            <Empty
              title="No binaries yet"
              icon={<Box />}
              action={<ButtonLink to="/artifacts">To the artifacts</ButtonLink>}
            >
              A binary is the content of one version for one target. Choose an artifact and a version; there you drop
              the file.
            </Empty>
          }
        />
      </Card>
    </>
  );
}
