import { type DeliverableEvent, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { announcing } from "../../activity/announcing.ts";
import { listenersTo } from "../../activity/outbox.ts";
import type { Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import type { Origin } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { deviceEvent, findEventDevices } from "../device-events.ts";
import { certificateFacts } from "./certificate-facts.ts";

/** What a device does at nearly every poll. */
type Sight = "connected" | "checked_for_release";

interface Sighting {
  deviceId: string;
  origin: Origin;
  at: string;
  data: Record<string, unknown>;
  /** What is looked up when it is told: the certificate that it came with, or the bundle that it was offered. */
  about: { fingerprint: string } | { bundleId: string | null };
}

export type Sightings = ReturnType<typeof watchDevices>;

/** Milliseconds between two writes. */
const interval = 1_000;
/** Milliseconds for which it is believed that no webhook wants to hear of these. */
const unheard = 10_000;
/** Events of one transaction, and those that may wait in all: beyond that the newest are dropped. */
const together = 500;
const maxWaiting = 20_000;

/**
 * Tells webhooks what devices do at nearly every poll. Without a webhook that wants it nothing is written, or else a fleet
 * would fill the events with what nobody reads (decision 18).
 */
export function watchDevices({ db, log, clock }: Pick<Platform, "db" | "log" | "clock">) {
  /** Organization and kind → what waits; and until when none is wanted, in milliseconds. */
  let waiting = new Map<string, Sighting[]>();
  const unwanted = new Map<string, number>();
  let count = 0;
  let dropped = 0;

  async function write(): Promise<void> {
    const batch = waiting;
    waiting = new Map();
    count = 0;
    if (dropped > 0) log.warn({ dropped }, "more devices were here than could be told of");
    dropped = 0;
    for (const [key, sightings] of batch) {
      const [organizationId, sight] = key.split(" ") as [string, Sight];
      const name: DeliverableEvent = `device.${sight}`;
      if ((await listenersTo(db, organizationId, name)).length === 0) {
        unwanted.set(key, clock.now().getTime() + unheard);
        continue;
      }
      for (let from = 0; from < sightings.length; from += together) {
        await tell(organizationId, sight, name, sightings.slice(from, from + together));
      }
    }
  }

  async function tell(organizationId: string, sight: Sight, name: DeliverableEvent, sightings: Sighting[]) {
    await announcing(db, organizationId, name, async (transaction, announce) => {
      const ids = [...new Set(sightings.map(({ deviceId }) => deviceId))].sort();
      const devices = await findEventDevices(transaction, organizationId, ids);
      const facts = await factsOf(
        transaction,
        organizationId,
        sightings.map(({ about }) => about),
      );
      const events = sightings.flatMap(({ deviceId, data, about, ...rest }) => {
        const device = devices.get(deviceId);
        return device ? [deviceEvent(device, sight, { ...data, ...facts(about) }, rest)] : [];
      });
      await announce(events);
    });
  }

  const timer = setInterval(() => {
    write().catch((err) => log.error({ err }, "what devices did could not be told"));
  }, interval);
  timer.unref();

  return {
    /** @param describe called only when somebody may want it */
    note(organizationId: string, sight: Sight, describe: () => Omit<Sighting, "at">): void {
      const key = `${organizationId} ${sight}`;
      const now = clock.now();
      const until = unwanted.get(key);
      if (until !== undefined) {
        if (now.getTime() < until) return;
        unwanted.delete(key);
      }
      if (count >= maxWaiting) {
        dropped += 1;
        return;
      }
      count += 1;
      const sightings = waiting.get(key);
      const one = { ...describe(), at: timestamp(now) };
      if (sightings) sightings.push(one);
      else waiting.set(key, [one]);
    },

    /** Writes what is left. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await write();
    },
  };
}

type About = Sighting["about"];

/** Looks up what all of these are about, at once. */
async function factsOf(
  db: Kysely<Tables>,
  organizationId: string,
  abouts: readonly About[],
): Promise<(about: About) => object> {
  const fingerprints = abouts.flatMap((about) => ("fingerprint" in about ? about.fingerprint : []));
  const certificates = await certificateFacts(db, organizationId, fingerprints);
  const ids = new Set(abouts.flatMap((about) => ("bundleId" in about && about.bundleId ? about.bundleId : [])));
  const names = new Map<string, string | null>();
  if (ids.size > 0) {
    const bundles = db.selectFrom("bundles").select(["id", "name"]).where("organization_id", "=", organizationId);
    for (const { id, name } of await bundles.where("id", "in", [...ids]).execute()) names.set(id, name);
  }
  return (about) => {
    if ("fingerprint" in about) return certificates(about.fingerprint);
    const { bundleId: id } = about;
    return { bundle: id && { prn: resourcePrn(organizationId, "bundle", id), name: names.get(id) ?? null } };
  };
}
