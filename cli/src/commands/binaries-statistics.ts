import { call, type components } from "@open-peridio/sdk/node";
import { type Command, Option } from "commander";
import { leaf } from "../command.ts";
import { connect } from "../config/settings.ts";
import { print } from "../output.ts";
import { given, requiredPrn, text } from "../values.ts";

interface Answer {
  statistics: components["schemas"]["BinaryStatistics"];
}

/** `binaries statistics`; the options that name the binary are the caller's to add. */
export function statisticsCommand(binaries: Command): Command {
  return leaf(
    binaries,
    "statistics",
    "Show how often a binary was downloaded, by whom and how much",
    "peridio binaries statistics --prn $BINARY_PRN --group-by country --output table",
    async (options) => {
      const query = given({
        from: text(options, "from"),
        to: text(options, "to"),
        interval: text(options, "interval"),
        group_by: text(options, "groupBy"),
      }) as Record<string, string>;
      const prn = requiredPrn(options, "binary", "prn", "binaryPrn");
      const answer = await call(connect(options), "GET", `/binaries/${prn}/statistics`, { query });
      print(options.output === "table" ? asList(answer as Answer) : answer, options.output);
    },
  )
    .option("--from <time>", "from the interval that this lies in; default: 30 days before, or 24 hours")
    .option("--to <time>", "up to here; default: now")
    .addOption(new Option("--interval <interval>", "hour or day; default: day").choices(["hour", "day"]))
    .addOption(
      new Option("--group-by <what>", "country, user_agent, or maker: whose link it was").choices([
        "country",
        "user_agent",
        "maker",
      ]),
    );
}

/** For a table: a line an interval, and one for all. */
function asList({ statistics: { series, totals } }: Answer) {
  return { series: [...series, { start: "total", group: null, ...totals }], next_page: null };
}
