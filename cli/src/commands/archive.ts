import { call } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { leaf } from "../command.ts";
import { connect } from "../config/settings.ts";
import { print } from "../output.ts";
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
