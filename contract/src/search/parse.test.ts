import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ApiError } from "../errors.ts";
import { type Operator, searchKeys } from "./keys.ts";
import { parseSearch } from "./parse.ts";

const keys = searchKeys.binaries;

function problem(text: string): string {
  try {
    parseSearch(text, keys);
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
  return "accepted";
}

describe("a search", () => {
  it("reads what the official CLI sends", () => {
    expect(parseSearch("target:'T' and artifact_version_prn:'P'", keys)).toEqual([
      { key: "target", operator: ":", type: "string", value: "T", position: 0 },
      { key: "artifact_version_prn", operator: ":", type: "string", value: "P", position: 15 },
    ]);
    const [clause] = parseSearch("signature.signing_key.keyid:'K'", searchKeys.binary_signatures);
    expect(clause).toMatchObject({ key: "signature.signing_key.keyid", value: "K" });
  });

  it("gives back any string that was quoted", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 50 }), (value) => {
        const quoted = `'${value.replaceAll(/['\\]/g, "\\$&")}'`;
        expect(parseSearch(`target:${quoted}`, keys)[0]?.value).toBe(value);
      }),
    );
  });

  it("gives back any number and operator", () => {
    const operators: Operator[] = [":", "<", "<=", ">", ">="];
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.constantFrom(...operators), (value, operator) => {
        expect(parseSearch(`size${operator}${value}`, keys)[0]).toMatchObject({ operator, value, type: "number" });
      }),
    );
  });

  it("throws nothing but a 400 that names a position, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."target:'~- andsize<=0\\") }), (text) => {
        const said = problem(text);
        expect(said === "accepted" || /^search: at character \d+: /.test(said)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["", /^search: at character 1: Expected a key but end of input found/],
    ["nonsense:'x'", /^search: at character 1: unknown key 'nonsense'; known keys: inserted_at, /],
    ["constructor:'x'", /unknown key 'constructor'/],
    ["custom_metadata.*:'x'", /at character 16: Expected an operator/],
    ["target : 'x'", /at character 7: Expected an operator/],
    ["target:x", /at character 8: Expected a number, a string in single quotes, or true or false/],
    ["target:'x", /at character 8/],
    ["target:'x'and size:1", /at character 11: Expected " and " or end of input/],
    ["target:'x' AND size:1", /at character 11/],
    ["target>'x'", /at character 1: 'target' can't be compared with '>'; it takes : ~$/],
    ["target:'x' and size:'1'", /at character 16: 'size' wants a whole number without quotes; got '1'/],
    ["size:1.5", /wants a whole number without quotes; got 1.5/],
    ["target:1", /'target' wants a string in single quotes; got 1/],
    ["inserted_at>'yesterday'", /wants a UTC time such as '2026-01-31T00:00:00Z'; got 'yesterday'/],
    ["inserted_at>'2026-13-01T00:00:00Z'", /wants a UTC time/],
    [Array(6).fill("size:1").join(" and "), /at character 56: a search has at most 5 clauses; got 6/],
    [`target:'${"x".repeat(5000)}'`, /a search has at most 4096 characters; got 5009/],
  ])("refuses %j", (text, message) => {
    expect(problem(text)).toMatch(message);
  });
});
