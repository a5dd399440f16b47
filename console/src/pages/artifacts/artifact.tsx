import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { change, oneOf } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { useMay } from "../../session/session.ts";
import { usePrn } from "../../session/use-prn.ts";
import { ArchiveButton } from "../../ui/archived.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { When } from "../../ui/when.tsx";
import { CreateVersion } from "./create-version.tsx";
import { EditAbout } from "./edit-about.tsx";
import { Matrix } from "./matrix.tsx";

export function ArtifactPage() {
  const prn = usePrn("artifact");
  const artifact = useQuery(oneOf("artifacts", prn));
  const mayWrite = useMay("binaries:write");
  const navigate = useNavigate();
  const [opened, setOpened] = useState<"version" | "edit" | "delete" | null>(null);
  const close = () => setOpened(null);
  const remove = async () => {
    await change("DELETE", "artifacts", prn);
    await navigate({ to: "/artifacts" });
    await queryClient.invalidateQueries({ queryKey: ["artifacts"] });
  };
  return (
    <Loaded query={artifact}>
      {({ name, description, custom_metadata, inserted_at, archived }) => (
        <>
          <PageHeader
            title={name}
            badge={archived && <StateBadge state="archived" />}
            trail={[{ label: "Artifacts", to: "/artifacts" }]}
            actions={
              mayWrite && (
                <>
                  <IconButton label="Delete" onClick={() => setOpened("delete")}>
                    <Trash2 />
                  </IconButton>
                  <ArchiveButton resource="artifacts" thing={{ prn, archived }} />
                  <Button data-edit="" onClick={() => setOpened("edit")}>
                    <Pencil />
                    Edit
                  </Button>
                  {!archived && (
                    <Button look="primary" data-create="" onClick={() => setOpened("version")}>
                      <Plus />
                      New version
                    </Button>
                  )}
                </>
              )
            }
          >
            {description && <span className="w-full">{description}</span>}
            <Prn prn={prn} />
            <span>
              created <When time={inserted_at} />
            </span>
          </PageHeader>
          <Card title="Versions and targets" flush>
            <Matrix artifactPrn={prn} onCreate={mayWrite && !archived ? () => setOpened("version") : undefined} />
          </Card>
          {custom_metadata && (
            <Card title="Metadata" className="mt-4">
              <pre className="overflow-x-auto font-mono text-xs">{JSON.stringify(custom_metadata, null, 2)}</pre>
            </Card>
          )}
          {opened === "version" && <CreateVersion artifactPrn={prn} onClose={close} />}
          {opened === "edit" && (
            <EditAbout
              title="Edit the artifact"
              resource="artifacts"
              command="artifacts"
              about={{ prn, name, description, custom_metadata }}
              onClose={close}
            />
          )}
          {opened === "delete" && (
            <Confirm
              title="Delete the artifact"
              action="Delete the artifact"
              name={name}
              consequences={[
                "The name is free for another artifact.",
                "It only works while the artifact has no versions: what was made is not lost by it.",
              ]}
              command={`npx peridio artifacts delete --prn ${prn}`}
              onConfirm={remove}
              onClose={close}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
