import { beforeAllEvents, call, type components, followEvents } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { interruption } from "../interrupt.ts";
import { type OutputForm, print, write } from "../output.ts";
import { given, optionalPrn, text } from "../values.ts";

type Event = components["schemas"]["Event"];

export function eventCommands(program: Command): void {
  const events = group(program, "events", "What happened");
  leaf(
    events,
    "list",
    "List events, newest first",
    "peridio events list --type binary --subtype signed --inserted-at-gte 2026-01-01T00:00:00Z --output table",
    async (options) => {
      const query = given({
        type: text(options, "type"),
        subtype: text(options, "subtype"),
        actor_prn: text(options, "actorPrn"),
        resource_prn: text(options, "resourcePrn"),
        inserted_at_gte: text(options, "insertedAtGte"),
        inserted_at_lt: text(options, "insertedAtLt"),
        limit: text(options, "limit"),
        order: text(options, "order"),
        page: text(options, "page"),
      }) as Record<string, string>;
      print(await call(connect(options), "GET", "/events", { query }), options.output);
    },
  )
    .option("--type <type>", "what kind of thing it happened to, such as binary")
    .option("--subtype <subtype>", "what happened, such as signed")
    .option("--actor-prn <prn>", "who did it")
    .option("--resource-prn <prn>", "what it happened to")
    .option("--inserted-at-gte <time>", "from this time on")
    .option("--inserted-at-lt <time>", "before this time")
    .option("--limit <number>", "how many at once, 1 to 100; default: 10")
    .option("--order <order>", "by time: asc or desc")
    .option("--page <cursor>", "next_page of the answer before");
  leaf(
    events,
    "follow",
    "Print events as they happen, each once, also across restarts of the server; until interrupted",
    "peridio events follow --type binary. --output table",
    followInWords,
  )
    .option("--type <prefix>", "how its name begins, such as binary. or binary.signed")
    .option("--resource-prn <prn>", "only what happens to this")
    .option("--after <prn>", "first what came after this event; from now on by default")
    .option("--from-the-first", "first all events that are kept");
}

async function followInWords(options: Options): Promise<void> {
  const after = optionalPrn(options, "event", "after");
  if (after !== undefined && options.fromTheFirst) throw usage("either --after or --from-the-first, not both");
  let last = after;
  const cure = () => (last === undefined ? "nothing was told yet" : `go on behind the last event with --after ${last}`);
  const followed = followEvents(connect(options, Number.POSITIVE_INFINITY), {
    ...given({ type: text(options, "type"), resourcePrn: text(options, "resourcePrn") }),
    ...(after !== undefined && { after: after.split(":").at(-1)! }),
    ...(options.fromTheFirst === true && { after: beforeAllEvents }),
    signal: interruption(cure),
  });
  for await (const event of followed) {
    last = event.prn;
    write(line(event, options.output));
  }
}

function line(event: Event, form: OutputForm = "json"): string {
  if (form === "json") return JSON.stringify(event);
  if (form === "prn") return event.prn;
  return `${event.inserted_at}  ${event.type}.${event.event_subtype}  ${event.resource_prn}`;
}
