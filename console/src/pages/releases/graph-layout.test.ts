import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Linked, layoutChannel } from "./graph-layout.ts";

/** Releases by their names, each with its next one, the oldest first. */
const channel = (...links: [string, string | null][]): Linked[] =>
  links.map(([prn, next_release_prn], at) => ({ prn, next_release_prn, inserted_at: `2026-01-0${at + 1}` }));

const places = (releases: Linked[]) =>
  Object.fromEntries(layoutChannel(releases).nodes.map(({ release, column, row }) => [release.prn, [column, row]]));

describe("the layout of a channel", () => {
  it("is nothing for nothing", () => {
    expect(layoutChannel([])).toEqual({ nodes: [], edges: [], columns: 0, rows: 0 });
  });

  it("puts a line into one row, the newest at the right", () => {
    expect(places(channel(["a", "b"], ["b", "c"], ["c", null]))).toEqual({ a: [0, 0], b: [1, 0], c: [2, 0] });
  });

  it("keeps the longest way in the first row, and puts a hotfix below, beside what it replaces", () => {
    const releases = channel(["a", "b"], ["b", "c"], ["c", null], ["hotfix", "b"], ["late", "c"]);
    expect(places(releases)).toEqual({ a: [0, 0], b: [1, 0], c: [2, 0], hotfix: [0, 1], late: [1, 2] });
  });

  it("puts what leads to a release that isn't given at the right edge", () => {
    expect(places(channel(["a", "elsewhere"], ["b", null]))).toEqual({ b: [0, 0], a: [0, 1] });
  });

  it("gives every release a place of its own, one column before its next one", () => {
    // Each leads to one that was there before it; the first is the newest.
    const trees = fc.array(fc.nat(), { minLength: 1, maxLength: 40 }).map((choices) =>
      choices.map((choice, at): Linked => {
        const next = at === 0 ? null : String(choice % at);
        return { prn: String(at), next_release_prn: next, inserted_at: String(choice) };
      }),
    );
    fc.assert(
      fc.property(trees, (releases) => {
        const { nodes, edges, columns, rows } = layoutChannel(releases);
        expect(nodes).toHaveLength(releases.length);
        expect(new Set(nodes.map(({ column, row }) => `${column} ${row}`)).size).toBe(nodes.length);
        expect(edges).toHaveLength(releases.length - 1);
        for (const [from, to] of edges) expect(from.column).toBe(to.column - 1);
        for (const { column, row } of nodes)
          expect(column >= 0 && column < columns && row >= 0 && row < rows).toBe(true);
      }),
    );
  });
});
