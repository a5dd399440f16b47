import { call } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf } from "../command.ts";
import { connect } from "../config/settings.ts";
import { print } from "../output.ts";
import { given, metadata, required, requiredPrn, text } from "../values.ts";
import { archiveCommands, archivedFilter, holdCommand } from "./archive.ts";
import { deleteCommand, getCommand, listCommand, update, withPrn } from "./crud.ts";

const artifact = { plural: "artifacts", noun: "artifact", type: "artifact", prnOption: "artifactPrn" } as const;
const version = {
  plural: "artifact_versions",
  noun: "artifact version",
  type: "artifact_version",
  prnOption: "artifactVersionPrn",
} as const;

const metadataFlag = ["--custom-metadata <json>", "a JSON object, or @FILE that holds one"] as const;

export function artifactCommands(program: Command): void {
  const artifacts = group(program, "artifacts", "What is built: a firmware, an application, a model");
  leaf(
    artifacts,
    "create",
    "Create an artifact",
    "peridio artifacts create --name camera-firmware --output prn",
    async (options) => {
      const body = given({
        name: required(options, "name"),
        description: text(options, "description"),
        custom_metadata: metadata(options),
        id: text(options, "id"),
      });
      print(await call(connect(options), "POST", "/artifacts", { body }), options.output);
    },
  )
    .option("--name <name>", "unique in the organization")
    .option("--description <text>", "up to 256 characters")
    .option(...metadataFlag)
    .option("--id <uuid>", "the UUID of its PRN");
  getCommand(artifacts, artifact);
  listCommand(artifacts, artifact, [archivedFilter]);
  withPrn(
    leaf(
      artifacts,
      "update",
      "Change an artifact",
      "peridio artifacts update --prn $PRN --description 'the outdoor camera'",
      async (options) => {
        const fields = {
          name: text(options, "name"),
          description: text(options, "description"),
          custom_metadata: metadata(options),
        };
        print(await update(options, artifact, fields), options.output);
      },
    ),
    artifact,
  )
    .option("--name <name>", "unique in the organization")
    .option("--description <text>", "up to 256 characters")
    .option(...metadataFlag);
  archiveCommands(artifacts, artifact, ", its versions and their binaries");
  holdCommand(artifacts, artifact, "all content of an artifact");
  deleteCommand(artifacts, artifact);
}

export function artifactVersionCommands(program: Command): void {
  const versions = group(program, "artifact-versions", "Versions of an artifact");
  leaf(
    versions,
    "create",
    "Create a version",
    "peridio artifact-versions create --artifact-prn $ARTIFACT_PRN --version 1.0.0 --output prn",
    async (options) => {
      const body = given({
        artifact_prn: requiredPrn(options, "artifact", "artifactPrn"),
        version: required(options, "version"),
        description: text(options, "description"),
        custom_metadata: metadata(options),
        id: text(options, "id"),
      });
      print(await call(connect(options), "POST", "/artifact_versions", { body }), options.output);
    },
  )
    .option("--artifact-prn <prn>", "the artifact")
    .option("--version <version>", "any text, unique for the artifact")
    .option("--description <text>", "up to 256 characters")
    .option(...metadataFlag)
    .option("--id <uuid>", "the UUID of its PRN");
  getCommand(versions, version);
  listCommand(versions, version, [
    { flags: "--artifact-prn <prn>", description: "of this artifact", option: "artifactPrn", key: "artifact_prn" },
    archivedFilter,
  ]);
  withPrn(
    leaf(
      versions,
      "update",
      "Change a version",
      "peridio artifact-versions update --prn $PRN --description 'with the new radio'",
      async (options) => {
        const fields = { description: text(options, "description"), custom_metadata: metadata(options) };
        print(await update(options, version, fields), options.output);
      },
    ),
    version,
  )
    .option("--description <text>", "up to 256 characters")
    .option(...metadataFlag);
  archiveCommands(versions, version, " and its binaries");
  deleteCommand(versions, version);
}
