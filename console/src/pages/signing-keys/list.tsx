import { PenLine, Plus } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { useMay } from "../../session/session.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Hash } from "../../ui/copy.tsx";
import { Empty } from "../../ui/empty.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { KeyActions } from "./key-actions.tsx";
import { RegisterKey } from "./register.tsx";

const columns: Column<Resources["signing_keys"]>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "Algorithm", cell: ({ algorithm }) => algorithm },
  { header: "State", cell: ({ revoked_at }) => <StateBadge state={revoked_at === null ? "active" : "revoked"} /> },
  { header: "Key identifier", cell: ({ keyid }) => <Hash hash={keyid} label="Copy the key identifier" />, from: "md" },
  { header: "Registered", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "md" },
];

const withActions: typeof columns = [
  ...columns,
  { header: "Actions", cell: (signingKey) => <KeyActions signingKey={signingKey} />, figures: true },
];

export function SigningKeys() {
  const [registering, setRegistering] = useState(false);
  const mayWrite = useMay("signing_keys:write");
  const register = mayWrite && (
    <Button look="primary" data-create="" onClick={() => setRegistering(true)}>
      <Plus />
      Register a key
    </Button>
  );
  return (
    <>
      <PageHeader title="Signing keys" actions={register} />
      <Card flush>
        <Table
          resource="signing_keys"
          columns={mayWrite ? withActions : columns}
          wordsIn="name"
          empty={
            <Empty title="No signing keys yet" icon={<PenLine />} action={register}>
              Nothing reaches a device unsigned. Register the public half of a key pair; the private half stays with
              you.
            </Empty>
          }
        />
      </Card>
      {registering && <RegisterKey onClose={() => setRegistering(false)} />}
    </>
  );
}
