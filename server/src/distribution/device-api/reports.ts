import { announcing } from "../../activity/announcing.ts";
import { isPostgres } from "../../database/dialect.ts";
import { timestamp } from "../../database/time.ts";
import type { DeviceCaller, Origin } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { deviceEvent, findEventDevices } from "../device-events.ts";
import { makeBatches } from "../releases/batches.ts";
import { reportClaim } from "../releases/claim-reports.ts";
import { releaseChanged, type Said } from "../resolution/reported.ts";
import type { Reported } from "../resolvable.ts";

interface Told {
  deviceId: string;
  said: Said;
  reported: Reported;
  origin: Origin;
}

export type Reports = ReturnType<typeof makeReports>;

/**
 * Keeps what a device says that it runs now, where it said something else before. Resolves when it is durable. That a
 * claimed release has arrived is written first: should the server die in between, the device says it once more.
 */
export async function keepReport(
  platform: Platform,
  device: DeviceCaller,
  what: Pick<Told, "said" | "reported" | "origin">,
): Promise<void> {
  const { releaseId } = what.reported;
  if (releaseId !== null) await reportClaim(platform, device, { releaseId, state: "installed", detail: null });
  await platform.devices.reports(device.organizationId, { deviceId: device.deviceId, ...what });
}

/** Reports are written together, as claims are (decision 17): a fleet that has just been updated reports at once. */
export function makeReports({ db, clock }: Pick<Platform, "db" | "clock">) {
  return makeBatches<Told, null>((organizationId, told) =>
    announcing(db, organizationId, "device.release_changed", async (transaction, announce) => {
      const at = timestamp(clock.now());
      // What a device said last counts.
      const latest = new Map(told.map((one) => [one.deviceId, one]));
      const ids = [...latest.keys()];
      const rows = transaction
        .selectFrom("devices")
        .select(["id", "reported_release_prn", "reported_bundle_prn", "reported_release_version"])
        .where("organization_id", "=", organizationId)
        .where("id", "in", ids)
        .orderBy("id");
      const before = await (isPostgres(transaction) ? rows.forNoKeyUpdate() : rows).execute();
      const devices = await findEventDevices(transaction, organizationId, ids);
      const events = [];
      for (const row of before) {
        const { said, reported, origin } = latest.get(row.id)!;
        if (!differs(row, said)) continue;
        await transaction
          .updateTable("devices")
          .set({ ...said, last_connected_at: at })
          .where("organization_id", "=", organizationId)
          .where("id", "=", row.id)
          .execute();
        const data = await releaseChanged(transaction, organizationId, row, said, reported);
        events.push(deviceEvent(devices.get(row.id)!, "release_changed", data, { origin, at }));
      }
      await announce(events);
      return told.map(() => null);
    }),
  );
}

/** Whether a device says something else than is kept. */
export function differs(kept: Said, said: Said): boolean {
  return (
    kept.reported_release_prn !== said.reported_release_prn ||
    kept.reported_bundle_prn !== said.reported_bundle_prn ||
    kept.reported_release_version !== said.reported_release_version
  );
}
