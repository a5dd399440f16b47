import { describe, expect, it } from "vitest";
import { both, quoted, searchFor } from "./search-text.ts";

describe("the text of a search", () => {
  it("escapes what would end a value", () => {
    expect(quoted("it's a \\ b")).toBe("'it\\'s a \\\\ b'");
  });

  it("looks for plain words in the key that is named", () => {
    expect(searchFor("  arm-7 ", "target")).toBe("target~'arm-7'");
    expect(searchFor("O'Neil", "name")).toBe("name~'O\\'Neil'");
    expect(searchFor(" ", "name")).toBe("");
  });

  it.each([
    "state:'signed'",
    "size>=100",
    "archived:true",
    "custom_metadata.build:77",
    "name~'x' and inserted_at>='2026-01-01T00:00:00Z'",
  ])("leaves %s as it is", (text) => {
    expect(searchFor(text, "name")).toBe(text);
  });

  it.each(["v1.2:3x", "10:30", "a-b"])("takes %s for words", (text) => {
    expect(searchFor(text, "name")).toMatch(/^name~'/);
  });

  it("joins the clauses that are there", () => {
    expect(both("a:'1'", undefined, "", "b:'2'")).toBe("a:'1' and b:'2'");
    expect(both(undefined, "")).toBeUndefined();
  });
});
