import { call } from "@open-peridio/sdk/node";
import { type Command, Option } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { print } from "../output.ts";
import { given, integer, required, text } from "../values.ts";
import { deleteCommand, getCommand, listCommand, prnOf, update, withPrn } from "./crud.ts";

const webhook = { plural: "webhooks", noun: "webhook", type: "webhook", prnOption: "webhookPrn" } as const;
const delivery = {
  plural: "webhook_deliveries",
  noun: "webhook delivery",
  type: "webhook_delivery",
  prnOption: "webhookDeliveryPrn",
} as const;

const eventsHelp = "separated by commas, such as binary.signed,binary.hash_failed";

export function webhookCommands(program: Command): void {
  const webhooks = group(program, "webhooks", "Who is told when something happens");
  leaf(
    webhooks,
    "create",
    "Create a webhook; its secret is shown this once",
    "peridio webhooks create --url https://example.com/hooks --enabled-events binary.signed,binary.hash_failed",
    async (options) => {
      const body = given({
        url: required(options, "url"),
        description: text(options, "description"),
        enabled_events: eventNames(options),
      });
      print(await call(connect(options), "POST", "/webhooks", { body }), options.output);
    },
  )
    .option("--url <url>", "https://…; it must answer a test event with 200")
    .option("--description <text>", "up to 1,024 characters")
    .option("--enabled-events <names>", eventsHelp);
  getCommand(webhooks, webhook);
  listCommand(webhooks, webhook);
  withPrn(
    leaf(
      webhooks,
      "update",
      "Change, enable or disable a webhook",
      "peridio webhooks update --prn $PRN --state disabled",
      async (options) => {
        const fields = {
          url: text(options, "url"),
          description: text(options, "description"),
          enabled_events: eventNames(options),
          state: text(options, "state"),
        };
        print(await update(options, webhook, fields), options.output);
      },
    ),
    webhook,
  )
    .option("--url <url>", "https://…; it must answer a test event with 200")
    .option("--description <text>", "up to 1,024 characters")
    .option("--enabled-events <names>", eventsHelp)
    .addOption(new Option("--state <state>", "whether it is told anything").choices(["enabled", "disabled"]));
  deleteCommand(webhooks, webhook);
  withPrn(
    leaf(
      webhooks,
      "roll-secret",
      "Give a webhook a new secret, shown this once",
      "peridio webhooks roll-secret --prn $PRN --webhook-ttl 3600",
      async (options) => {
        const body = given({ webhook_ttl: integer(options, "webhookTtl") });
        const path = `/webhooks/${prnOf(options, webhook)}/roll_secret`;
        print(await call(connect(options), "POST", path, { body }), options.output);
      },
    ),
    webhook,
  ).option("--webhook-ttl <seconds>", "how long deliveries are signed with the old secret as well; default: 0");
  withPrn(
    leaf(
      webhooks,
      "test-fire",
      "Send a webhook a test event",
      "peridio webhooks test-fire --prn $PRN",
      async (options) => {
        const path = `/webhooks/${prnOf(options, webhook)}/test_fire`;
        print(await call(connect(options), "POST", path), options.output);
      },
    ),
    webhook,
  );
}

export function webhookDeliveryCommands(program: Command): void {
  const deliveries = group(program, "webhook-deliveries", "What webhooks were told, and what they answered");
  getCommand(deliveries, delivery);
  listCommand(deliveries, delivery, [
    { flags: "--webhook-prn <prn>", description: "of this webhook", option: "webhookPrn", key: "webhook_prn" },
    { flags: "--state <state>", description: "pending, delivered or failed", option: "state", key: "state" },
    { flags: "--event-type <name>", description: "such as binary.signed", option: "eventType", key: "event_type" },
  ]);
  withPrn(
    leaf(
      deliveries,
      "redeliver",
      "Send once more what was delivered or given up",
      "peridio webhook-deliveries redeliver --prn $PRN",
      async (options) => {
        const path = `/webhook_deliveries/${prnOf(options, delivery)}/redeliver`;
        print(await call(connect(options), "POST", path), options.output);
      },
    ),
    delivery,
  );
}

function eventNames(options: Options): string[] | undefined {
  return text(options, "enabledEvents")
    ?.split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
