import { call } from "@open-peridio/sdk/node";
import { type Command, Option } from "commander";
import { group, leaf } from "../command.ts";
import { connect } from "../config/settings.ts";
import { print } from "../output.ts";
import { given, integer, required, text } from "../values.ts";
import { deleteCommand, getCommand, listCommand, prnOf, update, withPrn } from "./crud.ts";

const apiKey = { plural: "api_keys", noun: "API key", type: "api_key", prnOption: "apiKeyPrn" } as const;
const organization = {
  plural: "organizations",
  noun: "organization",
  type: "organization",
  prnOption: "organizationPrn",
} as const;

export function userCommands(program: Command): void {
  const users = group(program, "users", "Who you are");
  leaf(users, "me", "Show whose key this is", "peridio users me", async (options) => {
    print(await call(connect(options), "GET", "/users/me"), options.output);
  });
}

export function organizationCommands(program: Command): void {
  const organizations = group(program, "organizations", "Your organization");
  getCommand(organizations, organization);
  withPrn(
    leaf(
      organizations,
      "update",
      "Change your organization",
      "peridio organizations update --prn $ORGANIZATION_PRN --name 'Acme Devices'",
      async (options) => {
        const separate = text(options, "separateSigner");
        const fields = {
          name: text(options, "name"),
          separate_signer: separate === undefined ? undefined : separate === "true",
          required_signatures: integer(options, "requiredSignatures"),
        };
        print(await update(options, organization, fields), options.output);
      },
    ),
    organization,
  )
    .option("--name <name>", "1 to 128 characters")
    .addOption(
      new Option("--separate-signer <yes>", "whether the uploader of a binary may not sign it").choices([
        "true",
        "false",
      ]),
    )
    .option("--required-signatures <number>", "how many keys have to sign before a binary is signed, 1 to 10");
}

export function usageCommand(program: Command): void {
  leaf(
    program,
    "usage",
    "Show what your organization uses, and what it may",
    "peridio usage --output table",
    async (options) => print(await call(connect(options), "GET", "/usage"), options.output),
  );
}

export function overviewCommand(program: Command): void {
  leaf(
    program,
    "overview",
    "Show what your organization has, and what happens there",
    "peridio overview",
    async (options) => print(await call(connect(options), "GET", "/overview"), options.output),
  );
}

export function apiKeyCommands(program: Command): void {
  const keys = group(program, "api-keys", "Keys for the API");
  leaf(
    keys,
    "create",
    "Create a key; its value is shown this once",
    "peridio api-keys create --name ci --scopes binaries:read,binaries:write",
    async (options) => {
      const body = given({
        name: required(options, "name"),
        scopes: required(options, "scopes").split(","),
        expires_at: text(options, "expiresAt"),
      });
      print(await call(connect(options), "POST", "/api_keys", { body }), options.output);
    },
  )
    .option("--name <name>", "to recognise it by")
    .option("--scopes <scopes>", "what it may do, separated by commas: admin, binaries:read, binaries:write, …")
    .option("--expires-at <time>", "such as 2027-01-31T00:00:00Z; never by default");
  getCommand(keys, apiKey);
  listCommand(keys, apiKey);
  withPrn(
    leaf(keys, "update", "Rename or revoke a key", "peridio api-keys update --prn $PRN --revoke", async (options) => {
      const fields = { name: text(options, "name"), revoked: options.revoke === true ? true : undefined };
      print(await update(options, apiKey, fields), options.output);
    }),
    apiKey,
  )
    .option("--name <name>", "to recognise it by")
    .option("--revoke", "for good, from now on");
  withPrn(
    leaf(
      keys,
      "rotate",
      "Give a key a new value, shown this once; the old one goes on for a while",
      "peridio api-keys rotate --prn $PRN --overlap-seconds 3600",
      async (options) => {
        const body = given({ overlap_seconds: integer(options, "overlapSeconds") });
        const path = `/api_keys/${prnOf(options, apiKey)}/rotate` as const;
        print(await call(connect(options), "POST", path, { body }), options.output);
      },
    ),
    apiKey,
  ).option("--overlap-seconds <seconds>", "how long the old value stays good; 0 ends it at once; default: a day");
  deleteCommand(keys, apiKey);
}
