import { Ban } from "lucide-react";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";

type Invitation = Resources["invitations"];

function stateOf({ accepted_at, expires_at }: Invitation): "accepted" | "expired" | "pending" {
  if (accepted_at !== null) return "accepted";
  return Date.parse(expires_at) <= Date.now() ? "expired" : "pending";
}

const columns: Column<Invitation>[] = [
  { header: "E-mail", cell: ({ email }) => email },
  { header: "Role", cell: ({ role }) => <StateBadge state={role} />, from: "md" },
  { header: "State", cell: (invitation) => <StateBadge state={stateOf(invitation)} /> },
  { header: "Ends", cell: ({ expires_at }) => <When time={expires_at} />, from: "md" },
  { header: "Invited", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "lg" },
];

/** Who was invited, and whether the link still works. */
export function Invitations() {
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const actions: Column<Invitation> = {
    header: "Actions",
    figures: true,
    cell: (invitation) =>
      stateOf(invitation) === "pending" && (
        <IconButton label={`Revoke the invitation of ${invitation.email}`} onClick={() => setRevoking(invitation)}>
          <Ban />
        </IconButton>
      ),
  };
  return (
    <Card title="Invitations" flush>
      <Table
        resource="invitations"
        columns={[...columns, actions]}
        aside
        size={10}
        empty={<p className="p-4 text-sm text-muted">Nobody was invited yet. A link works once, for seven days.</p>}
      />
      {revoking && <Revoke invitation={revoking} onClose={() => setRevoking(null)} />}
    </Card>
  );
}

function Revoke({ invitation: { prn, email }, onClose }: { invitation: Invitation; onClose: () => void }) {
  return (
    <Confirm
      title="Revoke the invitation"
      action="Revoke the invitation"
      name={email}
      consequences={["The link works no more. Whoever was invited needs a new one."]}
      command={`npx peridio invitations delete --prn ${prn}`}
      onConfirm={async () => {
        await change("DELETE", "invitations", prn);
        await queryClient.invalidateQueries({ queryKey: ["invitations"] });
      }}
      onClose={onClose}
    />
  );
}
