import { resourcePrn } from "@open-peridio/contract";
import type { Kysely, Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { announcing } from "../../activity/announcing.ts";
import { isPostgres } from "../../database/dialect.ts";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import type { DeviceCaller, Origin } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { deviceEvent, type EventDevice, findEventDevices } from "../device-events.ts";
import { toResolvable } from "../resolution/channels.ts";
import { admits } from "../resolution/resolve.ts";
import { makeBatches } from "./batches.ts";

interface Asked {
  deviceId: string;
  releaseId: string;
  origin: Origin | null;
}

export type Claims = ReturnType<typeof makeClaims>;

/**
 * Lets a device have a release, for good, if its phase still has room. The same device may ask again, and gets the same
 * answer. Resolves when the claim is durable: false when others were faster, or when the release was paused, changed or
 * deleted meanwhile; then it is to be resolved anew. Decision 17 says in what order devices come, and why the trail
 * has none of it.
 */
export function claimRelease(
  platform: Platform,
  { organizationId, deviceId }: DeviceCaller,
  releaseId: string,
  origin: Origin | null = null,
): Promise<boolean> {
  return platform.claims(organizationId, { deviceId, releaseId, origin });
}

export function makeClaims({ db, clock }: Pick<Platform, "db" | "clock">) {
  return makeBatches<Asked, boolean>((organizationId, asked) =>
    announcing(db, organizationId, "device.claimed_release", async (transaction, announce) => {
      const at = timestamp(clock.now());
      const devices = await findEventDevices(transaction, organizationId, distinct(asked, "deviceId"));
      const granted = new Set<string>();
      const events = [];
      for (const releaseId of distinct(asked, "releaseId")) {
        const among = asked.filter((one) => one.releaseId === releaseId && devices.has(one.deviceId));
        const release = await takeRelease(transaction, organizationId, releaseId);
        if (!release || among.length === 0) continue;
        const before = await claimants(transaction, release, distinct(among, "deviceId"));
        const fresh = await grant(transaction, release, among, before, devices, at);
        for (const { deviceId } of among)
          if (before.has(deviceId) || fresh.has(deviceId)) granted.add(key(deviceId, releaseId));
        const told = { prn: resourcePrn(organizationId, "release", release.id), version: release.version };
        for (const [deviceId, { origin }] of fresh) {
          events.push(deviceEvent(devices.get(deviceId)!, "claimed_release", { release: told }, { origin, at }));
        }
      }
      await announce(events);
      return asked.map(({ deviceId, releaseId }) => granted.has(key(deviceId, releaseId)));
    }),
  );
}

const key = (deviceId: string, releaseId: string) => `${deviceId} ${releaseId}`;

/** In one order for all, so that two transactions never wait for each other. */
function distinct<K extends "deviceId" | "releaseId">(asked: readonly Asked[], name: K): string[] {
  return [...new Set(asked.map((one) => one[name]))].sort();
}

/** The release, which nobody else changes or claims until the transaction ends. */
function takeRelease(transaction: Kysely<Tables>, organizationId: string, id: string): Promise<ReleaseRow | undefined> {
  const query = transaction
    .selectFrom("releases")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("id", "=", id);
  return (isPostgres(transaction) ? query.forNoKeyUpdate() : query).executeTakeFirst();
}

async function claimants(
  transaction: Kysely<Tables>,
  release: ReleaseRow,
  deviceIds: readonly string[],
): Promise<Set<string>> {
  const rows = await transaction
    .selectFrom("release_claims")
    .select("device_id")
    .where("organization_id", "=", release.organization_id)
    .where("release_id", "=", release.id)
    .where("device_id", "in", deviceIds)
    .execute();
  return new Set(rows.map(({ device_id }) => device_id));
}

/** Gives the release to those for whom there is room, in the order in which they asked; returns who that is. */
async function grant(
  transaction: Transaction<Tables>,
  release: ReleaseRow,
  among: readonly Asked[],
  before: ReadonlySet<string>,
  devices: ReadonlyMap<string, EventDevice>,
  at: string,
): Promise<Map<string, Asked>> {
  const fresh = new Map<string, Asked>();
  if (release.disabled === 1 || release.schedule_date > at) return fresh;
  const resolvable = toResolvable(release);
  const deviceCount = await countingDevices(transaction, release);
  for (const asked of among) {
    const { row } = devices.get(asked.deviceId)!;
    if (before.has(row.id) || fresh.has(row.id)) continue;
    if (row.quarantined === 1 || row.cohort_id !== release.cohort_id) continue;
    const tags = row.tags === null ? [] : (JSON.parse(row.tags) as string[]);
    const claims = new Map([[release.id, Number(release.claims) + fresh.size]]);
    if (admits(resolvable, { claimed: new Set(), tags }, { claims, deviceCount })) fresh.set(row.id, asked);
  }
  if (fresh.size === 0) return fresh;
  const claim = {
    organization_id: release.organization_id,
    release_id: release.id,
    state: "claimed",
    detail: null,
  } as const;
  await transaction
    .insertInto("release_claims")
    .values([...fresh.keys()].map((id) => ({ ...claim, id: uuidv7(), device_id: id, inserted_at: at, updated_at: at })))
    .execute();
  await transaction
    .updateTable("releases")
    .set(({ eb }) => ({ claims: eb("claims", "+", fresh.size) }))
    .where("organization_id", "=", release.organization_id)
    .where("id", "=", release.id)
    .execute();
  return fresh;
}

/** Devices in the cohort that count for a share: all but the quarantined ones. */
async function countingDevices(transaction: Kysely<Tables>, release: ReleaseRow): Promise<number> {
  const cohort = await transaction
    .selectFrom("cohorts")
    .select(["device_count", "quarantined_count"])
    .where("organization_id", "=", release.organization_id)
    .where("id", "=", release.cohort_id)
    .executeTakeFirstOrThrow();
  return Number(cohort.device_count) - Number(cohort.quarantined_count);
}
