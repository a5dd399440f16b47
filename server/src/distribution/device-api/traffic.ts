import type { Platform } from "../../platform.ts";
import { trackLastSeen } from "./last-seen.ts";
import { trackRefusals } from "./refusals.ts";
import { makeReports } from "./reports.ts";
import { watchDevices } from "./sightings.ts";
import { trackWithheld } from "./withheld.ts";

export type DeviceTraffic = ReturnType<typeof openDeviceTraffic>;

/** What is kept of the calls of devices beside the answers: some at once, some now and then, some only for who listens. */
export function openDeviceTraffic(parts: Pick<Platform, "db" | "clock" | "log">) {
  const lastSeen = trackLastSeen(parts);
  const sightings = watchDevices(parts);
  return {
    reports: makeReports(parts),
    lastSeen,
    sightings,
    withheld: trackWithheld(parts),
    refusals: trackRefusals(parts),
    /** Writes what is left. */
    async stop(): Promise<void> {
      await lastSeen.stop();
      await sightings.stop();
    },
  };
}
