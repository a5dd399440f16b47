import { type DeliverableEvent, deliverableEvents } from "@open-peridio/contract/event-names";
import type { Values } from "../../ui/form.tsx";

/** All that a webhook can be told, by what it happens to. */
export const eventGroups: { thing: string; events: DeliverableEvent[] }[] = [
  ...Map.groupBy(deliverableEvents, (name) => name.split(".")[0]!),
].map(([thing, events]) => ({ thing: thing.replaceAll("_", " "), events }));

/** How a box's name begins; the event's own follows. */
export const boxPrefix = "event ";

/** The events whose boxes are ticked. */
export function chosenEvents(values: Values): DeliverableEvent[] {
  return deliverableEvents.filter((name) => values[boxPrefix + name] !== undefined);
}
