/*
 * Versions and requirements as Elixir's `Version` reads them, since official agents parse them with it. Source: Elixir
 * 1.14, lib/version.ex. It is SemVer 2.0; numbers have no bound.
 */

export interface Version {
  major: bigint;
  minor: bigint;
  patch: bigint;
  /** Numbers come before words; none at all comes after any. */
  pre: readonly (bigint | string)[];
}

const operators = [">=", "<=", "~>", "==", "!=", ">", "<", "!"] as const;
type Operator = Exclude<(typeof operators)[number], "!">;

interface Condition {
  operator: Operator;
  version: Version;
  /** Of `~> 1.2`, which has no patch: all of 1. */
  wide: boolean;
}

/** Fits when all conditions of one of the groups hold. */
export type Requirement = readonly (readonly Condition[])[];

const digits = /^(0|[1-9]\d*)$/;
const identifier = /^[0-9A-Za-z-]+$/;

/** Null when Elixir would not take it. Build metadata is checked, then ignored. */
export function parseVersion(text: string): Version | null {
  return read(text, false)?.version ?? null;
}

function read(text: string, patchMayLack: boolean): { version: Version; wide: boolean } | null {
  const [unbuilt, build] = splitOnce(text, "+");
  const [numbers, pre] = splitOnce(unbuilt, "-");
  const parts = numbers.split(".");
  const wide = patchMayLack && parts.length === 2;
  if ((parts.length !== 3 && !wide) || !parts.every((part) => digits.test(part))) return null;
  if (build !== null && !build.split(".").every((part) => identifier.test(part))) return null;
  const identifiers = pre === null ? [] : pre.split(".");
  if (!identifiers.every((part) => identifier.test(part) && (!/^\d+$/.test(part) || digits.test(part)))) return null;
  const [major, minor, patch = 0n] = parts.map(BigInt) as [bigint, bigint, bigint?];
  return { version: { major, minor, patch, pre: identifiers.map((id) => (digits.test(id) ? BigInt(id) : id)) }, wide };
}

function splitOnce(text: string, separator: string): [string, string | null] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** Below 0 when `a` comes before `b`, 0 when they are equal but for their build. */
export function compareVersions(a: Version, b: Version): number {
  return (
    compare(a.major, b.major) || compare(a.minor, b.minor) || compare(a.patch, b.patch) || comparePre(a.pre, b.pre)
  );
}

function comparePre(a: Version["pre"], b: Version["pre"]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [left, right] = [a[index]!, b[index]!];
    if (typeof left !== typeof right) return typeof left === "bigint" ? -1 : 1;
    const order = compare(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compare<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Null when Elixir would not take it. `and` binds tighter than `or`. */
export function parseRequirement(text: string): Requirement | null {
  const groups = text.split(" or ").map((group) => group.split(" and ").map(readCondition));
  return groups.every((group): group is Condition[] => group.every((condition) => condition !== null)) ? groups : null;
}

function readCondition(text: string): Condition | null {
  const begun = text.replace(/^ +/, "");
  const written = operators.find((operator) => begun.startsWith(operator));
  const operator = written === "!" ? "!=" : (written ?? "==");
  // Elixir's reader leaves out every space that it meets.
  const found = read(begun.slice(written?.length ?? 0).replaceAll(" ", ""), operator === "~>");
  return found && { operator, ...found };
}

export function satisfies(version: Version, requirement: Requirement): boolean {
  return requirement.some((group) => group.every((condition) => holds(version, condition)));
}

function holds(version: Version, { operator, version: bound, wide }: Condition): boolean {
  const order = compareVersions(version, bound);
  switch (operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case "~>":
      return order >= 0 && version.major === bound.major && (wide || version.minor === bound.minor);
  }
}
