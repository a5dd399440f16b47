import { call } from "@open-peridio/sdk/node";
import { type Command, Option } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { print } from "../output.ts";
import { decimal, given, integer, optionalPrn, required, requiredPrn, text, truth, words } from "../values.ts";
import { deleteCommand, getCommand, listCommand, prnOf, update, withPrn } from "./crud.ts";
import { watchRollout } from "./rollout.ts";

const release = { plural: "releases", noun: "release", type: "release", prnOption: "releasePrn" } as const;
const claim = {
  plural: "release_claims",
  noun: "release claim",
  type: "release_claim",
  prnOption: "releaseClaimPrn",
} as const;

export function releaseCommands(program: Command): void {
  const releases = group(program, "releases", "Which bundle the devices of a cohort get, in which order, and how many");
  withPlace(
    leaf(
      releases,
      "create",
      "Put a bundle before the devices of a cohort",
      "peridio releases create --bundle-prn $BUNDLE_PRN --cohort-prn $COHORT_PRN --name 2.0.0 --phase-value 0.01 --schedule-date 2026-01-31T00:00:00Z --output prn",
      async (options) => {
        const body = given({
          ...placeOf(options),
          name: required(options, "name"),
          required: options.required === true,
          schedule_date: required(options, "scheduleDate"),
        });
        print(await call(connect(options), "POST", "/releases", { body }), options.output);
      },
    ),
  );
  withPlace(
    leaf(
      releases,
      "preview",
      "Show who would get a release, and why others wouldn't, before it is made; takes what create takes",
      "peridio releases preview --bundle-prn $BUNDLE_PRN --cohort-prn $COHORT_PRN --phase-value 0.1 --version-requirement '~> 1.2'",
      async (options) => {
        const body = given({
          ...placeOf(options),
          name: text(options, "name"),
          required: options.required === true,
          schedule_date: text(options, "scheduleDate"),
        });
        print(await call(connect(options), "POST", "/releases/preview", { body }), options.output);
      },
    ),
  );
  getCommand(releases, release);
  listCommand(releases, release, [
    { flags: "--cohort-prn <prn>", description: "of this cohort", option: "cohortPrn", key: "cohort_prn" },
    { flags: "--bundle-prn <prn>", description: "of this bundle", option: "bundlePrn", key: "bundle_prn" },
  ]);
  withFields(
    withPrn(
      leaf(
        releases,
        "update",
        "Change a release, such as how many devices may have it",
        "peridio releases update --prn $PRN --phase-value 1",
        async (options) => {
          const fields = {
            name: text(options, "name"),
            required: truth(options, "required"),
            schedule_date: text(options, "scheduleDate"),
            phase_mode: text(options, "phaseMode"),
            phase_value: decimal(options, "phaseValue"),
            phase_tags: words(options, "phaseTags"),
            ...fieldsOf(options),
          };
          print(await update(options, release, fields), options.output);
        },
      ),
      release,
    )
      .option("--required <boolean>", "whether devices can't skip it: true or false")
      .addOption(new Option("--phase-mode <mode>", "what bounds it").choices(["numeric", "tags"])),
  );
  deleteCommand(releases, release);
  for (const [name, description] of [
    ["pause", "Let no further device have a release; those that have claimed it may finish"],
    ["resume", "Let a paused or halted release go on, with failures counted anew"],
  ] as const) {
    withPrn(
      leaf(releases, name, description, `peridio releases ${name} --prn $PRN`, async (options) => {
        const path = `/releases/${prnOf(options, release)}/${name}`;
        print(await call(connect(options), "POST", path), options.output);
      }),
      release,
    );
  }
  withPrn(
    leaf(
      releases,
      "rollout",
      "Show how far a release has come",
      "peridio releases rollout --prn $PRN --watch --output table",
      async (options) => {
        const path = `/releases/${prnOf(options, release)}/rollout`;
        if (options.watch) await watchRollout(options, path);
        else print(await call(connect(options), "GET", path), options.output);
      },
    ),
    release,
  )
    .option("--watch", "a line for each change, until all devices that may have it are through, or it halts")
    .option("--interval <seconds>", "how often to look while watching; default: 5");
}

export function releaseClaimCommands(program: Command): void {
  const claims = group(program, "release-claims", "Which devices were served a release, and how far they came");
  getCommand(claims, claim);
  listCommand(claims, claim, [
    { flags: "--release-prn <prn>", description: "of this release", option: "releasePrn", key: "release_prn" },
    { flags: "--device-prn <prn>", description: "of this device", option: "devicePrn", key: "device_prn" },
    {
      flags: "--state <state>",
      description: "claimed, downloading, installing, done or failed",
      option: "state",
      key: "state",
    },
  ]);
}

/** Options of create and preview. */
function withPlace(command: Command): Command {
  return withFields(command)
    .option("--bundle-prn <prn>", "what it brings to devices")
    .option("--cohort-prn <prn>", "whose devices")
    .option("--required", "devices can't skip it")
    .option("--previous-release-prn <prn>", "insert it behind this one; needs --next-release-prn");
}

function placeOf(options: Options) {
  return {
    bundle_prn: requiredPrn(options, "bundle", "bundlePrn"),
    cohort_prn: requiredPrn(options, "cohort", "cohortPrn"),
    previous_release_prn: optionalPrn(options, "release", "previousReleasePrn"),
    ...fieldsOf(options),
    ...newPhase(options),
  };
}

/** Options of create, preview and update. */
function withFields(command: Command): Command {
  return command
    .option("--name <name>", "for people; up to 512 characters")
    .option("--description <text>", "up to 1,024 characters")
    .option("--disabled <boolean>", "whether nobody gets it: true or false")
    .option("--schedule-date <time>", "from when on devices get it, such as 2026-01-31T00:00:00Z")
    .option("--phase-value <number>", "0 to 1: a share of the cohort; from 2: a count of devices; 1: all, for good")
    .option("--phase-tags <tags...>", "only devices with one of these tags, separated by spaces or commas")
    .option("--next-release-prn <prn>", "put it before this one; the newest by default")
    .option("--version <version>", "as Elixir takes it, such as 1.2.3")
    .option("--version-requirement <requirement>", "which versions may have it, such as '~> 1.2 or >= 2.0.0'")
    .option("--failure-share <number>", "halt when this share of the devices that ended have failed, such as 0.1")
    .option("--failure-minimum <number>", "but not before so many have; default: 1");
}

function fieldsOf(options: Options) {
  return {
    description: text(options, "description"),
    disabled: truth(options, "disabled"),
    next_release_prn: optionalPrn(options, "release", "nextReleasePrn"),
    version: text(options, "version"),
    version_requirement: text(options, "versionRequirement"),
    failure_share: decimal(options, "failureShare"),
    failure_minimum: integer(options, "failureMinimum"),
  };
}

/** One of the two is needed, as in the official CLI. @throws Failure 2 */
function newPhase(options: Options) {
  const value = decimal(options, "phaseValue");
  const tags = words(options, "phaseTags");
  if ((value === undefined) === (tags === undefined)) throw usage("either --phase-value or --phase-tags is needed");
  return tags ? { phase_mode: "tags", phase_tags: tags } : { phase_mode: "numeric", phase_value: value };
}
