import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { Button } from "../../ui/button.tsx";
import { ListPage } from "../../ui/list-page.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { CreateKey } from "./create.tsx";
import { Key, type KeyAction } from "./key.tsx";
import { keyState } from "./key-state.ts";
import { RenameKey } from "./rename.tsx";
import { DeleteKey, RevokeKey } from "./revoke.tsx";
import { RotateKey } from "./rotate.tsx";
import { Scopes } from "./scopes.tsx";

type ApiKey = Resources["api_keys"];

const columns: Column<ApiKey>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "State", cell: (key) => <StateBadge state={keyState(key)} /> },
  { header: "May", cell: ({ scopes }) => <Scopes scopes={scopes} />, from: "md" },
  { header: "Last used", cell: ({ last_used_at }) => <When time={last_used_at} />, from: "md" },
  { header: "Expires", cell: ({ expires_at }) => <When time={expires_at} /> },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "lg" },
];

/** Keys of programs. The page is for admins alone. */
export function ApiKeys() {
  const [creating, setCreating] = useState(false);
  const [opened, setOpened] = useState<{ apiKey: ApiKey; action: KeyAction | "look" } | null>(null);
  const close = () => setOpened(null);
  const asked = opened && { apiKey: opened.apiKey, onClose: close };
  return (
    <>
      <ListPage
        title="API keys"
        resource="api_keys"
        columns={columns}
        open={(apiKey) => setOpened({ apiKey, action: "look" })}
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
      {asked && opened.action === "look" && (
        <Key {...asked} onAction={(action) => setOpened({ apiKey: asked.apiKey, action })} />
      )}
      {asked && opened.action === "rotate" && <RotateKey {...asked} />}
      {asked && opened.action === "rename" && <RenameKey {...asked} />}
      {asked && opened.action === "revoke" && <RevokeKey {...asked} />}
      {asked && opened.action === "delete" && <DeleteKey {...asked} />}
    </>
  );
}
