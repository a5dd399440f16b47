import { call } from "@open-peridio/sdk/node";
import { type Command, Option } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { print } from "../output.ts";
import { given, optionalPrn, required, requiredPrn, text, truth, words } from "../values.ts";
import { deleteCommand, getCommand, listCommand, prnOf, update, withPrn } from "./crud.ts";

const device = { plural: "devices", noun: "device", type: "device", prnOption: "devicePrn" } as const;

export function deviceCommands(program: Command): void {
  const devices = group(program, "devices", "What runs what you release");
  withFields(
    leaf(
      devices,
      "create",
      "Create a device",
      "peridio devices create --identifier sn1234 --product-prn $PRODUCT_PRN --tags lab,indoor --output prn",
      async (options) => {
        const body = given({
          identifier: required(options, "identifier"),
          product_prn: requiredPrn(options, "product", "productPrn"),
          cohort_prn: optionalPrn(options, "cohort", "cohortPrn"),
          ...fields(options),
        });
        print(await call(connect(options), "POST", "/devices", { body }), options.output);
      },
    )
      .option("--identifier <name>", "unique in the organization, such as a serial number")
      .option("--product-prn <prn>", "the product")
      .option("--cohort-prn <prn>", "the cohort, one of the product"),
  );
  getCommand(devices, device);
  listCommand(devices, device, [
    { flags: "--product-prn <prn>", description: "of this product", option: "productPrn", key: "product_prn" },
    { flags: "--cohort-prn <prn>", description: "of this cohort", option: "cohortPrn", key: "cohort_prn" },
    { flags: "--identifier <name>", description: "exactly this one", option: "identifier", key: "identifier" },
  ]);
  withFields(
    withPrn(
      leaf(
        devices,
        "update",
        "Change a device",
        "peridio devices update --prn $PRN --quarantined true",
        async (options) => {
          const cohort = options.cohort === false ? null : optionalPrn(options, "cohort", "cohortPrn");
          const product = optionalPrn(options, "product", "productPrn");
          print(
            await update(options, device, { product_prn: product, cohort_prn: cohort, ...fields(options) }),
            options.output,
          );
        },
      ),
      device,
    )
      .option("--product-prn <prn>", "another product; the cohort must change with it")
      .option("--cohort-prn <prn>", "another cohort of the product")
      .option("--no-cohort", "take it out of its cohort"),
  );
  updateOfDeviceCommand(devices);
  deleteCommand(devices, device, "Its certificates go with it: it is turned away from then on.");
}

function withFields(command: Command): Command {
  return command
    .option("--description <text>", "up to 256 characters")
    .option("--target <triplet>", "it gets binaries of this target only")
    .option("--tags <tags...>", "separated by commas or spaces; all of them are replaced")
    .addOption(new Option("--quarantined [yes]", "it gets no updates").choices(["true", "false"]));
}

function fields(options: Options): Record<string, unknown> {
  return {
    description: text(options, "description"),
    target: text(options, "target"),
    tags: words(options, "tags"),
    quarantined: truth(options, "quarantined"),
  };
}

function updateOfDeviceCommand(devices: Command): void {
  withPrn(
    leaf(
      devices,
      "get-update",
      "Show what a device would be told to install, if it ran this",
      "peridio devices get-update --prn $PRN --release-version 1.0.0",
      async (options) => {
        const running = given({
          release_prn: optionalPrn(options, "release", "releasePrn"),
          bundle_prn: optionalPrn(options, "bundle", "bundlePrn"),
          release_version: text(options, "releaseVersion"),
        });
        if (Object.keys(running).length === 0) {
          throw usage("one of --release-prn, --bundle-prn and --release-version at least is needed");
        }
        const prn = prnOf(options, device);
        const body = { prn, ...running, write: options.write === true };
        print(await call(connect(options), "POST", `/devices/${prn}/update`, { body }), options.output);
      },
    ),
    device,
  )
    .option("--release-prn <prn>", "the release that it runs")
    .option("--bundle-prn <prn>", "the bundle that it runs")
    .option("--release-version <version>", "the version that it runs")
    .option("--write", "record it as what the device reports");
}
