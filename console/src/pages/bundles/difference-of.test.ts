import { describe, expect, it } from "vitest";
import { differenceOf } from "./difference-of.ts";
import type { Member } from "./members.ts";

const member = (prn: string, artifact: string, target = "arm"): Member =>
  ({ prn, artifact: { prn: artifact }, binary: { prn, target } }) as Member;

const changes = (before: Member[], after: Member[]) =>
  differenceOf(before, after).map(({ place, change }) => `${place}: ${change}`);

describe("the difference of two bundles", () => {
  it("says of each artifact and target whether it is new, gone, another or the same", () => {
    const before = [member("1", "kernel"), member("2", "app"), member("3", "modem")];
    const after = [member("5", "radio"), member("1", "kernel"), member("4", "app")];
    expect(changes(before, after)).toEqual([
      "radio arm: added",
      "kernel arm: same",
      "app arm: changed",
      "modem arm: removed",
    ]);
  });

  it("keeps targets of one artifact apart", () => {
    expect(changes([member("1", "app", "arm")], [member("2", "app", "x86")])).toEqual([
      "app x86: added",
      "app arm: removed",
    ]);
  });

  it("is none when only the order of several for one target is another", () => {
    const [a, b] = [member("1", "app"), member("2", "app")];
    expect(changes([a, b], [b, a])).toEqual(["app arm: same"]);
    expect(changes([a, b], [a])).toEqual(["app arm: changed"]);
  });
});
