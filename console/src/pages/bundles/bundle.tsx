import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { listOf, oneOf } from "../../api/queries.ts";
import type { Resources } from "../../api/resources.ts";
import { quoted } from "../../api/search-text.ts";
import { paths } from "../../paths.ts";
import { usePrn } from "../../session/use-prn.ts";
import { bytes } from "../../ui/bytes.ts";
import { Card } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Hash, Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { When } from "../../ui/when.tsx";
import { Actions } from "./actions.tsx";
import { Difference } from "./difference.tsx";
import { mostMembers, useMembers } from "./members.ts";

export function BundlePage() {
  const prn = usePrn("bundle");
  const bundle = useQuery(oneOf("bundles", prn));
  return <Loaded query={bundle}>{(loaded) => <Page key={prn} bundle={loaded} />}</Loaded>;
}

function Page({ bundle }: { bundle: Resources["bundles"] }) {
  return (
    <>
      <PageHeader
        title={bundle.name ?? "Unnamed bundle"}
        trail={[{ label: "Bundles", to: "/bundles" }]}
        actions={<Actions bundle={bundle} />}
      >
        <Prn prn={bundle.prn} />
        {bundle.hash && <Hash hash={bundle.hash} />}
        <span>
          created <When time={bundle.inserted_at} />
        </span>
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Members bundle={bundle} />
          <Difference bundle={bundle} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Uses prn={bundle.prn} />
          <Signatures prn={bundle.prn} />
          <Card title="In a shell">
            <CliHint command={`npx peridio bundles get --prn ${bundle.prn}`} />
          </Card>
        </div>
      </div>
    </>
  );
}

function Members({ bundle }: { bundle: Resources["bundles"] }) {
  const all = bundle.binaries ?? [];
  const members = useMembers(all.slice(0, mostMembers).map(({ prn }) => prn));
  return (
    <Card title={`Binaries (${all.length})`} flush>
      <ol>
        {members.map(({ prn, binary, version, artifact }) => (
          <li
            key={prn}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 text-sm last:border-0"
          >
            <Link to={paths.binary(prn)} className="min-w-0 font-medium hover:underline">
              {artifact?.name ?? "…"} {version?.version}
            </Link>
            <span className="font-mono text-xs text-muted">{binary?.target}</span>
            <span className="ml-auto flex items-center gap-4">
              {typeof binary?.size === "number" && <span className="nums text-muted">{bytes(binary.size)}</span>}
              {binary && <StateBadge state={binary.state} />}
            </span>
          </li>
        ))}
      </ol>
      {all.length > mostMembers && (
        <p className="border-t border-line px-4 py-2.5 text-sm text-muted">
          The first {mostMembers} of {all.length}; the command at the side gives all.
        </p>
      )}
    </Card>
  );
}

/** What would have to let go of the bundle before it can be deleted. */
function Uses({ prn }: { prn: string }) {
  const search = `bundle_prn:${quoted(prn)}`;
  const { data: releases } = useQuery(listOf("releases", { search, limit: 20 }));
  const { data: overrides } = useQuery(listOf("bundle_overrides", { search, limit: 20 }));
  if (!releases || !overrides) return null;
  const uses = [
    ...releases.items.map(({ prn: use, name }) => ({ use, name, kind: "release", to: paths.release(use) })),
    ...overrides.items.map(({ prn: use, name }) => ({ use, name, kind: "override", to: paths.override(use) })),
  ];
  const isCut = releases.nextPage !== null || overrides.nextPage !== null;
  return (
    <Card title="Where it is used">
      {uses.length === 0 && <p className="text-sm text-muted">Nowhere yet. A release brings it to devices.</p>}
      <ul className="flex flex-col gap-1 text-sm">
        {uses.map(({ use, name, kind, to }) => (
          <li key={use} className="flex justify-between gap-3">
            <Link to={to} className="min-w-0 truncate hover:underline">
              {name}
            </Link>
            <span className="text-faint">{kind}</span>
          </li>
        ))}
      </ul>
      {isCut && <p className="mt-2 text-sm text-muted">And more; these are the newest.</p>}
    </Card>
  );
}

function Signatures({ prn }: { prn: string }) {
  const { data } = useQuery(listOf("bundle_signatures", { search: `bundle_prn:${quoted(prn)}`, limit: 100 }));
  if (!data) return null;
  return (
    <Card title="Signatures">
      {data.items.length === 0 ? (
        <p className="mb-3 text-sm text-muted">None over the bundle itself; its binaries have their own.</p>
      ) : (
        <ul className="mb-3 flex flex-col gap-1.5 text-sm">
          {data.items.map((signature) => (
            <li key={signature.prn} className="flex flex-wrap items-center gap-x-3">
              <span>{signature.algorithm}</span>
              <Hash hash={signature.keyid} label="Copy the key identifier" />
              <span className="ml-auto text-muted">
                <When time={signature.inserted_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <CliHint command={`npx peridio bundle-signatures list --bundle-prn ${prn}`} />
    </Card>
  );
}
