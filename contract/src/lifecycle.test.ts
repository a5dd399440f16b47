import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type BinaryState, binaryStates, meaningOf, refusal, statesUserMayAsk, transitions } from "./lifecycle.ts";

describe("the lifecycle", () => {
  /** Rows: the present state. Columns: the state that is asked for. m: moves, =: unchanged, .: refused. */
  const table = `
               uploadable hashable hashing signable signed destroyed
    uploadable m          m        .       .        .      .
    hashable   m          =        =       .        .      .
    hashing    m          =        =       .        .      .
    signable   m          =        =       =        .      m
    signed     .          =        =       =        =      m
    destroyed  .          .        .       .        .      =`;
  const [columns = [], ...rows] = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));

  it.each(rows)("from %s", (from, ...marks) => {
    const meanings = { m: "move", "=": "unchanged", ".": "refused" };
    const expected = marks.map((mark) => meanings[mark as keyof typeof meanings]);
    const actual = columns.map((asked) => meaningOf(from as BinaryState, asked as BinaryState));
    expect(actual).toEqual(expected);
  });

  it("leads from a fresh record to every state, and out of destroyed to none", () => {
    const reached = new Set<BinaryState>(["uploadable"]);
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      for (const { from, to } of transitions) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...binaryStates].sort());
    expect(transitions.filter(({ from }) => from === "destroyed")).toEqual([]);
  });

  it("names the present state and what is allowed when it refuses", () => {
    expect(refusal("hashable", "destroyed")).toBe(
      "can't become 'destroyed' while it is 'hashable'; it may become 'uploadable'",
    );
    expect(refusal("destroyed", "uploadable")).toBe("can't become 'uploadable' while it is 'destroyed'; it is final");
    expect(refusal("signable", "signed")).toMatch(/without a valid signature/);
  });

  it("is drawn in the documentation as it is", () => {
    const page = readFileSync(new URL("../../docs/lifecycle.md", import.meta.url), "utf8");
    const drawn = [...page.matchAll(/^ {4}(\w+) -->\|[^|]*\| (\w+)$/gm)].map(([, from, to]) => `${from} ${to}`);
    const arrows = new Set(transitions.map(({ from, to }) => `${from} ${to}`));
    expect(new Set(drawn)).toEqual(arrows);
  });

  it("lets a user ask for moves only", () => {
    expect(statesUserMayAsk("signable")).toEqual(["uploadable", "destroyed"]);
    expect(statesUserMayAsk("hashing")).toEqual(["uploadable"]);
  });
});
