import { resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { databaseKinds } from "../../database/databases.fixture.ts";
import type { DeviceRow, Tables } from "../../database/tables.ts";
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
import { loadDevice, readReported, resolveLoaded } from "../resolution/load.ts";
import { previewRelease } from "./preview.ts";
import { createRelease } from "./releases.ts";

describe.each(databaseKinds)("the preview of a release, read from %s,", (kind) => {
  let replicas: Replicas;
  let db: Kysely<Tables>;
  let fleet: Fleet;
  const clock = standingClock("2026-02-01T00:00:00Z");

  beforeEach(async () => {
    replicas = await openReplicas(kind, clock);
    db = replicas.dbs[0]!;
    fleet = await makeFleet(db);
  });
  afterEach(() => replicas.close());

  const prn = (type: "release" | "bundle" | "cohort" | "device", id: string) =>
    resourcePrn(fleet.organizationId, type, id);

  async function requestOf(more: object = {}) {
    const { bundleId } = await addBundle(db, fleet);
    return { bundle_prn: prn("bundle", bundleId), cohort_prn: prn("cohort", fleet.cohortId), phase_value: 1, ...more };
  }
  const preview = (request: Awaited<ReturnType<typeof requestOf>>) =>
    previewRelease(replicas.platforms[0]!, fleet.principal, request);

  /** 1.0.0, then 2.0.0 that can't be skipped, and devices of every kind. */
  async function makeChannel() {
    const second = await addRelease(db, fleet, (await addBundle(db, fleet)).bundleId, {
      ...{ version: "2.0.0", version_requirement: "~> 1.0", required: 1 },
    });
    const first = await addRelease(db, fleet, (await addBundle(db, fleet)).bundleId, { next_release_id: second });
    const device = async (of: Partial<DeviceRow>) => (await addDevices(db, fleet, 1, of))[0]!;
    const at = (id: string, version: string) => ({
      ...{ reported_release_prn: prn("release", id), reported_release_version: version },
    });
    return {
      first,
      second,
      ready: await device({ ...at(second, "2.0.0"), tags: '["beta"]' }),
      tagless: await device(at(second, "2.0.0")),
      earlier: await device(at(first, "1.0.0")),
      silent: await device({}),
      strange: await device({ reported_release_version: "0.1.0" }),
      quarantined: await device({ ...at(second, "2.0.0"), quarantined: 1 }),
      overridden: await device(at(second, "2.0.0")),
    };
  }

  async function override(deviceId: string): Promise<void> {
    const own = { organization_id: fleet.organizationId, inserted_at: clock.text(), updated_at: clock.text() };
    const id = uuidv7();
    const { bundleId } = await addBundle(db, fleet);
    const lasts = { starts_at: "2026-01-01T00:00:00.000000Z", ends_at: null };
    const about = { name: "trial", description: null, bundle_id: bundleId };
    await db
      .insertInto("bundle_overrides")
      .values({ ...own, id, ...about, ...lasts })
      .execute();
    const row = { ...own, id: uuidv7(), bundle_override_id: id, device_id: deviceId };
    await db.insertInto("bundle_override_devices").values(row).execute();
  }

  it("says which devices would get it, and why the others wouldn't", async () => {
    const of = await makeChannel();
    await override(of.overridden);
    const answer = await preview(await requestOf({ version_requirement: "~> 2.0" }));
    expect(answer).toMatchObject({
      ...{ cohort_devices: 6, examined: 6, limit: null, eligible: 2, withheld: null },
      ...{ previous_release_prn: prn("release", of.second), next_release_prn: null },
      outcomes: { gets: 2, another_release: 1, overridden: 1, unplaced: 2, there: 0, held: 0, other_tags: 0 },
    });
    const outcomes = new Map(answer.devices.map((device) => [device.prn, device.outcome]));
    expect(outcomes.get(prn("device", of.ready))).toBe("gets");
    expect(outcomes.get(prn("device", of.earlier))).toBe("another_release");
    expect(outcomes.get(prn("device", of.silent))).toBe("unplaced");
    expect(outcomes.has(prn("device", of.quarantined))).toBe(false);
  });

  it("names what stands in the way: versions, tags, a release that can't be had", async () => {
    const { second } = await makeChannel();
    const { outcomes } = await preview(await requestOf({ version_requirement: "~> 3.0" }));
    expect(outcomes).toMatchObject({ gets: 0, other_version: 3, another_release: 1 });
    const tagged = await preview(await requestOf({ phase_mode: "tags", phase_tags: ["beta"], phase_value: null }));
    expect(tagged).toMatchObject({ eligible: 1, limit: null, outcomes: { gets: 1, other_tags: 3 } });
    await db.updateTable("releases").set({ disabled: 1 }).where("id", "=", second).execute();
    expect((await preview(await requestOf())).outcomes).toMatchObject({ gets: 3, held: 1 });
  });

  it("bounds them as the phase does, and lets none have what is disabled or withheld", async () => {
    await makeChannel();
    expect(await preview(await requestOf({ phase_value: 2 }))).toMatchObject({ eligible: 2, limit: 2 });
    expect(await preview(await requestOf({ phase_value: 0 }))).toMatchObject({ eligible: 0, limit: 0 });
    expect(await preview(await requestOf({ disabled: true }))).toMatchObject({ eligible: 0, outcomes: { gets: 3 } });
    const request = await requestOf();
    await db.updateTable("binaries").set({ state: "destroyed" }).execute();
    const { eligible, withheld } = await preview(request);
    expect([eligible, withheld]).toEqual([0, expect.stringContaining("is destroyed")]);
  });

  it("looks at the newest ten thousand devices, and says so", async () => {
    const { second } = await makeChannel();
    await addDevices(db, fleet, 10_000, { reported_release_prn: prn("release", second) });
    expect(await preview(await requestOf())).toMatchObject({
      ...{ cohort_devices: 10_006, examined: 10_000, eligible: 10_000 },
      outcomes: { gets: 10_000, unplaced: 0 },
    });
  });

  it("refuses what creating it would refuse, and makes nothing", async () => {
    await makeChannel();
    await expect(preview(await requestOf({ version: "one" }))).rejects.toThrow(/version/);
    await expect(preview(await requestOf({ phase_value: null }))).rejects.toThrow(/phase_value/);
    await expect(preview(await requestOf({ bundle_prn: prn("bundle", uuidv7()) }))).rejects.toThrow(/bundle/);
    await db.updateTable("releases").set({ phase_value: 0.5 }).where("next_release_id", "is", null).execute();
    await expect(preview(await requestOf())).rejects.toThrow(/newest release/);
    expect(await db.selectFrom("releases").select("id").execute()).toHaveLength(2);
  });

  it.each([
    ["as the newest", () => ({})],
    ["before the newest", ({ second }: { second: string }) => ({ next_release_prn: prn("release", second) })],
  ])("agrees with what devices are told once it is made %s", async (_, place) => {
    const of = await makeChannel();
    await override(of.overridden);
    const request = await requestOf({ version: "1.5.0", version_requirement: "~> 1.0 or ~> 2.0", ...place(of) });
    const { devices } = await preview(request);
    const made = { ...request, name: "made", required: false, schedule_date: clock.text() };
    const release = await createRelease(replicas.platforms[0]!, fleet.principal, made);
    for (const device of devices) {
      const row = (await loadDevice(db, fleet.organizationId, device.prn.split(":").at(-1)!, clock.text()))!;
      const reported = readReported(fleet.organizationId, {
        releasePrn: row.reported_release_prn ?? undefined,
        version: row.reported_release_version ?? undefined,
      });
      const told = await resolveLoaded(db, row, reported, clock.text());
      const gets = told.release !== null && prn("release", told.release.id) === release.prn;
      expect([device.identifier, device.outcome === "gets"]).toEqual([device.identifier, gets]);
    }
  });
});
