import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareVersions, parseRequirement, parseVersion, satisfies } from "./elixir-version.ts";

const fits = (version: string, requirement: string) =>
  satisfies(parseVersion(version)!, parseRequirement(requirement)!);

describe("versions as Elixir reads them", () => {
  test.each([
    "1.0.0",
    "1.0.0-rc.1",
    "1.0.0+b",
    "1.0.0-rc.1+b",
    "0.0.0",
    "1.0.0-x-y.0a",
    "1.0.0+01",
    "99999999999999999999.0.0",
  ])("'%s' is one", (text) => expect(parseVersion(text)).not.toBeNull());

  test.each([
    "1.0",
    "1",
    "v1.0.0",
    "01.0.0",
    "1.0.0-01",
    "1.0.0.0",
    " 1.0.0",
    "1.0.0 ",
    "",
    "1.0.0-",
    "1.0.0+",
    "1.0.0-a..b",
    "1.0.0-é",
    "1.0.0\n",
    "-1.0.0",
    "1..0",
  ])("'%s' is none", (text) => expect(parseVersion(text)).toBeNull());
});

describe("requirements as Elixir reads them", () => {
  test.each([
    "== 1.0.0",
    "1.0.0",
    ">1.0.0",
    "<= 2.0.0",
    ">= 3.0.0-alpha",
    "~> 1.2",
    "~> 1.2.3",
    "~> 1.2.3-rc.1",
    "!= 1.0.0",
    "! 1.0.0",
    "!1.0.0",
    ">= 1.0.0 and < 2.0.0",
    "~> 1.2 or >= 3.0.0",
    "1.0.0  or  1.1.0",
  ])("'%s' is one", (text) => expect(parseRequirement(text)).not.toBeNull());

  test.each([
    "= 1.0.0",
    "1.0",
    ">= 1.0",
    "~> 1",
    "^1.0.0",
    "*",
    "",
    " ",
    ">= 1.0.0, < 2.0.0",
    "(>= 1.0.0)",
    ">= 1.0.0 AND < 2.0.0",
    ">= 1.0.0 and",
    "or 1.0.0",
    "1.0.0 2.0.0",
    "> = 1.0.0",
    "1.0.0 > 1.0.0",
    "1.0.0 and  and 1.0.0",
    "~> 1.2\tor 1.0.0",
  ])("'%s' is none", (text) => expect(parseRequirement(text)).toBeNull());

  test.each([
    ["1.2.0", "~> 1.2", true],
    ["1.9.9", "~> 1.2", true],
    ["1.1.9", "~> 1.2", false],
    ["2.0.0", "~> 1.2", false],
    ["1.2.3", "~> 1.2.3", true],
    ["1.2.9", "~> 1.2.3", true],
    ["1.2.2", "~> 1.2.3", false],
    ["1.3.0", "~> 1.2.3", false],
    ["1.3.0-rc.1", "~> 1.2", true],
    ["1.0.1-rc.1", "~> 1.0.0", true],
    ["2.0.0-rc.1", "~> 1.2", false],
    ["1.1.0-rc.1", "~> 1.0.0", false],
    ["1.0.0-dev", "~> 1.0", false],
    ["1.2.3-rc.2", "~> 1.2.3-rc.1", true],
    ["1.0.0+a", "== 1.0.0", true],
    ["1.0.0", "== 1.0.0+b", true],
    ["1.0.0", "1.0.0", true],
    ["1.0.0", "! 1.0.0", false],
    ["1.0.1", "!= 1.0.0", true],
    ["1.0.0", "> 1.0.0", false],
    ["1.0.0", "<= 1.0.0", true],
    // `and` binds tighter: the first alone suffices, the last doesn't.
    ["1.0.0", "1.0.0 or 2.0.0 and 3.0.0", true],
    ["3.0.0", "1.0.0 or 2.0.0 and 3.0.0", false],
    ["3.0.0", "1.0.0 and 2.0.0 or 3.0.0", true],
  ])("%s fits '%s': %s", (version, requirement, answer) => expect(fits(version, requirement)).toBe(answer));

  test("rc.2 comes before rc.10, numbers before words, a release after its candidates", () => {
    const sorted = ["1.0.0-1", "1.0.0-rc", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0-rc.x", "1.0.0", "1.0.1-a"];
    const shuffled = [...sorted].reverse();
    shuffled.sort((a, b) => compareVersions(parseVersion(a)!, parseVersion(b)!));
    expect(shuffled).toEqual(sorted);
  });
});

describe("the order of versions", () => {
  const identifier = fc.oneof(fc.nat(12).map(String), fc.constantFrom("a", "rc", "Z", "1a", "-"));
  const text = fc
    .tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.array(identifier, { maxLength: 3 }))
    .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre.length > 0 ? `-${pre.join(".")}` : ""}`);
  const version = text.map((version) => parseVersion(version)!);
  const sign = (a: typeof version extends fc.Arbitrary<infer V> ? V : never, b: typeof a) =>
    Math.sign(compareVersions(a, b));

  test("is total: any two are in one order, and the other way round in the opposite", () => {
    fc.assert(fc.property(version, version, (a, b) => sign(a, b) === -sign(b, a)));
  });

  test("is transitive", () => {
    fc.assert(
      fc.property(version, version, version, (...three) => {
        const [a, b, c] = three.sort(compareVersions) as typeof three;
        return sign(a, b) <= 0 && sign(b, c) <= 0 && sign(a, c) <= 0;
      }),
    );
  });

  test("says equal of the same text only, leaving out the build", () => {
    fc.assert(fc.property(text, text, (a, b) => (sign(parseVersion(a)!, parseVersion(b)!) === 0) === (a === b)));
  });

  test("agrees with what the requirements say", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const order = sign(parseVersion(a)!, parseVersion(b)!);
        return (
          fits(a, `< ${b}`) === order < 0 &&
          fits(a, `<= ${b}`) === order <= 0 &&
          fits(a, b) === (order === 0) &&
          fits(a, `!${b}`) === (order !== 0) &&
          fits(a, `>= ${b}`) === order >= 0 &&
          fits(a, `>${b}`) === order > 0
        );
      }),
    );
  });
});
