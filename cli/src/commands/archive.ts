import { call } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { agree } from "../ask.ts";
import { leaf } from "../command.ts";
import { connect } from "../config/settings.ts";
import { print } from "../output.ts";
import { required } from "../values.ts";
import { type Filter, prnOf, quote, type Resource, withPrn, wordsOf } from "./crud.ts";

/** `--archived any` of a list. */
export const archivedFilter: Filter = {
  flags: "--archived <which>",
  description: "true: only what is archived, any: that too; default: false",
  option: "archived",
  key: "archived",
  write: (which) => (which === "any" ? quote(which) : which),
};

/** `archive` and `unarchive`. @param along what goes with it: ` and its binaries` */
export function archiveCommands(parent: Command, resource: Resource, along = ""): void {
  const meanings = {
    archive: `Hide a ${resource.noun}${along} from lists and keep it out of new bundles; it can be taken back`,
    unarchive: `Take back a ${resource.noun}${along} from the archive`,
  };
  for (const [name, meaning] of Object.entries(meanings)) {
    const example = `peridio ${wordsOf(parent)} ${name} --prn $PRN`;
    const command = leaf(parent, name, meaning, example, async (options) => {
      const body = { archived: name === "archive" };
      print(
        await call(connect(options), "PATCH", `/${resource.plural}/${prnOf(options, resource)}`, { body }),
        options.output,
      );
    });
    withPrn(command, resource);
  }
}

/** `hold`: what nobody can take back, so it is asked about. @param what is held, in words */
export function holdCommand(parent: Command, resource: Resource, what: string): void {
  const meaning = `Hold ${what} until a date before which nobody can remove it, not even an admin`;
  const example = `peridio ${wordsOf(parent)} hold --prn $PRN --until 2036-01-01T00:00:00Z --reason 'case 17'`;
  const command = leaf(parent, "hold", meaning, example, async (options) => {
    const prn = prnOf(options, resource);
    const body = { until: required(options, "until"), reason: required(options, "reason") };
    await agree(`Hold ${prn} until ${body.until}? It can be prolonged, but never taken back.`, options.yes === true);
    print(await call(connect(options), "POST", `/${resource.plural}/${prn}/hold`, { body }), options.output);
  });
  withPrn(command, resource)
    .option("--until <time>", "RFC 3339, such as 2036-01-01T00:00:00Z; later than a hold that lasts")
    .option("--reason <text>", "why, up to 256 characters; whoever is refused reads it")
    .option("--yes", "don't ask");
}
