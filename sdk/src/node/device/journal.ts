import { withReport } from "./api.ts";
import { bootId } from "./boot.ts";
import type { Device } from "./device.ts";
import { commit, type End, endRolledBack, giveUp, reportOf } from "./end.ts";
import { proveContent } from "./fetch.ts";
import { endLeftover } from "./hook.ts";
import { installItem } from "./install.ts";
import type { Offer } from "./offer.ts";
import { pidPath, runUpdateHook } from "./run-hook.ts";
import { emptySlot, otherSlot, slotPath, switchTo, withFolders } from "./slots.ts";
import type { Journal } from "./state.ts";

/** Starts of the device in one step behind the switch, after which it goes back. */
const maxStarts = 3;

/** Begins the part of an update that changes something; all content is there and verified. */
export async function beginJournal(device: Device, offer: Offer): Promise<void> {
  const { running, reports } = device.state;
  const update: Journal = {
    offer,
    slot: otherSlot(running?.slot),
    phase: "installing",
    installed: [],
    starts: 0,
    boot: null,
    reason: null,
  };
  await device.save({ update, reports: withReport(reports, reportOf(offer, "installing")) });
}

/** Goes on with an update where it stands, be it begun just now or before a crash. @returns how it ended; null for none */
export async function followJournal(device: Device): Promise<End | null> {
  await endLeftover(pidPath(device));
  let end: End | null = null;
  for (let { update } = device.state; update !== null; { update } = device.state) {
    end = await steps[update.phase](device, update);
  }
  return end;
}

/** Each answers how the update ended, or null and has written down what comes next. */
const steps: Record<Journal["phase"], (device: Device, update: Journal) => Promise<End | null>> = {
  installing: installAll,
  switching: switchOver,
  activating: activate,
  checking: check,
  rolling_back: rollBack,
};

async function installAll(device: Device, update: Journal): Promise<End | null> {
  const { directory } = device.options;
  const items = withFolders(update.offer.items);
  const missing = items.filter(({ binary_prn }) => !update.installed.includes(binary_prn));
  try {
    // All of them before the first one changes anything. After a crash once more: who wrote to the disk isn't known.
    for (const item of missing) await proveContent(device, item);
    if (update.installed.length === 0) await emptySlot(directory, update.slot);
    for (const item of missing) {
      await installItem(device, update, item);
      await advance(device, { installed: [...device.state.update!.installed, item.binary_prn] });
    }
  } catch (error) {
    device.signal.throwIfAborted();
    return await giveUp(device, update.offer, error as Error);
  }
  return await advance(device, { phase: "switching" });
}

async function switchOver(device: Device, { slot }: Journal): Promise<null> {
  await switchTo(device.options.directory, slot);
  device.tell("switched", `'current' is slot ${slot} now`, { slot });
  return await advance(device, { phase: "activating", starts: 0, boot: null });
}

async function activate(device: Device, update: Journal): Promise<null> {
  if (update.starts === maxStarts) return await goBack(device, tooOften("activated"));
  const failure = await failureOf(device, activateOnce(device, update, "new"));
  if (failure !== null) return await goBack(device, failure);
  return await advance(device, { phase: "checking", starts: 0 });
}

async function check(device: Device, update: Journal): Promise<End | null> {
  const { healthHook, directory } = device.options;
  if (healthHook === undefined) return await commit(device, update);
  if (update.starts === maxStarts) return await goBack(device, tooOften("found well"));
  await advance(device, { starts: update.starts + 1 });
  const failure = await failureOf(device, runUpdateHook(device, update, healthHook, slotPath(directory, update.slot)));
  return failure === null ? await commit(device, update) : await goBack(device, failure);
}

async function goBack(device: Device, reason: string): Promise<null> {
  device.tell("rolling_back", `going back: ${reason}`, { reason });
  return await advance(device, { phase: "rolling_back", starts: 0, boot: null, reason });
}

async function rollBack(device: Device, update: Journal): Promise<End> {
  const { running } = device.state;
  await switchTo(device.options.directory, running?.slot ?? null);
  if (running !== null && update.starts < maxStarts) {
    const failure = await failureOf(device, activateOnce(device, update, "former"));
    // There is nowhere else to go back to: it is told, no more.
    if (failure !== null) device.tell("hook", `after going back: ${failure}`);
  }
  return await endRolledBack(device, update);
}

/** Runs the hook, unless it was begun in an earlier life of the system: then it was the reboot that it is there for. */
async function activateOnce(device: Device, update: Journal, what: "new" | "former"): Promise<void> {
  const { activateHook, directory } = device.options;
  if (activateHook === undefined) return;
  const boot = await bootId();
  if (update.boot !== null && boot !== "" && update.boot !== boot) return;
  await advance(device, { boot, starts: update.starts + 1 });
  const slot = what === "new" ? update.slot : device.state.running!.slot;
  await runUpdateHook(device, update, activateHook, slotPath(directory, slot), { PERIDIO_ACTIVATE: what });
}

/** Why a hook failed; null when it didn't. @throws when the device is to stop: that is no failure */
async function failureOf(device: Device, hook: Promise<void>): Promise<string | null> {
  const failure = await hook.then(
    () => null,
    (error: Error) => error.message,
  );
  device.signal.throwIfAborted();
  return failure;
}

function tooOften(what: string): string {
  return `the device was started ${maxStarts} times without being ${what}`;
}

async function advance(device: Device, changes: Partial<Journal>): Promise<null> {
  await device.save({ update: { ...device.state.update!, ...changes } });
  return null;
}
