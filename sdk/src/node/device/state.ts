import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReportedState } from "@open-peridio/contract";
import { writeDurably } from "./durable.ts";
import type { Offer, OfferedItem } from "./offer.ts";

/** The two folders that `current` points to in turn. */
export type Slot = "a" | "b";

export interface InstalledItem extends OfferedItem {
  /** Its folder in the slot. */
  folder: string;
}

/** What the device runs. */
export interface Running {
  slot: Slot;
  bundle_prn: string;
  release_prn: string | null;
  release_version: string | null;
  items: InstalledItem[];
  installed_at: string;
}

/**
 * How far an update has come that changes something. Each step is written down before it is done, and may be done twice.
 */
export interface Journal {
  offer: Offer;
  slot: Slot;
  phase: "installing" | "switching" | "activating" | "checking" | "rolling_back";
  /** Items that are in the slot, by their binaries. */
  installed: string[];
  /** How often a step behind the switch was begun. */
  starts: number;
  /** In which life of the system the activation began; null before it. */
  boot: string | null;
  /** Why it is rolled back. */
  reason: string | null;
}

export interface PendingReport {
  bundle_prn: string;
  release_prn: string | null;
  state: ReportedState;
  detail: string | null;
}

/** An update that failed here: it isn't tried again before its time. */
export interface Failure {
  bundle_prn: string;
  release_prn: string | null;
  reason: string;
  tries: number;
  /** Null: not before the server offers something else. */
  retry_at: string | null;
}

/** All that a device remembers, in one file: what it runs and what it is about to change can't contradict each other. */
export interface DeviceState {
  version: 1;
  running: Running | null;
  update: Journal | null;
  failure: Failure | null;
  /** What the server doesn't know yet. */
  reports: PendingReport[];
  /** The version of the release that it ran last, also while an override has it run something else. */
  release_version: string | null;
  /** Releases that it left for others: offered again, they are old answers played back. */
  superseded: string[];
}

/** Superseded releases to remember. */
export const maxSuperseded = 1_000;

const fileName = "device.json";

/** @throws Error when the file can't be read: better none than a device that has forgotten what it runs */
export async function readState(directory: string): Promise<DeviceState> {
  const path = join(directory, fileName);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return {
      version: 1,
      running: null,
      update: null,
      failure: null,
      reports: [],
      release_version: null,
      superseded: [],
    };
  }
  const state = JSON.parse(text) as DeviceState;
  if (state?.version !== 1) throw new Error(`${path} was written by another version of this program`);
  return state;
}

export async function writeState(directory: string, state: DeviceState): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeDurably(join(directory, fileName), JSON.stringify(state, null, 2));
}
