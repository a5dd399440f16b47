import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Box, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useRefetchInterval } from "../../api/live.ts";
import { change, oneOf } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { quoted } from "../../api/search-text.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { usePrn } from "../../session/use-prn.ts";
import { ArchiveButton, ArchivedToggle } from "../../ui/archived.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { binaryColumns } from "../binaries/columns.tsx";
import { CreateBinary } from "../binaries/create.tsx";
import { EditAbout } from "./edit-about.tsx";

export function VersionPage() {
  const prn = usePrn("artifact_version");
  const version = useQuery(oneOf("artifact_versions", prn));
  const artifactPrn = version.data?.artifact_prn;
  const artifact = useQuery({ ...oneOf("artifacts", artifactPrn ?? ""), enabled: artifactPrn !== undefined });
  const mayWrite = useMay("binaries:write");
  const refresh = useRefetchInterval(true);
  const navigate = useNavigate();
  const [opened, setOpened] = useState<"binary" | "edit" | "delete" | null>(null);
  const close = () => setOpened(null);
  const create = mayWrite && (
    <Button look="primary" data-create="" onClick={() => setOpened("binary")}>
      <Plus />
      New binary
    </Button>
  );
  return (
    <Loaded query={version}>
      {(about) => (
        <>
          <PageHeader
            title={about.version}
            badge={about.archived && <StateBadge state="archived" />}
            trail={[
              { label: "Artifacts", to: "/artifacts" },
              { label: artifact.data?.name ?? "…", to: paths.artifact(about.artifact_prn) },
            ]}
            actions={
              mayWrite && (
                <>
                  <IconButton label="Delete" onClick={() => setOpened("delete")}>
                    <Trash2 />
                  </IconButton>
                  <ArchiveButton resource="artifact_versions" thing={about} />
                  <Button data-edit="" onClick={() => setOpened("edit")}>
                    <Pencil />
                    Edit
                  </Button>
                  {!about.archived && create}
                </>
              )
            }
          >
            {about.description && <span className="w-full">{about.description}</span>}
            <Prn prn={prn} />
            <span>
              created <When time={about.inserted_at} />
            </span>
          </PageHeader>
          <Card title="Binaries" flush>
            <Table
              resource="binaries"
              columns={binaryColumns}
              to={(binary) => paths.binary(binary.prn)}
              only={`artifact_version_prn:${quoted(prn)}`}
              wordsIn="target"
              actions={<ArchivedToggle />}
              refresh={refresh}
              empty={
                <Empty title="No binaries yet" icon={<Box />} action={create}>
                  Name a target, such as <code className="font-mono text-xs">aarch64-linux-gnu</code>, and drop the file
                  that was built for it.
                </Empty>
              }
            />
          </Card>
          {opened === "binary" && <CreateBinary version={about} knownTargets={[]} onClose={close} />}
          {opened === "edit" && (
            <EditAbout
              title="Edit the version"
              resource="artifact_versions"
              command="artifact-versions"
              about={{ prn, description: about.description, custom_metadata: about.custom_metadata }}
              onClose={close}
            />
          )}
          {opened === "delete" && (
            <Confirm
              title="Delete the version"
              action="Delete the version"
              name={about.version}
              consequences={["It only works while the version has no binaries: what was made is not lost by it."]}
              command={`npx peridio artifact-versions delete --prn ${prn}`}
              onConfirm={async () => {
                await change("DELETE", "artifact_versions", prn);
                await navigate({ to: paths.artifact(about.artifact_prn) });
                await queryClient.invalidateQueries({ queryKey: ["artifact_versions"] });
              }}
              onClose={close}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
