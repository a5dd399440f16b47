import { readFileSync } from "node:fs";
import type { Options } from "./command.ts";
import { usage } from "./exit.ts";
import { checkPrn, type PrnType } from "./prn.ts";

/** Reads options by name; each answers undefined when the option isn't given. */
export function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return value === undefined ? undefined : String(value);
}

/** The first of these options that is given. @throws Failure 2 that names them */
export function required(options: Options, ...names: string[]): string {
  for (const name of names) {
    const value = text(options, name);
    if (value !== undefined && value !== "") return value;
  }
  throw usage(`${names.map(flag).join(" or ")} is needed${emptyAmong(options, names)}`);
}

/** @throws Failure 2 that names all that are missing */
export function requireAll(options: Options, ...names: string[]): void {
  const missing = names.filter((name) => !text(options, name));
  if (missing.length === 0) return;
  const flags = missing.map(flag).join(" and ");
  throw usage(`${flags} ${missing.length === 1 ? "is" : "are"} needed${emptyAmong(options, missing)}`);
}

/** In scripts an empty value is mostly a variable that was never set. */
function emptyAmong(options: Options, names: string[]): string {
  return names.some((name) => options[name] === "") ? "; got an empty value" : "";
}

/** A PRN of this type by the first of these options that is given. @throws Failure 2 */
export function requiredPrn(options: Options, type: PrnType, ...names: string[]): string {
  const prn = required(options, ...names);
  return checkPrn(prn, type, flag(names.find((name) => text(options, name) === prn) ?? names[0]!));
}

/** The same of one that may be left out. */
export function optionalPrn(options: Options, type: PrnType, name: string): string | undefined {
  return text(options, name) === undefined ? undefined : requiredPrn(options, type, name);
}

export function integer(options: Options, name: string): number | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value) && Number.isSafeInteger(Number(value))) return Number(value);
  throw usage(`${flag(name)} must be a whole number; got '${value}'`);
}

/** A number with or without a fraction, such as a share. */
export function decimal(options: Options, name: string): number | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  if (/^\d*\.?\d+$/.test(value)) return Number(value);
  throw usage(`${flag(name)} must be a number, such as 0.25; got '${value}'`);
}

/** `--disabled true`, or the option alone where it may stand so. */
export function truth(options: Options, name: string): boolean | undefined {
  const value = options[name] as string | boolean | undefined;
  if (value === undefined || value === true) return value;
  if (value === "true" || value === "false") return value === "true";
  throw usage(`${flag(name)} must be true or false; got '${value}'`);
}

/** Words of an option that may be repeated, or hold several separated by commas. */
export function words(options: Options, name: string): string[] | undefined {
  const value = options[name] as string[] | undefined;
  return value?.flatMap((one) => one.split(",")).filter((word) => word !== "");
}

/** `--custom-metadata '{"a": 1}'` or `--custom-metadata @file.json`. */
export function metadata(options: Options): Record<string, unknown> | undefined {
  const given = text(options, "customMetadata");
  if (given === undefined) return undefined;
  try {
    const json = given.startsWith("@") ? readFileSync(given.slice(1), "utf8") : given;
    const value = JSON.parse(json) as unknown;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw usage(`--custom-metadata can't be read as JSON: ${(error as Error).message}`);
  }
  throw usage("--custom-metadata must be a JSON object, or @FILE that holds one");
}

/** Leaves out what isn't given. */
export function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function flag(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
