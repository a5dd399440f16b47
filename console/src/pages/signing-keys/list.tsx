import { PenLine } from "lucide-react";
import type { Resources } from "../../api/resources.ts";
import { Card } from "../../ui/card.tsx";
import { Hash } from "../../ui/copy.tsx";
import { Empty } from "../../ui/empty.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";

const columns: Column<Resources["signing_keys"]>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "Algorithm", cell: ({ algorithm }) => algorithm },
  { header: "State", cell: ({ revoked_at }) => <StateBadge state={revoked_at === null ? "active" : "revoked"} /> },
  { header: "Key identifier", cell: ({ keyid }) => <Hash hash={keyid} label="Copy the key identifier" />, from: "md" },
  { header: "Registered", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "md" },
];

export function SigningKeys() {
  return (
    <>
      <PageHeader title="Signing keys" />
      <Card flush>
        <Table
          resource="signing_keys"
          columns={columns}
          wordsIn="name"
          empty={
            <Empty title="No signing keys yet" icon={<PenLine />}>
              Nothing reaches a device unsigned. Register the public half of a key pair; the private half stays with
              you.
            </Empty>
          }
        />
      </Card>
    </>
  );
}
