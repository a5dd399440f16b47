import { readFile } from "node:fs/promises";
import { call } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { print } from "../output.ts";
import { given, optionalPrn, required, requiredPrn, text, words } from "../values.ts";
import { deleteCommand, getCommand, listCommand, update, withPrn } from "./crud.ts";

const certificate = {
  plural: "device_certificates",
  noun: "device certificate",
  type: "device_certificate",
  prnOption: "deviceCertificatePrn",
} as const;
const authority = {
  plural: "ca_certificates",
  noun: "CA certificate",
  type: "ca_certificate",
  prnOption: "caCertificatePrn",
} as const;

export function deviceCertificateCommands(program: Command): void {
  const certificates = group(program, "device-certificates", "By what devices are recognised");
  leaf(
    certificates,
    "create",
    "Register a certificate of a device",
    "peridio device-certificates create --device-prn $DEVICE_PRN --certificate-path sn1234-certificate.pem",
    async (options) => {
      const body = {
        device_prn: requiredPrn(options, "device", "devicePrn"),
        certificate: await certificateOf(options),
      };
      print(await call(connect(options), "POST", "/device_certificates", { body }), options.output);
    },
  )
    .option("--device-prn <prn>", "the device")
    .option("--certificate-path <file>", "PEM of its certificate")
    .option("--certificate <text>", "the PEM itself, or base64 of it");
  getCommand(certificates, certificate);
  listCommand(certificates, certificate, [
    { flags: "--device-prn <prn>", description: "of this device", option: "devicePrn", key: "device_prn" },
    { flags: "--product-prn <prn>", description: "of this product", option: "productPrn", key: "product_prn" },
  ]);
  deleteCommand(certificates, certificate, "Who holds its key is turned away from then on.");
}

async function certificateOf(options: Options): Promise<string> {
  const [given, path] = [text(options, "certificate"), text(options, "certificatePath")];
  if (given !== undefined && path !== undefined) throw usage("give --certificate or --certificate-path, not both");
  return given ?? base64(required(options, "certificatePath", "certificate"));
}

/** As the official CLI sends it. @throws Error for a file that can't be read, or that holds a private key */
async function base64(path: string): Promise<string> {
  const file = await readFile(path);
  if (!file.includes("PRIVATE KEY")) return file.toString("base64");
  throw usage(`${path} holds a private key; only the certificate is sent`);
}

export function caCertificateCommands(program: Command): void {
  const authorities = group(program, "ca-certificates", "Authorities that vouch for devices");
  leaf(
    authorities,
    "create-verification-code",
    "Make a code for the common name of the certificate that proves that an authority's key is yours",
    "peridio ca-certificates create-verification-code",
    async (options) =>
      print(await call(connect(options), "POST", "/ca_certificates/verification_codes"), options.output),
  );
  withJitp(
    leaf(
      authorities,
      "create",
      "Register an authority",
      "peridio ca-certificates create -c ca-certificate.pem -v $CODE-certificate.pem --jitp-product-name camera",
      async (options) => {
        const body = given({
          certificate: await base64(required(options, "certificate")),
          verification_certificate: await base64(required(options, "verificationCertificate")),
          description: text(options, "description"),
          jitp: jitp(options),
        });
        print(await call(connect(options), "POST", "/ca_certificates", { body }), options.output);
      },
    )
      .option("-c, --certificate <file>", "PEM of its certificate")
      .option("-v, --verification-certificate <file>", "PEM of one that it signed, with a code for its common name"),
  );
  getCommand(authorities, authority);
  listCommand(authorities, authority);
  withJitp(
    withPrn(
      leaf(
        authorities,
        "update",
        "Change an authority, or what devices get that it brings",
        "peridio ca-certificates update --prn $PRN --no-jitp",
        async (options) => {
          const settings = options.jitp === false ? null : jitp(options);
          const fields = { description: text(options, "description"), jitp: settings };
          print(await update(options, authority, fields), options.output);
        },
      ),
      authority,
    ).option("--no-jitp", "it brings no more devices; those that came stay"),
  );
  deleteCommand(authorities, authority, "It brings no more devices; those that came by it stay.");
}

function withJitp(command: Command): Command {
  return command
    .option("--description <text>", "up to 1,024 characters")
    .option("--jitp-product-prn <prn>", "devices that show up with a certificate of it are created, in this product")
    .option("--jitp-product-name <name>", "the same, by the product's name")
    .option("--jitp-cohort-prn <prn>", "and in this cohort")
    .option("--jitp-tags <tags...>", "with these tags, separated by commas or spaces")
    .option("--jitp-target <triplet>", "with this target")
    .option("--jitp-description <text>", "with this description")
    .option("--jitp-second-certificate", "and an unknown certificate is added to a device that is there already");
}

/** What devices get that it brings; undefined where no option says anything of it. @throws Failure 2 */
function jitp(options: Options): Record<string, unknown> | undefined {
  const settings = given({
    product_prn: optionalPrn(options, "product", "jitpProductPrn"),
    product_name: text(options, "jitpProductName"),
    cohort_prn: optionalPrn(options, "cohort", "jitpCohortPrn"),
    tags: words(options, "jitpTags"),
    target: text(options, "jitpTarget"),
    description: text(options, "jitpDescription"),
    allow_second_certificate: options.jitpSecondCertificate === true ? true : undefined,
  });
  if (Object.keys(settings).length === 0) return undefined;
  if (settings.product_prn === undefined) required(options, "jitpProductPrn", "jitpProductName");
  return settings;
}
