import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { allOf } from "../../api/queries.ts";
import type { Resources } from "../../api/resources.ts";
import { Card } from "../../ui/card.tsx";
import { inputShape } from "../../ui/form-shape.ts";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Change, differenceOf } from "./difference-of.ts";
import { type Member, mostMembers, useMembers } from "./members.ts";

const membersOf = (bundle: Resources["bundles"] | undefined) =>
  (bundle?.binaries ?? []).slice(0, mostMembers).map(({ prn }) => prn);

/** What a device that has another bundle would get anew with this one, what it would keep, and what would go. */
export function Difference({ bundle }: { bundle: Resources["bundles"] }) {
  const { data } = useQuery(allOf("bundles", {}, 200));
  const [chosen, choose] = useState("");
  const others = data?.items.filter(({ prn }) => prn !== bundle.prn) ?? [];
  const other = others.find(({ prn }) => prn === chosen);
  const before = useMembers(membersOf(other));
  const after = useMembers(membersOf(bundle));
  if (others.length === 0) return null;
  const isKnown = [...before, ...after].every(({ artifact }) => artifact !== undefined);
  const isCut = [bundle, other].some((each) => (each?.binaries?.length ?? 0) > mostMembers);
  return (
    <Card title="Compare">
      <select
        aria-label="The bundle to compare with"
        value={chosen}
        onChange={(event) => choose(event.target.value)}
        className={`${inputShape} h-8.5`}
      >
        <option value="">From which bundle?</option>
        {others.map(({ prn, name }) => (
          <option key={prn} value={prn}>
            {name ?? `unnamed (${prn.slice(-12)})`}
          </option>
        ))}
      </select>
      {other && !isKnown && <p className="mt-3 text-sm text-muted">Looking up the binaries…</p>}
      {other && isKnown && <Changes before={before} after={after} />}
      {other && isCut && <p className="mt-3 text-sm text-muted">Only the first {mostMembers} of each are compared.</p>}
    </Card>
  );
}

function Changes({ before, after }: { before: Member[]; after: Member[] }) {
  return (
    <ul className="mt-3 flex flex-col text-sm">
      {differenceOf(before, after).map(({ place, was, is, change }) => {
        const { artifact, binary } = (is[0] ?? was[0])!;
        return (
          <li
            key={place}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 last:border-0"
          >
            <span className="font-medium">{artifact?.name}</span>
            <span className="font-mono text-xs text-muted">{binary?.target}</span>
            <span className="ml-auto flex items-center gap-3 text-muted">
              {change === "changed" ? `${versionsOf(was)} → ${versionsOf(is)}` : versionsOf(is.length > 0 ? is : was)}
              <StateBadge state={change} tone={tones[change]} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const tones = { added: "good", removed: "bad", changed: "warn", same: "quiet" } as const satisfies Record<
  Change,
  string
>;

const versionsOf = (members: Member[]) => members.map(({ version }) => version?.version).join(", ");
