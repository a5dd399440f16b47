import type { PassThrough } from "node:stream";
import type { Kysely } from "kysely";
import { showEvent } from "../activity/list-events.ts";
import type { Tables } from "../database/tables.ts";
import type { Feeds } from "./feeds.ts";
import { eventsAfter, type PlacedEvent, type Position, pageSize } from "./positions.ts";

/** Milliseconds between two signs of life, at which it is also asked whether the listener still may listen. */
const heartbeat = 15_000;
/** Bytes that may wait for a listener. One that is further behind comes back to where it was. */
const maxWaiting = 1_048_576;
/** Milliseconds after which a client that lost its stream comes back, at least; the rest is left to chance. */
const comeBack = 1_000;

export interface Listening {
  organizationId: string;
  /** Beginning of `type.subtype`; empty for all. */
  name: string;
  /** Null for all. */
  resource: string | null;
  /** From where on; null for what happens from now on. */
  from: Position | null;
  /** Whether whoever listens still may. */
  isAllowed(): Promise<boolean>;
  /** What wants to be written goes here. */
  output: PassThrough;
  /** Bytes that lie behind `output`. */
  behind(): number;
  /** Breaks the connection off. */
  drop(): void;
}

/**
 * Writes an organization's events as the HTML standard (§ 9.2) has them, until the listener goes, is no longer allowed, or
 * `ending` fires. Each has an id; with the last one a listener comes back to where it was.
 */
export async function streamEvents(
  { db, feeds, ending }: { db: Kysely<Tables>; feeds: Feeds; ending: AbortSignal },
  { organizationId, name, resource, from, isAllowed, output, behind, drop }: Listening,
): Promise<void> {
  let position = from;
  let caughtUp = false;

  function write(events: readonly PlacedEvent[]): void {
    if (!output.writable) return;
    for (const event of events) {
      if (!isBehind(event, position!)) continue;
      position = { xact: event.xact, id: event.id };
      if (resource !== null && event.resource_prn !== resource) continue;
      if (`${event.type}.${event.subtype}`.startsWith(name)) output.write(textOf(event));
    }
  }

  const feed = await feeds.join(organizationId, (events) => {
    if (!caughtUp) return;
    write(events);
    if (output.readableLength + output.writableLength + behind() > maxWaiting) drop();
  });
  if (output.destroyed) return feed.leave();
  // Told before the first event: who loses the stream until then comes back to here.
  position ??= feed.position();
  output.write(`retry: ${comeBack * 3}\nid: ${position.id}\n\n`);

  const timer = setInterval(async () => {
    // Without the database nobody knows, and there is nothing to tell either.
    const allowed = await isAllowed().catch(() => true);
    if (!output.writable) return;
    // A filter may have left all out for long.
    if (!allowed) output.end();
    else if (caughtUp) output.write(`:\nid: ${position!.id}\n\n`);
  }, heartbeat);
  const end = () => {
    if (output.writable) output.end(`retry: ${comeBack + Math.round(Math.random() * comeBack)}\n\n`);
  };
  ending.addEventListener("abort", end);
  output.once("close", () => {
    clearInterval(timer);
    ending.removeEventListener("abort", end);
    feed.leave();
  });

  // What the feed told before this listener came; until it is through, what the feed tells is read here as well.
  while (output.writable) {
    const events = await eventsAfter(db, organizationId, position);
    if (!output.writable) return;
    write(events);
    if (events.length < pageSize && !isBehind(feed.position(), position)) break;
    if (output.writableNeedDrain) await drained(output);
  }
  caughtUp = true;
}

/** Until it takes more, or is gone. */
function drained(output: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      output.off("drain", done).off("close", done);
      resolve();
    };
    output.on("drain", done).on("close", done);
  });
}

function isBehind(one: Position, other: Position): boolean {
  return one.xact > other.xact || (one.xact === other.xact && one.id > other.id);
}

const texts = new WeakMap<PlacedEvent, string>();

/** Written once for all who listen. */
function textOf(event: PlacedEvent): string {
  let text = texts.get(event);
  if (text === undefined) {
    const { xact: _, ...row } = event;
    text = `id: ${row.id}\nevent: ${row.type}.${row.subtype}\ndata: ${JSON.stringify(showEvent(row))}\n\n`;
    texts.set(event, text);
  }
  return text;
}
