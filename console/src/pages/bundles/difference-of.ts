import type { Member } from "./members.ts";

export type Change = "added" | "removed" | "changed" | "same";

export interface Difference {
  /** An artifact for a target. */
  place: string;
  was: Member[];
  is: Member[];
  change: Change;
}

const placeOf = ({ artifact, binary }: Member) => `${artifact?.prn} ${binary?.target}`;

/** What a device that has the binaries of one bundle meets in another, by artifact and target; in the other one's order. */
export function differenceOf(before: readonly Member[], after: readonly Member[]): Difference[] {
  const old = Map.groupBy(before, placeOf);
  const young = Map.groupBy(after, placeOf);
  return [...new Set([...young.keys(), ...old.keys()])].map((place) => {
    const was = old.get(place) ?? [];
    const is = young.get(place) ?? [];
    return { place, was, is, change: changeOf(was, is) };
  });
}

function changeOf(was: readonly Member[], is: readonly Member[]): Change {
  if (was.length === 0) return "added";
  if (is.length === 0) return "removed";
  const binariesOf = (members: readonly Member[]) =>
    members
      .map(({ prn }) => prn)
      .sort()
      .join(" ");
  return binariesOf(was) === binariesOf(is) ? "same" : "changed";
}
