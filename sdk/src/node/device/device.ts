import type { Transport } from "../../transport.ts";
import type { DeviceState } from "./state.ts";
import type { Throttle } from "./throttle.ts";
import type { Trust } from "./trust.ts";

export interface DeviceOptions {
  /** Address of the device API, such as `https://device.example.com`. */
  url: string;
  /** PEM of the device's certificate and of its private key; none where something in between presents them. */
  identity?: { certificate: string; key: string };
  /** PEM of certificate authorities to trust beside the public ones. */
  ca?: string;
  /** Whose signatures make a binary good, and how many of them; `makeTrust` makes it. */
  trust: Trust;
  /** Targets of binaries to install, beside `universal` and `portable`; none: all. */
  targets?: string[];
  /** Where all is kept: what runs, what comes, and the link `current`. */
  directory: string;
  /** Milliseconds between two polls; 30 minutes by default. */
  pollInterval?: number;
  /** The share of that by which each pause is made longer or shorter, by chance; 0.1 by default. */
  jitter?: number;
  /** The version that the device came with, told until it has installed a release. */
  initialVersion?: string;
  /** A line for the shell that installs one binary; without it, the file is put into the slot. */
  installHook?: string;
  /** Run when `current` has changed: restarts what runs, or the system. */
  activateHook?: string;
  /** Fails when what runs now isn't well: then the device goes back. */
  healthHook?: string;
  /** Milliseconds that a hook may take; 10 minutes by default. */
  hookTimeout?: number;
  /** Ranges of a download at once; 4 by default. */
  concurrency?: number;
  /** Bytes of a range; 8 MiB by default. */
  chunkBytes?: number;
  /** Bytes a second; no limit by default. */
  rateLimit?: number;
  /** False: content is always fetched whole, and never made of what the device holds. */
  deltas?: boolean;
  /** Told to the server, which puts the links of origins that are near first. */
  region?: string;
  /** Also goes back to older releases that don't say that this is meant. */
  allowDowngrade?: boolean;
  /** Forgets at the start that an update failed here. */
  retryFailed?: boolean;
  onEvent?: (event: DeviceEvent) => void;
}

/** Something that happened, in a word and in words. */
export interface DeviceEvent {
  event: DeviceEventName;
  message: string;
  /** What it is about: PRNs, numbers. */
  [field: string]: unknown;
}

export type DeviceEventName =
  | "polled"
  | "retrying"
  | "offered"
  | "held_off"
  | "progress"
  | "patched"
  | "verified"
  | "kept"
  | "hook"
  | "installed"
  | "switched"
  | "committed"
  | "rolling_back"
  | "rolled_back"
  | "failed";

/** What the parts of a running device share. */
export interface Device {
  options: Required<
    Pick<
      DeviceOptions,
      "directory" | "trust" | "pollInterval" | "hookTimeout" | "concurrency" | "chunkBytes" | "targets"
    >
  > &
    DeviceOptions;
  state: DeviceState;
  /** Writes the state down, with these changes. */
  save(changes: Partial<DeviceState>): Promise<void>;
  tell(event: DeviceEventName, message: string, fields?: Record<string, unknown>): void;
  /** With the device's certificate: for the device API only. */
  api: Transport;
  /** Without it: for links. */
  content: Transport;
  throttle: Throttle;
  /** Content that was found good since this process began, by path. */
  verified: Set<string>;
  signal: AbortSignal;
}
