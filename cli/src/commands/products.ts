import { call } from "@open-peridio/sdk/node";
import { type Command, Option } from "commander";
import { group, leaf } from "../command.ts";
import { connect } from "../config/settings.ts";
import { print } from "../output.ts";
import { given, required, requiredPrn, text, truth } from "../values.ts";
import { getCommand, listCommand, update, withPrn } from "./crud.ts";

const product = { plural: "products", noun: "product", type: "product", prnOption: "productPrn" } as const;
const cohort = { plural: "cohorts", noun: "cohort", type: "cohort", prnOption: "cohortPrn" } as const;

const archivedOption = () =>
  new Option("--archived [yes]", "nothing new is made of it; it must have no devices").choices(["true", "false"]);

export function productCommands(program: Command): void {
  const products = group(program, "products", "Kinds of devices");
  leaf(
    products,
    "create",
    "Create a product",
    "peridio products create --name camera --output prn",
    async (options) => {
      const body = given({ name: required(options, "name"), archived: truth(options, "archived") });
      print(await call(connect(options), "POST", "/products", { body }), options.output);
    },
  )
    .option("--name <name>", "unique in the organization")
    .addOption(archivedOption());
  getCommand(products, product);
  listCommand(products, product);
  withPrn(
    leaf(
      products,
      "update",
      "Rename or archive a product",
      "peridio products update --prn $PRN --archived true",
      async (options) => {
        const fields = { name: text(options, "name"), archived: truth(options, "archived") };
        print(await update(options, product, fields), options.output);
      },
    ),
    product,
  )
    .option("--name <name>", "unique in the organization")
    .addOption(archivedOption());
}

export function cohortCommands(program: Command): void {
  const cohorts = group(program, "cohorts", "Devices of a product that get the same releases");
  leaf(
    cohorts,
    "create",
    "Create a cohort",
    "peridio cohorts create --product-prn $PRODUCT_PRN --name beta --output prn",
    async (options) => {
      const body = given({
        name: required(options, "name"),
        product_prn: requiredPrn(options, "product", "productPrn"),
        description: text(options, "description"),
      });
      print(await call(connect(options), "POST", "/cohorts", { body }), options.output);
    },
  )
    .option("--name <name>", "unique for the product")
    .option("--product-prn <prn>", "the product")
    .option("--description <text>", "up to 256 characters");
  getCommand(cohorts, cohort);
  listCommand(cohorts, cohort, [
    { flags: "--product-prn <prn>", description: "of this product", option: "productPrn", key: "product_prn" },
  ]);
  withPrn(
    leaf(
      cohorts,
      "update",
      "Change a cohort",
      "peridio cohorts update --prn $PRN --description 'for the brave'",
      async (options) => {
        const fields = { name: text(options, "name"), description: text(options, "description") };
        print(await update(options, cohort, fields), options.output);
      },
    ),
    cohort,
  )
    .option("--name <name>", "unique for the product")
    .option("--description <text>", "up to 256 characters");
}
