import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { makeOfHeld } from "./delta.ts";
import type { Device } from "./device.ts";
import { download } from "./download.ts";
import { useLinks } from "./links.ts";
import { type Answer, type Offer, type OfferedDelta, type OfferedItem, Refusal } from "./offer.ts";
import { discard } from "./partial.ts";
import type { DeviceState } from "./state.ts";
import { verifyContent } from "./trust.ts";
import { Withdrawn } from "./withdrawn.ts";

type Update = Extract<Answer, { status: "update" }>;

/** Milliseconds without a byte after which a download waits for the next poll. */
const patience = 300_000;

/** Tries of a download that turned out damaged. */
const maxDamaged = 2;

export function contentPath(directory: string, { hash }: OfferedItem): string {
  return join(downloadsPath(directory), hash);
}

export function downloadsPath(directory: string): string {
  return join(directory, "downloads");
}

/** Proves once in the life of this process that an item's content is good, unless the device has the item. @throws Refusal */
export async function proveContent(device: Device, item: OfferedItem): Promise<void> {
  if (isKept(device.state, item)) return;
  const path = contentPath(device.options.directory, item);
  const subject = `${item.binary_prn} ${path}`;
  if (device.verified.has(subject)) return;
  await verifyContent(path, item, device.options.trust);
  device.verified.add(subject);
}

/** Whether the device has an item, with the same metadata: it isn't installed again. */
export function isKept({ running }: Pick<DeviceState, "running">, item: OfferedItem): boolean {
  const known = running?.items.find(({ binary_prn }) => binary_prn === item.binary_prn);
  return (
    known !== undefined && known.hash === item.hash && isDeepStrictEqual(known.custom_metadata, item.custom_metadata)
  );
}

/** The items that are for this device. @throws Refusal when there is none */
export function ownItems(items: OfferedItem[], targets: string[]): OfferedItem[] {
  if (targets.length === 0) return items;
  const own = items.filter(({ target }) => ["universal", "portable", ...targets].includes(target));
  if (own.length > 0) return own;
  const found = [...new Set(items.map(({ target }) => target))].join(", ");
  throw new Refusal(`nothing of it is for ${targets.join(" or ")}; it is for ${found}`);
}

/**
 * Brings all content that the device lacks, and proves it good. @param poll asks anew, for links that expired
 * @throws Refusal; other errors may pass
 */
export async function fetchContent(device: Device, answer: Update, poll: () => Promise<Answer>): Promise<void> {
  const { directory } = device.options;
  const { offer } = answer;
  await forgetOthers(directory, offer);
  for (const item of offer.items) {
    if (isKept(device.state, item)) continue;
    // Before a byte of it is asked for.
    if (item.signatures.length === 0) throw new Refusal(`${item.binary_prn} has no signature`);
    if (!(await proveOfHeld(device, item, answer, poll))) await proveWhole(device, item, answer, poll);
    device.tell(
      "verified",
      `${item.artifact_name} ${item.artifact_version} is whole, and signed by keys that are trusted`,
      {
        binary_prn: item.binary_prn,
        hash: item.hash,
      },
    );
  }
}

/** The item by a delta, proven; false when it can't be had so. */
async function proveOfHeld(
  device: Device,
  item: OfferedItem,
  { offer, deltas }: Update,
  poll: () => Promise<Answer>,
): Promise<boolean> {
  const path = contentPath(device.options.directory, item);
  const ask = async (delta: OfferedDelta): Promise<string[]> => {
    const answer = await sameOffer(offer, item, poll);
    const again = answer.deltas.get(item.binary_prn)?.find(({ hash }) => hash === delta.hash);
    if (again === undefined) throw new Refusal("it is offered no more");
    return [again.url];
  };
  if (!(await makeOfHeld(device, item, path, deltas.get(item.binary_prn) ?? [], ask))) return false;
  try {
    await proveContent(device, item);
    return true;
  } catch (error) {
    await discard(path);
    if (!(error instanceof Refusal)) throw error;
    device.tell("retrying", error.message, { binary_prn: item.binary_prn });
    return false;
  }
}

async function proveWhole(
  device: Device,
  item: OfferedItem,
  { offer, links }: Update,
  poll: () => Promise<Answer>,
): Promise<void> {
  const path = contentPath(device.options.directory, item);
  const ask = async (): Promise<string[]> => (await sameOffer(offer, item, poll)).links.get(item.binary_prn)!;
  for (let tries = 1; ; tries++) {
    await fetchOne(device, path, item, links.get(item.binary_prn)!, ask);
    try {
      return await proveContent(device, item);
    } catch (error) {
      await discard(path);
      if (tries === maxDamaged || !(error instanceof Refusal)) throw error;
      device.tell("retrying", error.message, { binary_prn: item.binary_prn });
    }
  }
}

async function fetchOne(
  device: Device,
  path: string,
  item: OfferedItem,
  links: string[],
  ask: () => Promise<string[]>,
): Promise<void> {
  const { concurrency, chunkBytes } = device.options;
  let told = 0;
  await download(path, item.size, useLinks(links, ask), {
    transport: device.content,
    concurrency,
    chunkBytes,
    throttle: device.throttle,
    signal: device.signal,
    patience: {
      total: patience,
      onRetry: (reason) => device.tell("retrying", (reason as Error).message, { binary_prn: item.binary_prn }),
    },
    onProgress(received, total) {
      if (received < total && performance.now() - told < 1_000) return;
      told = performance.now();
      device.tell("progress", `${item.artifact_name}: ${received} of ${total} bytes`, {
        binary_prn: item.binary_prn,
        received,
        total,
      });
    },
  });
}

/** Asks anew, for links that expired. @throws Withdrawn when the item is offered no more */
async function sameOffer(offer: Offer, item: OfferedItem, poll: () => Promise<Answer>): Promise<Update> {
  const answer = await poll();
  const same = answer.status === "update" && answer.offer.bundle_prn === offer.bundle_prn ? answer : null;
  const isThere = same?.offer.items.some(
    ({ binary_prn, hash }) => binary_prn === item.binary_prn && hash === item.hash,
  );
  if (same === null || !isThere) throw new Withdrawn(`${offer.bundle_prn} is offered no more`);
  return same;
}

/** Content of former offers takes room that nobody gives back. */
async function forgetOthers(directory: string, { items }: Offer): Promise<void> {
  const folder = downloadsPath(directory);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const wanted = new Set(items.map(({ hash }) => hash));
  for (const name of names) if (!wanted.has(name.slice(0, 64))) await rm(join(folder, name), { force: true });
}
