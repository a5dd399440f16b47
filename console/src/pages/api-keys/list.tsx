import { Ban, KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { ListPage } from "../../ui/list-page.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { CreateKey } from "./create.tsx";
import { RevokeKey } from "./revoke.tsx";

type ApiKey = Resources["api_keys"];

const columns: Column<ApiKey>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "State", cell: ({ revoked_at }) => <StateBadge state={revoked_at === null ? "active" : "revoked"} /> },
  { header: "May", cell: ({ scopes }) => <span className="text-muted">{scopes.join(", ")}</span>, from: "md" },
  {
    header: "Last used",
    cell: ({ last_used_at }) => (last_used_at === null ? "never" : <When time={last_used_at} />),
    from: "md",
  },
  {
    header: "Expires",
    cell: ({ expires_at }) => (expires_at === null ? "never" : <When time={expires_at} />),
    from: "lg",
  },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "lg" },
];

/** Keys of programs. The page is for admins alone. */
export function ApiKeys() {
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const actions: Column<ApiKey> = {
    header: "Actions",
    figures: true,
    cell: (key) =>
      key.revoked_at === null && (
        <IconButton label={`Revoke ${key.name}`} onClick={() => setRevoking(key)}>
          <Ban />
        </IconButton>
      ),
  };
  return (
    <>
      <ListPage
        title="API keys"
        resource="api_keys"
        columns={[...columns, actions]}
        wordsIn="name"
        icon={<KeyRound />}
        none={{
          title: "No API keys yet",
          text: "A key lets a program do what its scopes allow. Its value is shown once.",
          command: "npx peridio api-keys create --name ci --scopes binaries:read,binaries:write",
        }}
        actions={
          <Button look="primary" data-create="" onClick={() => setCreating(true)}>
            <Plus />
            New key
          </Button>
        }
      />
      {creating && <CreateKey onClose={() => setCreating(false)} />}
      {revoking && <RevokeKey apiKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}
