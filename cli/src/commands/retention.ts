import { call } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { agree } from "../ask.ts";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { print, tell } from "../output.ts";
import { given, integer, required, requiredPrn, truth } from "../values.ts";
import { printList, withPages } from "./crud.ts";

interface Run {
  archived: number;
  destroyed: number;
  bytes: number;
  more: boolean;
}

const artifactOf = (options: Options) => requiredPrn(options, "artifact", "artifactPrn");
const pathOf = (options: Options) => `/artifacts/${artifactOf(options)}/retention`;
const ofArtifact = (command: Command) => command.option("--artifact-prn <prn>", "the artifact");

export function retentionCommands(program: Command): void {
  const retention = group(program, "retention", "What of an artifact stays, and what is archived or destroyed");
  setCommand(retention);
  ofArtifact(
    leaf(
      retention,
      "get",
      "Show the rule of an artifact",
      "peridio retention get --artifact-prn $ARTIFACT_PRN",
      async (options) => {
        print(await call(connect(options), "GET", pathOf(options)), options.output);
      },
    ),
  );
  planCommand(retention);
  applyCommand(retention);
  ofArtifact(
    leaf(
      retention,
      "remove",
      "Delete the rule of an artifact: everything stays",
      "peridio retention remove --artifact-prn $ARTIFACT_PRN",
      async (options) => {
        await call(connect(options), "DELETE", pathOf(options));
      },
    ),
  );
}

function setCommand(retention: Command): void {
  ofArtifact(
    leaf(
      retention,
      "set",
      "Set the rule of an artifact, in the place of the one before",
      "peridio retention set --artifact-prn $ARTIFACT_PRN --action destroy --keep-last 10 --keep-days 90",
      async (options) => {
        const body = given({
          action: required(options, "action"),
          keep_last: integer(options, "keepLast"),
          keep_days: integer(options, "keepDays"),
          keep_reported: truth(options, "keepReported"),
          keep_released: truth(options, "keepReleased"),
          enabled: truth(options, "enabled"),
        });
        print(await call(connect(options), "PUT", pathOf(options), { body }), options.output);
      },
    ),
  )
    .option("--action <action>", "what becomes of the rest: archive or destroy")
    .option("--keep-last <number>", "the newest of each target that stay")
    .option("--keep-days <number>", "days for which everything stays")
    .option("--keep-reported <truth>", "what any device says that it runs; default: true")
    .option("--keep-released <truth>", "what any release names, also a disabled one; default: true")
    .option("--enabled [truth]", "apply it in the background from now on; see `retention plan` first");
}

function planCommand(retention: Command): void {
  const command = leaf(
    retention,
    "plan",
    "Show what the rule would do now, and why each binary stays; nothing is changed",
    "peridio retention plan --artifact-prn $ARTIFACT_PRN --all --output table",
    async (options) => {
      const query = options.leaving === true ? { kept: "false" } : {};
      await printList(options, `${pathOf(options)}/plan`, "retention_plan", [], query);
    },
  );
  withPages(ofArtifact(command).option("--leaving", "only what would be archived or destroyed"));
}

function applyCommand(retention: Command): void {
  ofArtifact(
    leaf(
      retention,
      "apply",
      "Do now what the rule says, until nothing is left to do",
      "peridio retention apply --artifact-prn $ARTIFACT_PRN",
      async (options) => {
        const client = connect(options);
        const { summary } = (await call(client, "GET", `${pathOf(options)}/plan`, { query: { limit: "1" } })) as {
          summary: { leaving_binaries: number; leaving_bytes: number };
        };
        const { retention_rule: rule } = (await call(client, "GET", pathOf(options))) as {
          retention_rule: { action: string };
        };
        const { leaving_binaries: count, leaving_bytes: bytes } = summary;
        tell(`The rule would ${rule.action} ${count} binaries with ${bytes} bytes.`);
        if (count > 0) await agree(`Go on and ${rule.action} them?`, options.yes === true);
        const sum = { archived: 0, destroyed: 0, bytes: 0 };
        for (let more = true; more; ) {
          const { retention_run: run } = (await call(client, "POST", `${pathOf(options)}/apply`)) as {
            retention_run: Run;
          };
          sum.archived += run.archived;
          sum.destroyed += run.destroyed;
          sum.bytes += run.bytes;
          more = run.more;
        }
        print({ retention_run: sum }, options.output);
      },
    ),
  ).option("--yes", "don't ask");
}
