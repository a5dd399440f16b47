import { call } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { agree } from "../ask.ts";
import { leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { print } from "../output.ts";
import type { PrnType } from "../prn.ts";
import { given, integer, requiredPrn, text } from "../values.ts";

/** A kind of thing that can be got, listed and deleted in the same way as all others. */
export interface Resource {
  /** Path segment and key of a list: `artifacts`. */
  plural: string;
  /** In words: `artifact`. */
  noun: string;
  /** As its PRN says it. */
  type: PrnType;
  /** The option that names one, beside `--prn`: `artifactPrn`. */
  prnOption: string;
}

export function prnOf(options: Options, resource: Resource): string {
  return requiredPrn(options, resource.type, "prn", resource.prnOption);
}

/** What is typed for a group of commands: `storage moves`. */
export function wordsOf(group: Command): string {
  return group.parent?.parent ? `${wordsOf(group.parent)} ${group.name()}` : group.name();
}

/** `--prn P`, and the name that the official CLI gives it. */
export function withPrn(command: Command, resource: Resource): Command {
  const long = `--${resource.prnOption.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  command.option("--prn <prn>", `PRN of the ${resource.noun}`);
  return long === "--prn" ? command : command.option(`${long} <prn>`, "the same");
}

export function getCommand(parent: Command, resource: Resource): Command {
  const example = `peridio ${wordsOf(parent)} get --prn $PRN`;
  const command = leaf(parent, "get", `Show one ${resource.noun}`, example, async (options) => {
    print(await call(connect(options), "GET", `/${resource.plural}/${prnOf(options, resource)}`), options.output);
  });
  return withPrn(command, resource);
}

/** @param consequence what can't be undone by it; on a terminal it is asked about first */
export function deleteCommand(parent: Command, resource: Resource, consequence?: string): Command {
  const example = `peridio ${wordsOf(parent)} delete --prn $PRN`;
  const command = leaf(parent, "delete", `Delete one ${resource.noun}`, example, async (options) => {
    if (consequence) await agree(`Delete ${prnOf(options, resource)}? ${consequence}`, options.yes === true);
    await call(connect(options), "DELETE", `/${resource.plural}/${prnOf(options, resource)}`);
  });
  if (consequence) command.option("--yes", "don't ask");
  return withPrn(command, resource);
}

/** A filter of its own name: `--target T` becomes the clause `target:'T'`. */
export interface Filter {
  flags: string;
  description: string;
  option: string;
  key: string;
  /** The value in the search language; between quotes, when absent. */
  write?: (value: string) => string;
}

const pageLimit = 100;

export function listCommand(parent: Command, resource: Resource, filters: Filter[] = []): Command {
  const command = leaf(
    parent,
    "list",
    `List ${resource.plural.replaceAll("_", " ")}, newest first`,
    `peridio ${wordsOf(parent)} list --search "inserted_at>='2026-01-01T00:00:00Z'" --all --output table`,
    async (options) => {
      await printList(options, `/${resource.plural}`, resource.plural, filters);
    },
  );
  for (const { flags, description } of filters) command.option(flags, description);
  return withPages(command.option("--search <query>", "one to five clauses joined by ' and ', such as name~'cam'"));
}

/** Which part of a list. */
export function withPages(command: Command): Command {
  return command
    .option("--limit <number>", "how many at once, 1 to 100; default: 10")
    .option("--order <order>", "by time: asc or desc")
    .option("--page <cursor>", "next_page of the answer before")
    .option("--all", "all pages");
}

/** A list of what belongs to one thing, which has no search. @param key of the list in its answer */
export function listOfCommand(
  parent: Command,
  resource: Resource,
  key: string,
  description: string,
  example: string,
): Command {
  const command = leaf(parent, "list", description, example, async (options) => {
    await printList(options, `/${resource.plural}/${prnOf(options, resource)}/${key}`, key, []);
  });
  return withPages(withPrn(command, resource));
}

/** @param more of the query, beside pages and filters */
export async function printList(
  options: Options,
  path: string,
  key: string,
  filters: Filter[],
  more: Record<string, string> = {},
): Promise<void> {
  const query = { ...readListQuery(options, filters), ...more };
  const client = connect(options);
  const fetch = (page: Record<string, string>) => call(client, "GET", path, { query: { ...query, ...page } });
  print(options.all ? await everyPage(key, fetch) : await fetch({}), options.output);
}

function readListQuery(options: Options, filters: Filter[]): Record<string, string> {
  const clauses = filters
    .filter(({ option }) => options[option] !== undefined)
    .map(({ option, key, write = quote }) => `${key}:${write(String(options[option]))}`);
  if (options.search !== undefined) clauses.push(String(options.search));
  return given({
    search: clauses.length > 0 ? clauses.join(" and ") : undefined,
    limit: integer(options, "limit") ?? (options.all ? pageLimit : undefined),
    order: text(options, "order"),
    page: text(options, "page"),
  }) as Record<string, string>;
}

/** A string of the search language. */
export function quote(value: string): string {
  return `'${value.replaceAll(/['\\]/g, (character) => `\\${character}`)}'`;
}

async function everyPage(key: string, fetch: (page: Record<string, string>) => Promise<unknown>) {
  const items: unknown[] = [];
  for (let page: Record<string, string> = {}; ; ) {
    const body = (await fetch(page)) as Record<string, unknown>;
    items.push(...(body[key] as unknown[]));
    if (!body.next_page) return { ...body, [key]: items, next_page: null };
    page = { page: String(body.next_page) };
  }
}

/** PATCHes what is given. @throws Failure 2 when nothing is */
export async function update(options: Options, resource: Resource, fields: Record<string, unknown>): Promise<unknown> {
  const body = given(fields);
  const prn = prnOf(options, resource);
  if (Object.keys(body).length === 0) throw usage("nothing to change is given; see --help");
  return call(connect(options), "PATCH", `/${resource.plural}/${prn}`, { body });
}
