import { Plus, Replace } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { Button } from "../../ui/button.tsx";
import { ListPage } from "../../ui/list-page.tsx";
import { NamedLink } from "../../ui/named-link.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { OverrideDialog } from "./override-dialog.tsx";
import { stateOf } from "./state.ts";

const columns: Column<Resources["bundle_overrides"]>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "State", cell: (override) => <StateBadge state={stateOf(override)} /> },
  { header: "Bundle", cell: ({ bundle_prn }) => <NamedLink resource="bundles" prn={bundle_prn} />, from: "md" },
  { header: "Ends", cell: ({ ends_at }) => <When time={ends_at} />, from: "md" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];

export function Overrides() {
  const [creating, setCreating] = useState(false);
  const mayWrite = useMay("releases:write");
  return (
    <>
      <ListPage
        title="Overrides"
        resource="bundle_overrides"
        columns={columns}
        to={({ prn }) => paths.override(prn)}
        wordsIn="name"
        icon={<Replace />}
        actions={
          mayWrite && (
            <Button look="primary" data-create="" onClick={() => setCreating(true)}>
              <Plus />
              New override
            </Button>
          )
        }
        none={{
          title: "No overrides yet",
          text: "An override gives a bundle to single devices, whatever their cohort's releases say: to try it in the lab, or to help one device.",
          command: "npx peridio bundle-overrides create --name trial --bundle-prn BUNDLE_PRN",
        }}
      />
      {creating && <OverrideDialog onClose={() => setCreating(false)} />}
    </>
  );
}
