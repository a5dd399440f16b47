import { call, inVersion, pullBundle, pushBundle } from "@open-peridio/sdk/node";
import { type Command, Option } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect, patience } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { interruption } from "../interrupt.ts";
import { type OutputForm, outputForms, print, tell } from "../output.ts";
import { checkPrn } from "../prn.ts";
import { progressBar } from "../progress.ts";
import { given, integer, required, text } from "../values.ts";
import { readMember } from "./bundle-member.ts";
import { deleteCommand, listCommand, prnOf, update, withPrn } from "./crud.ts";

const bundle = { plural: "bundles", noun: "bundle", type: "bundle", prnOption: "bundlePrn" } as const;

export function bundleCommands(program: Command): void {
  const bundles = group(program, "bundles", "Signed binaries that go to devices together");
  createCommand(bundles);
  withPrn(
    leaf(bundles, "get", "Show one bundle", "peridio bundles get --prn $BUNDLE_PRN", async (options) => {
      printBundle(await call(connect(options), "GET", `/bundles/${prnOf(options, bundle)}`), options.output);
    }),
    bundle,
  );
  listCommand(bundles, bundle);
  withPrn(
    leaf(
      bundles,
      "update",
      "Rename a bundle; all else of it is for good",
      "peridio bundles update --prn $BUNDLE_PRN --name spring",
      async (options) => {
        printBundle(await update(options, bundle, { name: text(options, "name") }), options.output);
      },
    ),
    bundle,
  ).option("--name <name>", "up to 512 characters");
  deleteCommand(bundles, bundle);
  pullCommand(bundles);
  pushCommand(bundles);
}

/** Without its wrapper, as the official CLI prints bundles. */
function printBundle(answer: unknown, form: OutputForm | undefined): void {
  print((answer as { bundle: unknown }).bundle, form);
}

function createCommand(bundles: Command): void {
  leaf(
    bundles,
    "create",
    "Make a bundle of signed binaries, in this order",
    "peridio bundles create --name spring --binaries prn=$BINARY_PRN prn=$OTHER_PRN",
    async (options) => {
      const prns = words(options.artifactVersionPrns);
      const members = (options.binaries as string[] | undefined) ?? [];
      if (prns.length > 0 === members.length > 0) {
        throw usage("give either --binaries or --artifact-version-prns");
      }
      const version = prns.length > 0 ? 1 : 2;
      requireVersion(options, version);
      for (const prn of prns) checkPrn(prn, "artifact_version", "--artifact-version-prns");
      const body = given({
        artifact_version_prns: version === 1 ? prns : undefined,
        binaries: version === 2 ? members.map(readMember) : undefined,
        name: text(options, "name"),
        id: text(options, "id"),
      });
      printBundle(await call(inVersion(connect(options), version), "POST", "/bundles", { body }), options.output);
    },
  )
    .option(
      "--binaries <member...>",
      "prn=PRN or prn=PRN;custom_metadata=JSON; an artifact version stands for its binaries",
    )
    .option("-a, --artifact-version-prns <prns...>", "all binaries of these versions, separated by commas or blanks")
    .option("--name <name>", "up to 512 characters")
    .option("--id <uuid>", "the UUID of its PRN");
}

/** What was given in several words, or with commas between. */
function words(value: unknown): string[] {
  return ((value as string[] | undefined) ?? []).flatMap((word) => word.split(",")).filter((word) => word !== "");
}

function requireVersion({ apiVersion }: Options, version: 1 | 2): void {
  if (apiVersion === undefined || Number(apiVersion) === version) return;
  const option = version === 1 ? "--artifact-version-prns" : "--binaries";
  throw usage(`${option} is for version ${version} of the API; leave out --api-version ${apiVersion}`);
}

function pullCommand(bundles: Command): void {
  const output = new Option(
    "-o, --output <file>",
    `where the archive goes; or ${outputForms.join(", ")}, for what is printed`,
  );
  withPrn(
    leaf(
      bundles,
      "pull",
      "Put a bundle and all that it is made of into one archive",
      "peridio bundles pull --bundle-prn $BUNDLE_PRN --file spring.cpio.zst",
      async (options, command) => {
        const isForm = (value: unknown): value is OutputForm => outputForms.some((form) => form === value);
        const output: unknown = command.opts().output;
        const path = text(options, "file") ?? (isForm(output) ? undefined : (output as string | undefined));
        const bar = progressBar();
        try {
          const pulled = await pullBundle(connect(options, patience.transfer), {
            bundlePrn: prnOf(options, bundle),
            ...(path !== undefined && { path }),
            onProgress: bar.bytes,
            signal: interruption("nothing is left behind; run the same command again"),
          });
          bar.stop();
          tell(`The bundle is in ${pulled.path}.`);
          print(pulled.bundle, isForm(options.output) ? options.output : undefined);
        } finally {
          bar.stop();
        }
      },
      output,
    ),
    bundle,
  ).option("--file <file>", "where the archive goes; default: its name and .cpio.zst");
}

function pushCommand(bundles: Command): void {
  leaf(
    bundles,
    "push",
    "Make the bundle of an archive here, with its binaries and signatures; run again to resume",
    "peridio bundles push --path spring.cpio.zst",
    async (options) => {
      const bar = progressBar();
      try {
        const pushed = await pushBundle(connect(options, patience.transfer), {
          path: required(options, "path", "file"),
          ...(given({
            partSize: integer(options, "binaryPartSize"),
            concurrency: integer(options, "concurrency"),
          }) as { partSize?: number; concurrency?: number }),
          onProgress: (acknowledged, total) => bar.upload({ acknowledged, total, phase: "uploading" }),
          onNote: tell,
          signal: interruption("run the same command again to go on where it stopped"),
        });
        bar.stop();
        if (pushed.existed) tell("The bundle exists already.");
        print(pushed.bundle, options.output);
      } finally {
        bar.stop();
      }
    },
  )
    .option("-p, --path <file>", "the archive")
    .option("--file <file>", "the same")
    .option(
      "--binary-part-size <bytes>",
      "size of the parts of a large file; default: 5242880, or what 10,000 parts need",
    )
    .option("--concurrency <number>", "parts on their way at once, from 1; default: 8");
}
