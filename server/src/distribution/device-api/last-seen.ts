import type { Platform } from "../../platform.ts";

/** Milliseconds between two writes of who was here. */
const interval = 10_000;
/** Milliseconds for which a device's last contact is fresh enough. */
const fresh = 60_000;
/** Devices of one statement. */
const together = 500;

export type LastSeen = ReturnType<typeof trackLastSeen>;

/**
 * Writes now and then which devices were here: once a minute for each, many in one statement. A crash forgets the last
 * seconds; what a device says is written by itself.
 */
export function trackLastSeen({ db, log }: Pick<Platform, "db" | "log">) {
  /** Organization → devices. */
  let unwritten = new Map<string, Set<string>>();
  let latest = "";

  async function write(): Promise<void> {
    const [seen, at] = [unwritten, latest];
    unwritten = new Map();
    for (const [organizationId, devices] of seen) {
      const ids = [...devices].sort();
      for (let from = 0; from < ids.length; from += together) {
        await db
          .updateTable("devices")
          .set({ last_connected_at: at })
          .where("organization_id", "=", organizationId)
          .where("id", "in", ids.slice(from, from + together))
          .execute();
      }
    }
  }

  const timer = setInterval(() => {
    write().catch((err) => log.error({ err }, "which devices were here could not be written"));
  }, interval);
  timer.unref();

  return {
    /** Whether this is news. @param last as the table holds it */
    note(device: { organization_id: string; id: string; last_connected_at: string | null }, now: Date, at: string) {
      const last = device.last_connected_at;
      if (last !== null && now.getTime() - Date.parse(last) < fresh) return false;
      latest = at;
      const devices = unwritten.get(device.organization_id) ?? new Set();
      unwritten.set(device.organization_id, devices);
      const isNews = !devices.has(device.id);
      devices.add(device.id);
      return isNews;
    },

    /** Writes what is left. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await write();
    },
  };
}
