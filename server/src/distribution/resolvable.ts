/*
 * What decides which bundle a device should run, as plain data: ids are UUIDs of one organization, times are as the tables
 * hold them. It is loaded in at most two queries, and decided on without any more.
 */

/** Why a bundle is served to nobody. */
export type Withheld =
  | { reason: "binary_destroyed"; binaryId: string }
  /** What is stored is not what was verified. */
  | { reason: "binary_quarantined"; binaryId: string }
  /** Never signed, or not by as many live keys as it needs. */
  | { reason: "binary_unsigned"; binaryId: string }
  /** It has no binary at all. */
  | { reason: "bundle_empty"; binaryId: null };

/** What a device says that it runs; null for what it doesn't say, or says in a way that can't be read. */
export interface Reported {
  releaseId: string | null;
  bundleId: string | null;
  version: string | null;
}

export interface ResolvableDevice extends Reported {
  quarantined: boolean;
  tags: readonly string[];
  /** Ids of the releases that it has claimed: it keeps them, whatever their phase says now. */
  claimed: ReadonlySet<string>;
}

export interface ResolvableOverride {
  id: string;
  bundleId: string;
  startsAt: string;
  endsAt: string | null;
}

export type Phase =
  | { mode: "tags"; tags: readonly string[] }
  /** 0 to 1: a share of the cohort; from 2: a count of devices. 1 is no bound at all. */
  | { mode: "numeric"; value: number };

export interface ResolvableRelease {
  id: string;
  bundleId: string;
  nextId: string | null;
  required: boolean;
  disabled: boolean;
  /** Paused or halted: it is served to none but those that have claimed it. */
  paused: boolean;
  scheduleDate: string;
  phase: Phase;
  version: string | null;
  requirement: string | null;
}

/** The releases of a cohort, in any order. What is derived from them is remembered for as long as the array is. */
export interface ResolvableChannel {
  releases: readonly ResolvableRelease[];
  /** Devices that count for a share. */
  deviceCount: number;
  /** Release → devices that have claimed it; absent: none. */
  claims: ReadonlyMap<string, number>;
}

/** Bundles that nobody gets; absent: it is served. */
export type WithheldBundles = ReadonlyMap<string, Withheld>;

export type Resolution =
  | { status: "no_update" }
  /** There would be an update, but its bundle can't be served. */
  | { status: "no_update"; withheld: Withheld; bundleId: string; source: ResolutionSource }
  | { status: "device_quarantine" }
  | { status: "update"; bundleId: string; source: ResolutionSource };

/** `claim` of a release: whether the device has to claim it first, which its phase bounds. */
export type ResolutionSource =
  | { type: "bundle_override"; overrideId: string }
  | { type: "release"; releaseId: string; claim: boolean };
