import { resourcePrn } from "@open-peridio/contract";
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
import { type ClaimReport, reportClaim } from "./claim-reports.ts";
import { claimRelease } from "./claims.ts";
import { pauseRelease, resumeRelease } from "./pausing.ts";
import { getRollout } from "./rollout.ts";

describe.each(databaseKinds)("reports of devices on %s", (kind) => {
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

  const caller = (deviceId: string) => ({ organizationId: fleet.organizationId, deviceId });

  /** A release that so many devices have claimed. */
  async function claimedBy(count: number, of: Partial<ReleaseRow> = {}) {
    const devices = await addDevices(db, fleet, count);
    const releaseId = await addRelease(db, fleet, (await addBundle(db, fleet)).bundleId, of);
    await Promise.all(devices.map((id) => claimRelease(platforms[0]!, caller(id), releaseId)));
    return { devices, releaseId, prn: resourcePrn(fleet.organizationId, "release", releaseId) };
  }

  /** By every replica at once. */
  const report = (deviceId: string, releaseId: string, state: ClaimReport["state"], detail: string | null = null) =>
    Promise.all(platforms.map((one) => reportClaim(one, caller(deviceId), { releaseId, state, detail })));

  const rollout = (prn: string) => getRollout(platforms[0]!, fleet.principal, prn);
  const release = (id: string) => db.selectFrom("releases").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const eventsOf = async (prn: string) =>
    db
      .selectFrom("events")
      .select(["subtype", "actor_prn", "data"])
      .where("resource_prn", "=", prn)
      .orderBy("id")
      .execute();

  it("are counted exactly, each device once, however often and by how many replicas it is told", async () => {
    const { devices, releaseId, prn } = await claimedBy(200);
    await Promise.all(
      devices.map(async (id, index) => {
        if (index >= 180) return;
        await report(id, releaseId, "downloading");
        if (index >= 160) return;
        await report(id, releaseId, "installing");
        if (index >= 140) return;
        await report(id, releaseId, index < 30 ? "failed" : "installed");
        await report(id, releaseId, index < 30 ? "failed" : "installed");
        if (index < 10) await report(id, releaseId, "installed");
        if (index === 139) await report(id, releaseId, "rolled_back");
      }),
    );
    expect(await rollout(prn)).toMatchObject({
      ...{ state: "active", cohort_devices: 200, eligible: 200, withheld: null },
      ...{ claimed: 20, downloading: 20, installing: 20, done: 119, failed: 21 },
    });
    expect(await release(releaseId)).toMatchObject({ claims: 200, done: 119, failed: 21 });
  });

  it("of a second try are no progress until it ends, and keep the last words", async () => {
    const { devices, releaseId, prn } = await claimedBy(1);
    const [device] = devices;
    await report(device!, releaseId, "failed", "no\u0000space");
    await report(device!, releaseId, "downloading");
    expect(await rollout(prn)).toMatchObject({ downloading: 0, failed: 1 });
    const claim = () => db.selectFrom("release_claims").selectAll().executeTakeFirstOrThrow();
    expect(await claim()).toMatchObject({ state: "failed", detail: "no space" });
    await report(device!, releaseId, "installed");
    expect(await claim()).toMatchObject({ state: "done", detail: null });
  });

  it("of what the device has not claimed change nothing", async () => {
    const { releaseId, prn } = await claimedBy(1);
    const [other] = await addDevices(db, fleet, 1);
    expect(new Set(await report(other!, releaseId, "failed"))).toEqual(new Set([false]));
    expect(await rollout(prn)).toMatchObject({ claimed: 1, failed: 0 });
  });

  it("halt a release once as many have failed as it bears, and not before", async () => {
    const { devices, releaseId, prn } = await claimedBy(20, { failure_share: 0.25, failure_minimum: 3 });
    const [late] = await addDevices(db, fleet, 1);
    for (const id of devices.slice(0, 2)) await report(id, releaseId, "failed");
    for (const id of devices.slice(2, 9)) await report(id, releaseId, "installed");
    expect(await rollout(prn)).toMatchObject({ state: "active", done: 7, failed: 2 });
    await report(devices[9]!, releaseId, "failed");
    expect(await rollout(prn)).toMatchObject({ state: "halted", done: 7, failed: 3 });
    expect(await claimRelease(platforms[0]!, caller(late!), releaseId)).toBe(false);
    expect(await claimRelease(platforms[0]!, caller(devices[10]!), releaseId)).toBe(true);
    await report(devices[10]!, releaseId, "failed");
    const events = await eventsOf(prn);
    expect(events.map(({ data, ...event }) => ({ ...event, data: JSON.parse(data) }))).toEqual([
      {
        ...{ subtype: "halted", actor_prn: null },
        data: {
          release: { prn, name: `release ${releaseId}`, version: null },
          cohort_prn: resourcePrn(fleet.organizationId, "cohort", fleet.cohortId),
          bundle_prn: expect.stringMatching(/:bundle:/),
          ...{ done: 7, failed: 3 },
        },
      },
    ]);
    expect(await db.selectFrom("audit_logs").select("subtype").execute()).toEqual([{ subtype: "halted" }]);
  });

  it("don't halt a release without such a share, or one that is paused already", async () => {
    const never = await claimedBy(3);
    for (const id of never.devices) await report(id, never.releaseId, "failed");
    expect((await rollout(never.prn)).state).toBe("active");
    const paused = await claimedBy(3, {
      failure_share: 0.1,

      next_release_id: never.releaseId,
    });
    await pauseRelease(platforms[0]!, fleet.principal, paused.prn);
    for (const id of paused.devices) await report(id, paused.releaseId, "failed");
    expect((await rollout(paused.prn)).state).toBe("paused");
  });

  it("are counted anew once a release is resumed", async () => {
    const { devices, releaseId, prn } = await claimedBy(10, { failure_share: 0.5, failure_minimum: 2 });
    for (const id of devices.slice(0, 2)) await report(id, releaseId, "failed");
    expect((await rollout(prn)).state).toBe("halted");
    const resumed = await resumeRelease(platforms[0]!, fleet.principal, prn);
    expect(resumed).toMatchObject({ paused_at: null, halted_at: null });
    await report(devices[0]!, releaseId, "installed");
    await report(devices[2]!, releaseId, "failed");
    expect(await rollout(prn)).toMatchObject({ state: "active", done: 1, failed: 2 });
    expect(await release(releaseId)).toMatchObject({ done: 1, failed: 1 });
    await report(devices[3]!, releaseId, "failed");
    expect((await rollout(prn)).state).toBe("halted");
    expect((await eventsOf(prn)).map(({ subtype }) => subtype)).toEqual(["halted", "resumed", "halted"]);
  });
});
