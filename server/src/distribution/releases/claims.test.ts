import type { Kysely } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { databaseKinds } from "../../database/databases.fixture.ts";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
import type { Platform } from "../../platform.ts";
import {
  addBundle,
  addDevices,
  addRelease,
  type Fleet,
  makeFleet,
  openReplicas,
  type Replicas,
  standingClock,
} from "../fleet.fixture.ts";
import { claimRelease } from "./claims.ts";

describe.each(databaseKinds)("claims on %s", (kind) => {
  let replicas: Replicas;
  let platforms: Platform[];
  let db: Kysely<Tables>;
  let fleet: Fleet;
  const clock = standingClock("2026-02-01T00:00:00Z");

  beforeEach(async () => {
    replicas = await openReplicas(kind, clock);
    platforms = replicas.platforms;
    db = replicas.dbs[0]!;
    fleet = await makeFleet(db);
  });
  afterEach(() => replicas.close());

  /** Every device asks every replica, at once. */
  async function everyoneAsks(deviceIds: string[], releaseId: string): Promise<Set<string>> {
    const granted = new Set<string>();
    const asking = deviceIds.flatMap((deviceId) =>
      platforms.map(async (platform) => {
        const caller = { organizationId: fleet.organizationId, deviceId };
        if (await claimRelease(platform, caller, releaseId)) granted.add(deviceId);
      }),
    );
    await Promise.all(asking);
    return granted;
  }

  const rows = async (releaseId: string) =>
    (await db.selectFrom("release_claims").select("device_id").where("release_id", "=", releaseId).execute()).map(
      ({ device_id }) => device_id,
    );
  const counter = async (releaseId: string) =>
    Number(
      (await db.selectFrom("releases").select("claims").where("id", "=", releaseId).executeTakeFirstOrThrow()).claims,
    );
  const change = (releaseId: string, set: Partial<ReleaseRow>) =>
    db.updateTable("releases").set(set).where("id", "=", releaseId).execute();

  it("1,000 devices that ask all at once come in by exactly 1 %, then 20 devices, then all, and whoever is in stays in", async () => {
    const devices = await addDevices(db, fleet, 1_000);
    const { bundleId } = await addBundle(db, fleet);
    const release = await addRelease(db, fleet, bundleId, { phase_value: 0.01 });
    let before = new Set<string>();
    for (const [value, expected] of [
      [0.01, 10],
      [20, 20],
      [1, 1_000],
    ] as const) {
      await change(release, { phase_value: value });
      const granted = await everyoneAsks(devices, release);
      expect(granted.size).toBe(expected);
      expect(new Set(await rows(release))).toEqual(granted);
      expect(await counter(release)).toBe(expected);
      expect([...before].every((one) => granted.has(one))).toBe(true);
      before = granted;
    }
    const events = await db.selectFrom("events").select(["subtype", "resource_prn"]).execute();
    expect(events.filter(({ subtype }) => subtype === "claimed_release")).toHaveLength(1_000);
    expect(new Set(events.map(({ resource_prn }) => resource_prn)).size).toBe(1_000);
    expect(await db.selectFrom("audit_logs").select("id").execute()).toEqual([]);
  });

  it("quarantined devices neither count for a share nor get in", async () => {
    const healthy = await addDevices(db, fleet, 10);
    const quarantined = await addDevices(db, fleet, 90, { quarantined: 1 });
    const release = await addRelease(db, fleet, (await addBundle(db, fleet)).bundleId, { phase_value: 0.5 });
    expect(await everyoneAsks(quarantined, release)).toEqual(new Set());
    expect((await everyoneAsks(healthy, release)).size).toBe(5);
  });

  it("a share that isn't whole lets one device more in, and binary fractions none", async () => {
    const devices = await addDevices(db, fleet, 100);
    const { bundleId } = await addBundle(db, fleet);
    const release = await addRelease(db, fleet, bundleId, { phase_value: 0.07 });
    expect((await everyoneAsks(devices, release)).size).toBe(7);
    await change(release, { phase_value: 0.071 });
    expect((await everyoneAsks(devices, release)).size).toBe(8);
  });

  it.each<[string, Partial<ReleaseRow>]>([
    ["paused", { paused_at: "2026-01-31T00:00:00.000000Z" }],
    ["disabled", { disabled: 1 }],
    ["not yet due", { schedule_date: "2026-02-01T00:00:00.000001Z" }],
    ["for other tags", { phase_mode: "tags", phase_tags: '["beta"]', phase_value: null }],
    ["at share 0", { phase_value: 0 }],
  ])("a release that is %s takes nobody new, and keeps whom it has", async (_, set) => {
    const [first, second] = await addDevices(db, fleet, 2, { tags: '["stable"]' });
    const release = await addRelease(db, fleet, (await addBundle(db, fleet)).bundleId);
    expect(await everyoneAsks([first!], release)).toEqual(new Set([first]));
    await change(release, set);
    expect(await everyoneAsks([first!, second!], release)).toEqual(new Set([first]));
  });

  it("nobody gets a release of another cohort, nor one that is gone, and a device that is gone gets none", async () => {
    const [device] = await addDevices(db, fleet, 1);
    const { bundleId } = await addBundle(db, fleet);
    const other = await makeFleet(db);
    const foreign = await addRelease(db, other, (await addBundle(db, other)).bundleId);
    const release = await addRelease(db, fleet, bundleId);
    expect(await everyoneAsks([device!], foreign)).toEqual(new Set());
    await db.deleteFrom("devices").where("id", "=", device!).execute();
    expect(await everyoneAsks([device!], release)).toEqual(new Set());
    await db.deleteFrom("releases").where("id", "=", release).execute();
    expect(await everyoneAsks([device!], release)).toEqual(new Set());
  });

  it("the event says which device claimed which release, by itself", async () => {
    const [device] = await addDevices(db, fleet, 1, { identifier: "SN1" });
    const release = await addRelease(db, fleet, (await addBundle(db, fleet)).bundleId, { version: "2.0.0" });
    await everyoneAsks([device!, device!], release);
    const prn = (type: string, id: string) => `prn:1:${fleet.organizationId}:${type}:${id}`;
    const events = await db.selectFrom("events").selectAll().execute();
    expect(events.map(({ data, ...event }) => ({ ...event, data: JSON.parse(data) }))).toEqual([
      {
        ...{
          organization_id: fleet.organizationId,
          id: expect.any(String),
          inserted_at: clock.text(),
          xact: expect.any(Number),
        },
        ...{ type: "device", subtype: "claimed_release" },
        ...{ actor_prn: prn("device", device!), resource_prn: prn("device", device!) },
        data: {
          device: {
            ...{ prn: prn("device", device!), identifier: "SN1" },
            cohort: { cohort_prn: prn("cohort", fleet.cohortId), cohort_name: `cohort ${fleet.cohortId}` },
          },
          release: { prn: prn("release", release), version: "2.0.0" },
        },
      },
    ]);
  });

  it("a webhook that wants to hear of claims has one delivery for each", async () => {
    const wants = (id: string, events: string[]) => ({
      ...{ organization_id: fleet.organizationId, id, url: "https://example.com", description: null },
      ...{ enabled_events: JSON.stringify(events), state: "enabled" as const, disabled_reason: null },
      ...{ failing_since: null, sealed_secret: "", previous_sealed_secret: null, previous_expires_at: null },
      ...{ inserted_at: clock.text(), updated_at: clock.text() },
    });
    const hooks = [wants("w1", ["device.claimed_release"]), wants("w2", ["release.halted"])];
    await db.insertInto("webhooks").values(hooks).execute();
    const devices = await addDevices(db, fleet, 30);
    const release = await addRelease(db, fleet, (await addBundle(db, fleet)).bundleId, { phase_value: 10 });
    const granted = await everyoneAsks(devices, release);
    const deliveries = await db.selectFrom("webhook_deliveries").selectAll().execute();
    expect(new Set(deliveries.map(({ webhook_id }) => webhook_id))).toEqual(new Set(["w1"]));
    expect(new Set(deliveries.map(({ resource_prn }) => resource_prn.split(":").at(-1)))).toEqual(granted);
    expect(deliveries).toHaveLength(10);
  });
});
