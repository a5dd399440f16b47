import { useQuery } from "@tanstack/react-query";
import { useRefetchInterval } from "../../api/live.ts";
import { oneOf } from "../../api/queries.ts";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { usePrn } from "../../session/use-prn.ts";
import { bytes } from "../../ui/bytes.ts";
import { Card } from "../../ui/card.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { When } from "../../ui/when.tsx";
import { Actions } from "./actions.tsx";
import { Downloads } from "./downloads.tsx";
import { About } from "./facts.tsx";
import { InAShell } from "./in-a-shell.tsx";
import { Lifecycle } from "./lifecycle.tsx";
import { Parts } from "./parts.tsx";
import { Signatures } from "./signatures.tsx";
import { Trail } from "./trail.tsx";
import { UploadSection } from "./upload-section.tsx";
import { Usage } from "./usage.tsx";

/** States that the server leaves by itself, within moments. */
const passing = ["hashable", "hashing"];

export function BinaryPage() {
  const prn = usePrn("binary");
  const mayRefetch = useRefetchInterval(true);
  const binary = useQuery({
    ...oneOf("binaries", prn),
    refetchInterval: ({ state }) => (state.data && passing.includes(state.data.state) ? 400 : mayRefetch),
  });
  return <Loaded query={binary}>{(loaded) => <Page binary={loaded} />}</Loaded>;
}

function Page({ binary }: { binary: Resources["binaries"] }) {
  const version = useQuery(oneOf("artifact_versions", binary.artifact_version_prn));
  const artifactPrn = version.data?.artifact_prn;
  const artifact = useQuery({ ...oneOf("artifacts", artifactPrn ?? ""), enabled: artifactPrn !== undefined });
  const mayWrite = useMay("binaries:write");
  const isVerified = binary.state === "signable" || binary.state === "signed";
  return (
    <>
      <PageHeader
        title={binary.target}
        badge={
          <>
            <StateBadge state={binary.state} />
            {binary.archived && <StateBadge state="archived" />}
          </>
        }
        trail={[
          { label: "Artifacts", to: "/artifacts" },
          { label: artifact.data?.name ?? "…", to: artifactPrn ? paths.artifact(artifactPrn) : "/artifacts" },
          { label: version.data?.version ?? "…", to: paths.version(binary.artifact_version_prn) },
        ]}
        actions={<Actions binary={binary} />}
      >
        {binary.description && <span className="w-full">{binary.description}</span>}
        <Prn prn={binary.prn} />
        {binary.size !== null && <span className="nums">{bytes(binary.size)}</span>}
        <span>
          created <When time={binary.inserted_at} />
        </span>
      </PageHeader>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="Life">
            <Lifecycle state={binary.state} />
          </Card>
          {binary.state === "uploadable" && mayWrite && <UploadSection binary={binary} />}
          {isVerified && <Signatures binary={binary} />}
          {isVerified && <Downloads prn={binary.prn} />}
          <Parts prn={binary.prn} state={binary.state} />
          <Trail prn={binary.prn} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <About binary={binary} />
          <Usage prn={binary.prn} />
          <InAShell binary={binary} />
        </div>
      </div>
    </>
  );
}
