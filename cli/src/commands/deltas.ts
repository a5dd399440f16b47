import { call } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf } from "../command.ts";
import { connect } from "../config/settings.ts";
import { print, tell } from "../output.ts";
import { given, requiredPrn, words } from "../values.ts";
import { deleteCommand, getCommand, listCommand } from "./crud.ts";

const delta = { plural: "deltas", noun: "delta", type: "delta", prnOption: "deltaPrn" } as const;

interface Created {
  deltas: unknown[];
  unavailable: string[];
}

export function deltaCommands(program: Command): void {
  const deltas = group(program, "deltas", "What turns one binary into another, for devices that hold the former");
  leaf(
    deltas,
    "create",
    "Have deltas made in the background, one by each program of the server",
    "peridio deltas create --from $OLD_BINARY_PRN --to $NEW_BINARY_PRN",
    async (options) => {
      const body = given({
        from_binary_prn: requiredPrn(options, "binary", "from"),
        to_binary_prn: requiredPrn(options, "binary", "to"),
        algorithms: words(options, "algorithm"),
      });
      const answer = (await call(connect(options), "POST", "/deltas", { body })) as Created;
      if (answer.unavailable.length > 0) tell(`The server lacks ${answer.unavailable.join(" and ")}.`);
      print(options.output === "table" ? { deltas: answer.deltas, next_page: null } : answer, options.output);
    },
  )
    .option("--from <prn>", "PRN of the binary that devices hold")
    .option("--to <prn>", "PRN of the binary that they are to have")
    .option("--algorithm <names...>", "xdelta3 or zstd; default: all that the server has");
  getCommand(deltas, delta);
  listCommand(deltas, delta);
  deleteCommand(deltas, delta);
}
