import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { wait } from "../../retry.ts";
import { nodeTransport } from "../transport.ts";
import { makePoll, PollError, sendReports, withReport } from "./api.ts";
import type { Device, DeviceOptions } from "./device.ts";
import { refuseDowngrade } from "./downgrade.ts";
import { about, type End, giveUp, reportOf } from "./end.ts";
import { heldOff } from "./failure.ts";
import { fetchContent, ownItems } from "./fetch.ts";
import { beginJournal, followJournal } from "./journal.ts";
import { lockDirectory } from "./lock.ts";
import { type Answer, Refusal } from "./offer.ts";
import { firstPause, pauseAfterError, varied } from "./pauses.ts";
import { readState, writeState } from "./state.ts";
import { makeThrottle } from "./throttle.ts";
import { Withdrawn } from "./withdrawn.ts";

/** How one turn of a device ended. */
export type Outcome = "up_to_date" | "quarantined" | "held_off" | End;

export const deviceDefaults = {
  pollInterval: 1_800_000,
  jitter: 0.1,
  hookTimeout: 600_000,
  concurrency: 4,
  chunkBytes: 8_388_608,
};

/**
 * Polls, updates and reports until the signal is aborted. Nothing that can pass ends it.
 * @throws Error when the state can't be read or written, or another device uses the directory
 */
export async function runDevice(options: DeviceOptions, signal: AbortSignal): Promise<void> {
  await withDevice(options, signal, async (device) => {
    const poll = makePoll(device);
    const { pollInterval, jitter = deviceDefaults.jitter } = device.options;
    let errors = 0;
    for (;;) {
      let pause = varied(pollInterval, jitter);
      try {
        const outcome = await takeTurn(device, poll);
        errors = 0;
        // What it runs now may not be the last release yet.
        if (outcome === "updated") pause = varied(firstPause, jitter);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Error) || isOwn(error)) throw error;
        const retryAfter = error instanceof PollError ? (error.retryAfter ?? 0) : 0;
        pause = pauseAfterError(errors++, pollInterval, retryAfter);
        device.tell("retrying", `${error.message}; trying again in ${Math.ceil(pause / 1000)} s`, { pause });
      }
      await wait(pause, signal);
    }
  });
}

/** One turn: what a crash left is finished, then the server is asked once, and what it offers is done. @throws Error */
export async function runDeviceOnce(options: DeviceOptions, signal: AbortSignal): Promise<Outcome> {
  return await withDevice(options, signal, (device) => takeTurn(device, makePoll(device)));
}

async function withDevice<T>(
  options: DeviceOptions,
  signal: AbortSignal,
  work: (device: Device) => Promise<T>,
): Promise<T> {
  const directory = resolve(options.directory);
  await mkdir(directory, { recursive: true });
  const lock = await lockDirectory(directory);
  try {
    const { ca, identity } = options;
    const roots = ca === undefined ? {} : { ca };
    const device: Device = {
      options: { ...deviceDefaults, targets: [], ...options, directory },
      state: await readState(directory),
      async save(changes) {
        const state = { ...device.state, ...changes };
        await writeState(directory, state);
        device.state = state;
      },
      tell: (event, message, fields = {}) => options.onEvent?.({ event, message, ...fields }),
      api: nodeTransport({ ...roots, ...(identity !== undefined && { identity }) }),
      content: nodeTransport(roots),
      throttle: makeThrottle(options.rateLimit ?? null),
      verified: new Set(),
      signal,
    };
    if (options.retryFailed === true && device.state.failure !== null) await device.save({ failure: null });
    if (device.state.release_version === null && options.initialVersion !== undefined) {
      await device.save({ release_version: options.initialVersion });
    }
    return await work(device);
  } finally {
    lock?.close();
  }
}

async function takeTurn(device: Device, poll: () => Promise<Answer>): Promise<Outcome> {
  await followJournal(device);
  await sendReports(device);
  const answer = await poll();
  device.tell("polled", words[answer.status], { status: answer.status });
  if (answer.status !== "update") return answer.status === "no_update" ? "up_to_date" : "quarantined";
  const outcome = await takeOffer(device, answer, poll);
  await sendReports(device);
  return outcome;
}

const words = {
  no_update: "nothing new",
  device_quarantine: "the device is quarantined: it gets nothing",
  update: "there is an update",
};

async function takeOffer(
  device: Device,
  answer: Extract<Answer, { status: "update" }>,
  poll: () => Promise<Answer>,
): Promise<Outcome> {
  const { targets, allowDowngrade = false } = device.options;
  let { offer } = answer;
  const reason = heldOff(device, offer);
  if (reason !== null) {
    device.tell("held_off", reason, about(offer));
    return "held_off";
  }
  const { release, items } = offer;
  device.tell("offered", `${release?.version ?? offer.bundle_prn}, ${items.length} binaries`, about(offer));
  try {
    if (!allowDowngrade) refuseDowngrade(release, device.state);
    offer = { ...offer, items: ownItems(items, targets) };
    await device.save({ reports: withReport(device.state.reports, reportOf(offer, "downloading")) });
    await sendReports(device);
    await fetchContent(device, { ...answer, offer }, poll);
  } catch (error) {
    device.signal.throwIfAborted();
    // What was withdrawn is no failure of this device; what may pass isn't either.
    if (!(error instanceof Refusal) || error instanceof Withdrawn) throw error;
    return await giveUp(device, offer, error);
  }
  await beginJournal(device, offer);
  // The server may be away: what is here can be installed all the same, and the report waits.
  await sendReports(device).catch((error: Error) => device.tell("retrying", error.message));
  return (await followJournal(device))!;
}

/** Errors of this device's own disk, which no later poll mends. */
function isOwn(error: Error): boolean {
  return ["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "");
}
