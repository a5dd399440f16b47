import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { allOf } from "../../api/queries.ts";
import type { Resources } from "../../api/resources.ts";
import { quoted } from "../../api/search-text.ts";
import { paths } from "../../paths.ts";
import { Skeleton } from "../../ui/card.tsx";
import { classes } from "../../ui/classes.ts";
import { Problem } from "../../ui/problem.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { layoutChannel, type Placed } from "./graph-layout.ts";
import { phaseOf, stateOf } from "./state.ts";

type Release = Resources["releases"];

/** Releases that are drawn; of a longer channel the newest. */
const mostDrawn = 60;

/** Pixels: a release, and what lies between two. */
const width = 168;
const height = 64;
const gap = { x: 40, y: 16 };
const xOf = ({ column }: Placed<Release>) => column * (width + gap.x);
const yOf = ({ row }: Placed<Release>) => row * (height + gap.y);

/** The releases of a cohort, each leading to its next one, the newest at the right. */
export function Channel({ cohortPrn, here }: { cohortPrn: string; here?: string }) {
  const search = `cohort_prn:${quoted(cohortPrn)}`;
  const { data, error, refetch } = useQuery(allOf("releases", { search }, mostDrawn));
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton className="m-4 h-16" />;
  if (data.items.length === 0) return <p className="p-4 text-sm text-muted">Nothing was released to it yet.</p>;
  return (
    <>
      <Graph releases={data.items} {...(here !== undefined && { here })} />
      {data.more && <p className="px-4 pb-3 text-xs text-muted">The {mostDrawn} newest releases of the channel.</p>}
    </>
  );
}

function Graph({ releases, here }: { releases: Release[]; here?: string }) {
  const frame = useRef<HTMLElement>(null);
  const { nodes, edges, columns, rows } = layoutChannel(releases);
  const size = { width: columns * (width + gap.x) - gap.x, height: rows * (height + gap.y) - gap.y };
  // The newest is what counts.
  useEffect(() => {
    frame.current?.scrollTo({ left: columns * (width + gap.x) });
  }, [columns]);
  const names = new Map(releases.map(({ prn, name }) => [prn, name]));
  return (
    <section ref={frame} aria-label="The channel as a graph" className="overflow-x-auto p-4">
      <div className="relative" style={size}>
        <svg {...size} aria-hidden="true" className="absolute inset-0 text-line-strong">
          {edges.map(([from, to]) => (
            <Edge key={from.release.prn} from={from} to={to} />
          ))}
        </svg>
        <ol>
          {nodes.map((node) => (
            <li key={node.release.prn} className="absolute" style={{ left: xOf(node), top: yOf(node), width, height }}>
              <Node
                release={node.release}
                isHere={node.release.prn === here}
                next={names.get(node.release.next_release_prn ?? "")}
              />
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function Edge({ from, to }: { from: Placed<Release>; to: Placed<Release> }) {
  const start = { x: xOf(from) + width, y: yOf(from) + height / 2 };
  const end = { x: xOf(to), y: yOf(to) + height / 2 };
  const middle = (start.x + end.x) / 2;
  const line = `M ${start.x} ${start.y} C ${middle} ${start.y}, ${middle} ${end.y}, ${end.x - 6} ${end.y}`;
  const head = `M ${end.x - 6} ${end.y - 4} L ${end.x} ${end.y} L ${end.x - 6} ${end.y + 4}`;
  return (
    <g fill="none" stroke="currentColor" strokeWidth="1.5">
      <path d={line} />
      <path d={head} />
    </g>
  );
}

function Node({ release, isHere, next }: { release: Release; isHere: boolean; next: string | undefined }) {
  const { prn, name, version, required, next_release_prn: nextPrn } = release;
  const isNewest = nextPrn === null;
  return (
    <Link
      to={paths.release(prn)}
      aria-current={isHere ? "page" : undefined}
      title={`${name}: ${phaseOf(release)}`}
      className={classes(
        "flex h-full flex-col justify-center gap-1 rounded-md border bg-raised px-3 hover:bg-hover",
        isHere ? "border-accent" : "border-line-strong",
      )}
    >
      <span className="flex items-baseline gap-2">
        <span className="truncate text-sm font-medium">{name}</span>
        {version !== null && version !== name && (
          <span className="truncate font-mono text-2xs text-muted">{version}</span>
        )}
      </span>
      <span className="flex items-center gap-1.5">
        <StateBadge state={stateOf(release)} />
        {isNewest && <span className="text-2xs text-muted">newest</span>}
        {required && <span className="text-2xs text-muted">required</span>}
      </span>
      <span className="sr-only">{isNewest ? "" : next ? `, followed by ${next}` : ", followed by another"}</span>
    </Link>
  );
}
