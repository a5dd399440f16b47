import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { change, oneOf } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { useMay } from "../../session/session.ts";
import { usePrn } from "../../session/use-prn.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { NamedLink } from "../../ui/named-link.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { When } from "../../ui/when.tsx";
import { OverriddenDevices } from "./devices.tsx";
import { OverrideDialog } from "./override-dialog.tsx";
import { stateOf } from "./state.ts";

type Override = Resources["bundle_overrides"];

export function OverridePage() {
  const prn = usePrn("bundle_override");
  const query = useQuery(oneOf("bundle_overrides", prn));
  return (
    <Loaded query={query}>
      {(override) => (
        <>
          <PageHeader
            title={override.name}
            trail={[{ label: "Overrides", to: "/overrides" }]}
            badge={<StateBadge state={stateOf(override)} />}
            actions={<Actions override={override} />}
          >
            <Prn prn={prn} />
            <span>
              created <When time={override.inserted_at} />
            </span>
          </PageHeader>
          <div className="flex flex-col gap-4">
            <Card title="About">
              <Facts>
                <Fact name="Bundle">
                  <NamedLink resource="bundles" prn={override.bundle_prn} />
                </Fact>
                <Fact name="Starts">
                  <When time={override.starts_at} />
                </Fact>
                <Fact name="Ends">
                  <When time={override.ends_at} />
                </Fact>
                {override.description && <Fact name="Description">{override.description}</Fact>}
              </Facts>
            </Card>
            <OverriddenDevices prn={prn} />
          </div>
        </>
      )}
    </Loaded>
  );
}

function Actions({ override }: { override: Override }) {
  const mayWrite = useMay("releases:write");
  const navigate = useNavigate();
  const [opened, setOpened] = useState<"edit" | "delete" | null>(null);
  const close = () => setOpened(null);
  if (!mayWrite) return null;
  return (
    <>
      <IconButton label="Delete" onClick={() => setOpened("delete")}>
        <Trash2 />
      </IconButton>
      <Button data-edit="" onClick={() => setOpened("edit")}>
        <Pencil />
        Edit
      </Button>
      {opened === "edit" && <OverrideDialog override={override} onClose={close} />}
      {opened === "delete" && (
        <Confirm
          title="Delete the override"
          action="Delete the override"
          name={override.name}
          consequences={[
            "From their next question on its devices get what their cohort's releases say, or another override.",
            "What they run goes on running; no release leads back from a bundle that is in no channel.",
          ]}
          command={`npx peridio bundle-overrides delete --prn ${override.prn}`}
          onConfirm={async () => {
            await change("DELETE", "bundle_overrides", override.prn);
            await navigate({ to: "/overrides" });
            await queryClient.invalidateQueries({ queryKey: ["bundle_overrides"] });
          }}
          onClose={close}
        />
      )}
    </>
  );
}
