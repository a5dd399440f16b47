import { Plus, Webhook } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { Button } from "../../ui/button.tsx";
import { ListPage } from "../../ui/list-page.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { CreateWebhook } from "./create.tsx";

const columns: Column<Resources["webhooks"]>[] = [
  { header: "Address", cell: ({ url }) => url },
  { header: "State", cell: ({ state, disabled_reason }) => <StateBadge state={state} title={disabled_reason ?? ""} /> },
  {
    header: "Description",
    cell: ({ description }) => <span className="text-muted">{description ?? "–"}</span>,
    from: "lg",
  },
  { header: "Events", cell: ({ enabled_events }) => enabled_events.length, figures: true, from: "md" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "md" },
];

export function Webhooks() {
  const [creating, setCreating] = useState(false);
  const mayWrite = useMay("webhooks:write");
  return (
    <>
      <ListPage
        title="Webhooks"
        resource="webhooks"
        columns={columns}
        to={({ prn }) => paths.webhook(prn)}
        wordsIn="url"
        icon={<Webhook />}
        none={{
          title: "No webhooks yet",
          text: "A webhook tells a program of yours what happened, in order and without loss. Its address has to answer a test event first.",
          command: "npx peridio webhooks create --url https://example.com/hook --enabled-events binary.signed",
        }}
        actions={
          mayWrite && (
            <Button look="primary" data-create="" onClick={() => setCreating(true)}>
              <Plus />
              New webhook
            </Button>
          )
        }
      />
      {creating && <CreateWebhook onClose={() => setCreating(false)} />}
    </>
  );
}
