import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** One `[[origin]]` of the file, with each setting checked as it is read. */
export interface OriginTable {
  has(setting: string): boolean;
  /** @throws Error also when it is missing */
  text(setting: string, pattern: RegExp, expected: string): string;
  oneOf<const V extends string>(setting: string, allowed: readonly V[], otherwise?: V): V;
  /** @param because ends the sentence of a refusal; may be empty */
  integer(setting: string, most: number, because: string): number;
  words(setting: string, pattern: RegExp, expected: string): string[];
  /** What is in the file that the setting names, seen from the folder of the origins. */
  file(setting: string): string;
  /** @throws Error about a setting that isn't one of these */
  allowOnly(settings: readonly string[]): void;
  /** An error about a setting, which never shows what is in a file. */
  problem(setting: string, what: string): Error;
}

/** @param file the one that has the table @param label how errors call the origin */
export function readTable(values: Readonly<Record<string, unknown>>, file: string, label: string): OriginTable {
  const show = (setting: string): string => JSON.stringify(values[setting]);
  const problem = (setting: string, what: string) =>
    new Error(`${label} has ${setting} = ${show(setting)}, which ${what}`);
  const missing = (setting: string, expected: string) => new Error(`${label} needs ${setting}: ${expected}`);

  const text = (setting: string, pattern: RegExp, expected: string): string => {
    const value = values[setting];
    if (value === undefined) throw missing(setting, expected);
    if (typeof value === "string" && pattern.test(value)) return value;
    throw problem(setting, `must be ${expected}`);
  };

  return {
    has: (setting) => values[setting] !== undefined,
    text,
    oneOf(setting, allowed, otherwise) {
      const value = values[setting] ?? otherwise;
      const found = allowed.find((name) => name === value);
      if (found !== undefined) return found;
      const expected = `one of ${allowed.join(", ")}`;
      throw value === undefined ? missing(setting, expected) : problem(setting, `must be ${expected}`);
    },
    integer(setting, most, because) {
      const value = values[setting];
      if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most) return value as number;
      const reason = because === "" ? "" : `, ${because}`;
      throw problem(setting, `must be a whole number of seconds from 1 to ${most}${reason}`);
    },
    words(setting, pattern, expected) {
      const value = values[setting] ?? [];
      const isFit = Array.isArray(value) && value.every((word) => typeof word === "string" && pattern.test(word));
      if (isFit) return value;
      throw problem(setting, `must be a list of ${expected}`);
    },
    file(setting) {
      const path = resolve(dirname(file), text(setting, /./, "the path of a file"));
      try {
        return readFileSync(path, "utf8");
      } catch (error) {
        throw problem(setting, `can't be read: ${(error as Error).message}`);
      }
    },
    allowOnly(settings) {
      const unknown = Object.keys(values).find((name) => !settings.includes(name));
      if (unknown === undefined) return;
      throw new Error(`${label} has an unknown setting '${unknown}'; it can have ${settings.join(", ")}`);
    },
    problem,
  };
}
