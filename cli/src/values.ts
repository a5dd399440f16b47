import { readFileSync } from "node:fs";
import type { Options } from "./command.ts";
import { usage } from "./exit.ts";

/** Reads options by name; each answers undefined when the option isn't given. */
export function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return value === undefined ? undefined : String(value);
}

/** @throws Failure 2 that names the option */
export function required(options: Options, ...names: string[]): string {
  for (const name of names) {
    const value = text(options, name);
    if (value !== undefined && value !== "") return value;
  }
  const flags = names.map(flag).join(" or ");
  throw usage(`${flags} is needed${names.some((name) => options[name] === "") ? "; got an empty value" : ""}`);
}

export function integer(options: Options, name: string): number | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value) && Number.isSafeInteger(Number(value))) return Number(value);
  throw usage(`${flag(name)} must be a whole number; got '${value}'`);
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
