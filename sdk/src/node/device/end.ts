import { rm } from "node:fs/promises";
import type { ReportedState } from "@open-peridio/contract";
import { withReport } from "./api.ts";
import type { Device } from "./device.ts";
import { holdOff } from "./failure.ts";
import { downloadsPath } from "./fetch.ts";
import type { Offer } from "./offer.ts";
import { withFolders } from "./slots.ts";
import { type Journal, maxSuperseded, type PendingReport } from "./state.ts";

/** How an update ended. */
export type End = "updated" | "failed" | "rolled_back";

export function reportOf(offer: Offer, state: ReportedState, detail: string | null = null): PendingReport {
  return { bundle_prn: offer.bundle_prn, release_prn: offer.release?.prn ?? null, state, detail };
}

/** The one write by which the new becomes what runs. */
export async function commit(device: Device, { offer, slot }: Journal): Promise<End> {
  const { running, reports, superseded, release_version } = device.state;
  const left = running?.release_prn;
  const isLeft = left && offer.release !== null && left !== offer.release.prn;
  await device.save({
    running: {
      slot,
      bundle_prn: offer.bundle_prn,
      release_prn: offer.release?.prn ?? null,
      release_version: offer.release?.version ?? null,
      items: withFolders(offer.items),
      installed_at: new Date().toISOString(),
    },
    update: null,
    failure: null,
    release_version: offer.release?.version ?? release_version,
    superseded: isLeft ? [...superseded.filter((prn) => prn !== left), left].slice(-maxSuperseded) : superseded,
    reports: withReport(reports, reportOf(offer, "installed")),
  });
  await forgetContent(device);
  device.tell("committed", `runs ${offer.release?.version ?? offer.bundle_prn} now`, about(offer));
  return "updated";
}

/** The former slot is in use again. It was tried on this device and isn't well: not before something else is offered. */
export async function endRolledBack(device: Device, { offer, reason }: Journal): Promise<End> {
  const why = reason ?? "";
  const end = device.state.running === null ? "failed" : "rolled_back";
  await device.save({
    update: null,
    failure: holdOff(device, offer, why, null),
    reports: withReport(device.state.reports, reportOf(offer, end, why)),
  });
  await forgetContent(device);
  device.tell("rolled_back", `runs what it ran before: ${why}`, { ...about(offer), reason: why });
  return end;
}

/** Ends an update of which nothing is in use yet. */
export async function giveUp(device: Device, offer: Offer, { message }: Error): Promise<End> {
  await device.save({
    update: null,
    failure: holdOff(device, offer, message),
    reports: withReport(device.state.reports, reportOf(offer, "failed", message)),
  });
  device.tell("failed", message, about(offer));
  return "failed";
}

/** Names an update in an event. */
export function about({ bundle_prn, release }: Offer): Record<string, unknown> {
  return { bundle_prn, release_prn: release?.prn ?? null, release_version: release?.version ?? null };
}

async function forgetContent(device: Device): Promise<void> {
  device.verified.clear();
  await rm(downloadsPath(device.options.directory), { recursive: true, force: true });
}
