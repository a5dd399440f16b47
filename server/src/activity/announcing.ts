import type { DeliverableEvent } from "@open-peridio/contract";
import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../database/tables.ts";
import { inTransaction, takeHead } from "../database/transaction.ts";
import { type NewEvent, writeEvents } from "./events.ts";
import { addDelivery, listenersTo } from "./outbox.ts";

export type Announce = (events: readonly NewEvent[]) => Promise<void>;

/**
 * Runs `work` in a transaction of what devices do by the thousand: events tell of it, the trail doesn't, and it takes the
 * organization's turn only while a webhook wants to hear of it, whose queue needs the order (decision 17).
 * @param name of the events that `work` announces
 */
export function announcing<T>(
  db: Kysely<Tables>,
  organizationId: string,
  name: DeliverableEvent,
  work: (transaction: Transaction<Tables>, announce: Announce) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (transaction) => {
    const webhooks = await listenersTo(transaction, organizationId, name);
    const head = webhooks.length > 0 ? await takeHead(transaction, organizationId) : undefined;
    return work(transaction, async (events) => {
      if (events.length === 0) return;
      const rows = await writeEvents(transaction, events);
      for (const row of rows) {
        for (const id of webhooks) await addDelivery(transaction, row, id, head?.sequence ?? 0);
      }
    });
  });
}
