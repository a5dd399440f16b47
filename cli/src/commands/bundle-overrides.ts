import { call } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { print } from "../output.ts";
import { checkPrn } from "../prn.ts";
import { given, required, requiredPrn, text } from "../values.ts";
import { deleteCommand, getCommand, listCommand, listOfCommand, prnOf, update, withPrn } from "./crud.ts";

const override = {
  plural: "bundle_overrides",
  noun: "bundle override",
  type: "bundle_override",
  prnOption: "bundleOverridePrn",
} as const;

export function bundleOverrideCommands(program: Command): void {
  const overrides = group(program, "bundle-overrides", "Bundles for some devices, whatever their releases say");
  leaf(
    overrides,
    "create",
    "Create an override",
    "peridio bundle-overrides create --name trial --bundle-prn $BUNDLE_PRN --ends-at 2026-12-31T00:00:00Z",
    async (options) => {
      const body = given({
        name: required(options, "name"),
        bundle_prn: requiredPrn(options, "bundle", "bundlePrn"),
        starts_at: text(options, "startsAt") ?? new Date().toISOString(),
        ends_at: text(options, "endsAt"),
        description: text(options, "description"),
      });
      print(await call(connect(options), "POST", "/bundle_overrides", { body }), options.output);
    },
  )
    .option("--name <name>", "to recognise it by")
    .option("--bundle-prn <prn>", "what its devices get")
    .option("--starts-at <time>", "such as 2026-01-31T00:00:00Z; default: now")
    .option("--ends-at <time>", "default: never")
    .option("--description <text>", "up to 1,024 characters");
  getCommand(overrides, override);
  listCommand(overrides, override, [
    { flags: "--bundle-prn <prn>", description: "with this bundle", option: "bundlePrn", key: "bundle_prn" },
  ]);
  withPrn(
    leaf(
      overrides,
      "update",
      "Change an override",
      "peridio bundle-overrides update --prn $OVERRIDE_PRN --bundle-prn $BUNDLE_PRN",
      async (options) => {
        if (options.neverEnds && options.endsAt !== undefined) throw usage("give either --ends-at or --never-ends");
        const bundlePrn = text(options, "bundlePrn");
        const fields = {
          name: text(options, "name"),
          bundle_prn: bundlePrn === undefined ? undefined : checkPrn(bundlePrn, "bundle", "--bundle-prn"),
          starts_at: text(options, "startsAt"),
          ends_at: options.neverEnds ? null : text(options, "endsAt"),
          description: text(options, "description"),
        };
        print(await update(options, override, fields), options.output);
      },
    ),
    override,
  )
    .option("--name <name>", "to recognise it by")
    .option("--bundle-prn <prn>", "what its devices get")
    .option("--starts-at <time>", "such as 2026-01-31T00:00:00Z")
    .option("--ends-at <time>", "the same")
    .option("--never-ends", "no end any more")
    .option("--description <text>", "up to 1,024 characters");
  deleteCommand(overrides, override);
  deviceCommands(overrides);
}

function deviceCommands(overrides: Command): void {
  const devices = group(overrides, "devices", "The devices of an override");
  const example = (word: string) =>
    `peridio bundle-overrides devices ${word} --prn $OVERRIDE_PRN --device-prn $DEVICE_PRN`;
  withDevice(
    leaf(devices, "add", "Add a device; one that is there stays", example("add"), async (options) => {
      const body = { device_prn: requiredPrn(options, "device", "devicePrn") };
      print(await call(connect(options), "POST", devicesPath(options), { body }), options.output);
    }),
  );
  withDevice(
    leaf(devices, "remove", "Remove a device", example("remove"), async (options) => {
      const device = requiredPrn(options, "device", "devicePrn");
      await call(connect(options), "DELETE", `${devicesPath(options)}/${device}`);
    }),
  );
  listOfCommand(
    devices,
    override,
    "devices",
    "List its devices, newest first",
    "peridio bundle-overrides devices list --prn $OVERRIDE_PRN --all --output table",
  );
}

function devicesPath(options: Options): string {
  return `/bundle_overrides/${prnOf(options, override)}/devices`;
}

function withDevice(command: Command): Command {
  return withPrn(command, override).option("--device-prn <prn>", "the device");
}
