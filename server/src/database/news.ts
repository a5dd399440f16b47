import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/*
 * Says within this process that events were committed, so that nobody has to look for them all the time. What other
 * processes write isn't told here.
 */

const withNews = new WeakSet<object>();
const listening = new WeakMap<Kysely<Tables>, Set<() => void>>();

/** Call it in the transaction that writes events. */
export function bringsNews(transaction: Kysely<Tables>): void {
  withNews.add(transaction);
}

/** Call it when the transaction is committed. */
export function tellNews(db: Kysely<Tables>, transaction: Kysely<Tables>): void {
  if (!withNews.has(transaction)) return;
  for (const listener of listening.get(db) ?? []) listener();
}

/** Returns how to stop listening. */
export function listenForNews(db: Kysely<Tables>, listener: () => void): () => void {
  const listeners = listening.get(db) ?? new Set();
  listening.set(db, listeners.add(listener));
  return () => void listeners.delete(listener);
}
