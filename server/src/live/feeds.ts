import type { Kysely } from "kysely";
import type { Logger } from "pino";
import { listenForNews } from "../database/news.ts";
import type { Tables } from "../database/tables.ts";
import { eventsAfter, lastPosition, type PlacedEvent, type Position, pageSize } from "./positions.ts";

/** Milliseconds between two looks for what other processes wrote, and from a write here to the look for it. */
const lookEvery = 1_000;
const lookSoon = 20;

/** New events of one organization, in order. */
type Listener = (events: readonly PlacedEvent[]) => void;

interface Feed {
  organizationId: string;
  /** Behind the last event that its listeners were told. */
  position: Position;
  listeners: Set<Listener>;
}

export interface Membership {
  /** Behind the last event that the feed has told. */
  position(): Position;
  leave(): void;
}

export type Feeds = ReturnType<typeof openFeeds>;

/**
 * Tells listeners what happens in their organizations. The database is asked once for all of them: at once after a write
 * of this process, and each second for those of others; not at all while nobody listens.
 */
export function openFeeds({ db, log }: { db: Kysely<Tables>; log: Logger }) {
  const feeds = new Map<string, { feed: Promise<Feed>; users: number }>();
  const open = new Set<Feed>();
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;
  let looking = false;
  let again = false;

  const forget = listenForNews(db, () => {
    if (open.size > 0) soon ??= setTimeout(look, lookSoon).unref();
  });

  async function begin(organizationId: string): Promise<Feed> {
    const feed = { organizationId, position: await lastPosition(db, organizationId), listeners: new Set<Listener>() };
    open.add(feed);
    timer ??= setInterval(look, lookEvery).unref();
    return feed;
  }

  function look(): void {
    soon = undefined;
    again = true;
    if (looking) return;
    looking = true;
    advanceAll()
      .catch((err) => log.warn({ err }, "events can't be read for now; listeners are told later"))
      .finally(() => {
        looking = false;
      });
  }

  async function advanceAll(): Promise<void> {
    while (again) {
      again = false;
      for (const feed of open) await advance(feed);
    }
  }

  async function advance(feed: Feed): Promise<void> {
    for (;;) {
      const events = await eventsAfter(db, feed.organizationId, feed.position);
      const last = events.at(-1);
      if (!last) return;
      feed.position = { xact: last.xact, id: last.id };
      for (const listener of feed.listeners) listener(events);
      if (events.length < pageSize) return;
    }
  }

  async function leave(organizationId: string, feed: Promise<Feed>): Promise<void> {
    const entry = feeds.get(organizationId);
    if (entry?.feed !== feed || --entry.users > 0) return;
    feeds.delete(organizationId);
    open.delete(await feed);
    if (open.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    /** From now on `listener` is told each event behind `position()`. @throws what the database says */
    async join(organizationId: string, listener: Listener): Promise<Membership> {
      const entry = feeds.get(organizationId) ?? { feed: begin(organizationId), users: 0 };
      feeds.set(organizationId, entry);
      entry.users++;
      let feed: Feed;
      try {
        feed = await entry.feed;
      } catch (error) {
        if (feeds.get(organizationId) === entry) feeds.delete(organizationId);
        throw error;
      }
      feed.listeners.add(listener);
      return {
        position: () => feed.position,
        leave() {
          if (feed.listeners.delete(listener)) void leave(organizationId, entry.feed);
        },
      };
    },

    stop(): void {
      forget();
      clearInterval(timer);
      clearTimeout(soon);
      open.clear();
    },
  };
}
