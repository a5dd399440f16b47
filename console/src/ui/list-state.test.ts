import { describe, expect, it } from "vitest";
import { readListState } from "./list-state.ts";

describe("the state of a list in an address", () => {
  it("is read as it was written", () => {
    const state = { search: "name~'x'", order: "asc" as const, page: "abc" };
    expect(readListState(state)).toEqual(state);
  });

  it("leaves out what makes no sense, and the order that is usual", () => {
    expect(readListState({ search: "", order: "sideways", page: 7, other: "x" })).toEqual({});
    expect(readListState({ search: ["a"], order: "desc" })).toEqual({});
  });
});
