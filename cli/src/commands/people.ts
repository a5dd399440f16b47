import { call } from "@open-peridio/sdk/node";
import { type Command, Option } from "commander";
import { group, leaf } from "../command.ts";
import { connect } from "../config/settings.ts";
import { print } from "../output.ts";
import { required } from "../values.ts";
import { deleteCommand, getCommand, listCommand, update, withPrn } from "./crud.ts";

const orgUser = { plural: "org_users", noun: "org user", type: "org_user", prnOption: "orgUserPrn" } as const;
const invitation = {
  plural: "invitations",
  noun: "invitation",
  type: "invitation",
  prnOption: "invitationPrn",
} as const;

const roleOption = () =>
  new Option("--role <role>", "what the person may do").choices(["admin", "developer", "signer", "viewer"]);

export function orgUserCommands(program: Command): void {
  const people = group(program, "org-users", "The people of your organization");
  getCommand(people, orgUser);
  listCommand(people, orgUser, [
    { flags: "--role <role>", description: "only those", option: "role", key: "role" },
    { flags: "--email <email>", description: "exactly this one", option: "email", key: "email" },
  ]);
  withPrn(
    leaf(
      people,
      "update",
      "Give a person another role",
      "peridio org-users update --prn $PRN --role signer",
      async (options) => print(await update(options, orgUser, { role: required(options, "role") }), options.output),
    ),
    orgUser,
  ).addOption(roleOption());
  deleteCommand(people, orgUser);
}

export function invitationCommands(program: Command): void {
  const invitations = group(program, "invitations", "Invite people into your organization");
  leaf(
    invitations,
    "create",
    "Invite a person; the link is shown this once, and sending it is up to you",
    "peridio invitations create --email ada@example.com --role developer",
    async (options) => {
      const body = { email: required(options, "email"), role: required(options, "role") };
      print(await call(connect(options), "POST", "/invitations", { body }), options.output);
    },
  )
    .option("--email <email>", "whom")
    .addOption(roleOption());
  getCommand(invitations, invitation);
  listCommand(invitations, invitation);
  deleteCommand(invitations, invitation);
}
