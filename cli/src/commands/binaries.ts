import {
  type Binary,
  call,
  downloadLinks,
  downloadToFile,
  fileSource,
  getBinary,
  uploadBinary,
  type Whereabouts,
} from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect, patience } from "../config/settings.ts";
import { interruption } from "../interrupt.ts";
import { print, tell, write } from "../output.ts";
import { progressBar } from "../progress.ts";
import { given, integer, metadata, required, text } from "../values.ts";
import { archiveCommands, archivedFilter, holdCommand } from "./archive.ts";
import { createCommand } from "./binaries-create.ts";
import { statisticsCommand } from "./binaries-statistics.ts";
import { agreeToDestroy, usageCommand } from "./binaries-usage.ts";
import { compression, withCompression } from "./compression.ts";
import { deleteCommand, listCommand, prnOf, update, withPrn } from "./crud.ts";

const binary = { plural: "binaries", noun: "binary", type: "binary", prnOption: "binaryPrn" } as const;

export function binaryCommands(program: Command): void {
  const binaries = group(program, "binaries", "The files that devices get");
  createCommand(binaries);
  uploadCommand(binaries);
  downloadCommand(binaries);
  showCommand(binaries);
  listCommand(binaries, binary, [
    {
      flags: "--artifact-version-prn <prn>",
      description: "of this version",
      option: "artifactVersionPrn",
      key: "artifact_version_prn",
    },
    { flags: "--target <target>", description: "for this target", option: "target", key: "target" },
    { flags: "--state <state>", description: "in this state", option: "state", key: "state" },
    archivedFilter,
  ]);
  updateCommand(binaries);
  archiveCommands(binaries, binary);
  holdCommand(binaries, binary, "the content of a binary");
  destroyCommand(binaries);
  deleteCommand(binaries, binary);
  withPrn(statisticsCommand(binaries), binary);
  withPrn(
    usageCommand(binaries, (options) => prnOf(options, binary)),
    binary,
  );
  withPrn(
    leaf(
      binaries,
      "download-url",
      "Make a link to the content that works for a while",
      "peridio binaries download-url --prn $BINARY_PRN",
      async (options) => {
        print(await downloadLinks(connect(options), prnOf(options, binary), whereabouts(options)), options.output);
      },
    ),
    binary,
  )
    .option("--region <name>", regionMeaning)
    .option("--origins <names>", originsMeaning);
}

const regionMeaning = "where the download happens, as the server names it: puts its origins there first";
const originsMeaning = "names of origins, separated by commas, the fastest first";

function whereabouts(options: Options): Whereabouts {
  const origins = text(options, "origins")?.split(",");
  return given({ region: text(options, "region"), origins }) as Whereabouts;
}

function uploadCommand(binaries: Command): void {
  const command = withPrn(
    leaf(
      binaries,
      "upload",
      "Upload the content of a record and wait until it is verified; run again to resume",
      "peridio binaries upload --binary-prn $BINARY_PRN --file firmware.bin",
      async (options) => {
        const source = await fileSource(required(options, "file"));
        const bar = progressBar();
        try {
          const uploaded = await uploadBinary(connect(options, patience.transfer), {
            binaryPrn: prnOf(options, binary),
            source,
            ...(given({
              partSize: integer(options, "binaryPartSize"),
              concurrency: integer(options, "concurrency"),
            }) as { partSize?: number; concurrency?: number }),
            compress: compression(options),
            onProgress: bar.upload,
            signal: interruption("run the same command again to go on where it stopped"),
          });
          bar.stop();
          print({ binary: uploaded }, options.output);
        } finally {
          bar.stop();
          await source.close();
        }
      },
    ),
    binary,
  )
    .option("--file <file>", "the content")
    .option(
      "--binary-part-size <bytes>",
      "size of the parts of a large file; default: 5242880, or what 10,000 parts need",
    )
    .option("--concurrency <number>", "parts on their way at once, from 1; default: 8");
  withCompression(command);
}

function downloadCommand(binaries: Command): void {
  withPrn(
    leaf(
      binaries,
      "download",
      "Download the content and compare it with the record's hash; run again to resume",
      "peridio binaries download --binary-prn $BINARY_PRN --file copy.bin",
      async (options) => {
        const bar = progressBar();
        const path = required(options, "file");
        try {
          const downloaded = await downloadToFile(connect(options, patience.transfer), path, {
            binaryPrn: prnOf(options, binary),
            ...whereabouts(options),
            onProgress: bar.bytes,
            signal: interruption("run the same command again to go on where it stopped"),
          });
          bar.stop();
          tell(`${path} is ${downloaded.size} bytes with the SHA-256 ${downloaded.hash}, as the record says.`);
          print({ binary: downloaded }, options.output);
        } finally {
          bar.stop();
        }
      },
    ),
    binary,
  )
    .option("--file <file>", "where it goes")
    .option("--region <name>", regionMeaning)
    .option("--origins <names>", originsMeaning);
}

function showCommand(binaries: Command): void {
  withPrn(
    leaf(binaries, "get", "Show one binary", "peridio binaries get --prn $BINARY_PRN", async (options) => {
      const found = await getBinary(connect(options), prnOf(options, binary));
      if (options.output === undefined) write(JSON.stringify(asDocumented(found), null, 2));
      else print({ binary: found }, options.output);
    }),
    binary,
  );
}

/** The form that the documentation shows: the binary itself, `sha256:` before the hash, what matters first. */
function asDocumented({ prn, target, hash, size, state, created_at, ...rest }: Binary): Record<string, unknown> {
  return { prn, target, hash: hash === null ? null : `sha256:${hash}`, size, state, created_at, ...rest };
}

function updateCommand(binaries: Command): void {
  withPrn(
    leaf(
      binaries,
      "update",
      "Change a binary, or move it along: hashable, uploadable (reset), destroyed",
      "peridio binaries update --prn $BINARY_PRN --state hashable",
      async (options) => {
        if (text(options, "state") === "destroyed") await agreeToDestroy(options, prnOf(options, binary));
        const fields = {
          state: text(options, "state"),
          hash: text(options, "hash"),
          size: integer(options, "size"),
          description: text(options, "description"),
          custom_metadata: metadata(options),
        };
        print(await update(options, binary, fields), options.output);
      },
    ),
    binary,
  )
    .option(
      "--state <state>",
      "hashable: the upload is complete; uploadable: start over; destroyed: delete the content",
    )
    .option("--hash <sha256>", "another content is meant: what was uploaded is dropped")
    .option("--size <bytes>", "the same")
    .option("--description <text>", "up to 256 characters")
    .option("--custom-metadata <json>", "a JSON object, or @FILE that holds one")
    .option("--yes", "don't ask before destroying");
}

function destroyCommand(binaries: Command): void {
  withPrn(
    leaf(
      binaries,
      "destroy",
      "Delete the content for good; the record stays",
      "peridio binaries destroy --prn $BINARY_PRN",
      async (options) => {
        await agreeToDestroy(options, prnOf(options, binary));
        print(await call(connect(options), "POST", `/binaries/${prnOf(options, binary)}/destroy`), options.output);
      },
    ),
    binary,
  ).option("--yes", "don't ask");
}
