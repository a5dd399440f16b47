import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus, Tags } from "lucide-react";
import { useState } from "react";
import { useRefetchInterval } from "../../api/live.ts";
import { allOf, listOf } from "../../api/queries.ts";
import type { Resources } from "../../api/resources.ts";
import { both, quoted } from "../../api/search-text.ts";
import { paths } from "../../paths.ts";
import { ArchivedToggle } from "../../ui/archived.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { useListState } from "../../ui/list-state.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { SearchBox } from "../../ui/search-box.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { When } from "../../ui/when.tsx";
import { CreateBinary } from "../binaries/create.tsx";

/** Versions a page: each costs a request for its binaries. */
const rows = 12;
const most = 100;

type Version = Resources["artifact_versions"];
type Binary = Resources["binaries"];

/** Versions down, targets across, the state of each binary where they meet. */
export function Matrix({ artifactPrn, onCreate }: { artifactPrn: string; onCreate: (() => void) | undefined }) {
  const [state, change] = useListState();
  const only = `artifact_prn:${quoted(artifactPrn)}`;
  const query = { search: both(only, state.search), page: state.page, limit: rows };
  const versions = useQuery(listOf("artifact_versions", query));
  return (
    <Loaded query={versions}>
      {({ items, nextPage }) => {
        if (items.length === 0 && state.search === undefined && state.page === undefined) {
          const action = onCreate && (
            <Button look="primary" onClick={onCreate}>
              <Plus />
              New version
            </Button>
          );
          return (
            <>
              <div className="flex justify-end p-2.5">
                <ArchivedToggle />
              </div>
              <Empty title="No versions yet" icon={<Tags />} action={action}>
                A version holds one binary for each target that you build for. Create the first one, then drop its
                files.
              </Empty>
            </>
          );
        }
        return (
          <>
            <div className="flex flex-wrap items-start gap-2 p-2.5">
              <SearchBox
                resource="artifact_versions"
                wordsIn="version"
                value={state.search ?? ""}
                onSearch={(search) => change({ search })}
              />
              <ArchivedToggle />
            </div>
            <Cells versions={items} mayCreate={onCreate !== undefined} />
            {(state.page !== undefined || nextPage) && (
              <nav aria-label="Pages of the list" className="flex justify-end gap-2 border-t border-line p-2.5">
                {state.page !== undefined && (
                  <Button onClick={() => change({ search: state.search })}>Newest versions</Button>
                )}
                <Button disabled={!nextPage} onClick={() => change({ search: state.search, page: nextPage! })}>
                  Older versions
                </Button>
              </nav>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function Cells({ versions, mayCreate }: { versions: Version[]; mayCreate: boolean }) {
  const [creating, setCreating] = useState<{ version: Version; target?: string } | null>(null);
  const refetchInterval = useRefetchInterval(true);
  const found = useQueries({
    queries: versions.map(({ prn }) => ({
      ...allOf("binaries", { search: `artifact_version_prn:${quoted(prn)} and archived:'any'` }, most),
      refetchInterval,
    })),
  });
  const binaries = found.map(({ data }) => data?.items ?? []);
  const targets = [...new Set(binaries.flat().map(({ target }) => target))].sort();
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            <th scope="col" className="sticky left-0 h-8 bg-surface px-4 font-medium">
              Version
            </th>
            {targets.map((target) => (
              <th key={target} scope="col" className="h-8 px-3 font-mono font-normal whitespace-nowrap">
                {target}
              </th>
            ))}
            {mayCreate && (
              <th scope="col" className="h-8 px-3">
                <span className="sr-only">Another target</span>
              </th>
            )}
            <th scope="col" className="h-8 px-4 text-right font-medium max-md:hidden">
              Created
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version, at) => (
            <tr key={version.prn} className="border-b border-line last:border-0 hover:bg-hover">
              <th scope="row" className="sticky left-0 h-10 max-w-56 bg-inherit px-4 text-left font-medium">
                <Link to={paths.version(version.prn)} data-row="" className="break-words hover:underline">
                  {version.version}
                </Link>
                {version.archived && (
                  <span className="ml-2">
                    <StateBadge state="archived" />
                  </span>
                )}
              </th>
              {targets.map((target) => (
                <td key={target} className="h-10 px-3">
                  <Cell
                    all={binaries[at]!.filter((binary) => binary.target === target)}
                    label={`New binary for ${target} in ${version.version}`}
                    onCreate={mayCreate ? () => setCreating({ version, target }) : undefined}
                  />
                </td>
              ))}
              {mayCreate && (
                <td className="h-10 px-3">
                  <Add label={`New binary in ${version.version}`} onClick={() => setCreating({ version })} />
                </td>
              )}
              <td className="h-10 px-4 text-right text-muted max-md:hidden">
                <When time={version.inserted_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {creating && (
        <CreateBinary
          version={creating.version}
          target={creating.target}
          knownTargets={targets}
          onClose={() => setCreating(null)}
        />
      )}
    </div>
  );
}

/** One binary that isn't destroyed, at most; of destroyed ones the newest, where there is no other. */
function Cell({ all, label, onCreate }: { all: Binary[]; label: string; onCreate: (() => void) | undefined }) {
  const binary = all.find(({ state }) => state !== "destroyed") ?? all[0];
  if (!binary) return onCreate ? <Add label={label} onClick={onCreate} /> : <span className="text-faint">–</span>;
  const state = binary.archived ? "archived" : binary.state;
  return (
    <Link to={paths.binary(binary.prn)} aria-label={`${binary.target}: ${state}`} className="rounded-full">
      <StateBadge state={state} />
    </Link>
  );
}

function Add({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="inline-flex size-5 items-center justify-center rounded-full border border-dashed border-line-strong text-faint hover:border-accent hover:text-accent"
    >
      <Plus className="size-3" />
    </button>
  );
}
