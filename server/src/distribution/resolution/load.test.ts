import type { Kysely } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { databaseKinds, makeDatabase, type TestDatabase } from "../../database/databases.fixture.ts";
import { openDatabase } from "../../database/open.ts";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
import {
  addBundle,
  addCohort,
  addDevices,
  addRelease,
  type Fleet,
  makeFleet,
  platformOn,
  standingClock,
} from "../fleet.fixture.ts";
import { claimRelease } from "../releases/claims.ts";
import type { Reported } from "../resolvable.ts";
import { touchChannel } from "./channels.ts";
import { loadDevice, readReported, resolveLoaded } from "./load.ts";
import { forTarget, loadManifest } from "./manifest.ts";

describe.each(databaseKinds)("what a device should run, read from %s,", (kind) => {
  let database: TestDatabase;
  let db: Kysely<Tables>;
  let fleet: Fleet;
  const clock = standingClock("2026-02-01T00:00:00Z");
  const nothing: Reported = { releaseId: null, bundleId: null, version: null };

  beforeEach(async () => {
    database = await makeDatabase(kind);
    db = await openDatabase(database.url);
    fleet = await makeFleet(db);
  });
  afterEach(async () => {
    await db.destroy();
    await database.remove();
  });

  async function resolveNow(deviceId: string, reported: Partial<Reported>) {
    const device = await loadDevice(db, fleet.organizationId, deviceId, clock.text());
    return resolveLoaded(db, device!, { ...nothing, ...reported }, clock.text());
  }

  /** A channel of releases, the first one first; a device that runs the first. */
  async function makeChannel(...of: Partial<ReleaseRow>[]) {
    const [device] = await addDevices(db, fleet, 1);
    const bundles = [];
    const ids: string[] = [];
    let next: string | null = null;
    for (const one of [...of].reverse()) {
      const bundle = await addBundle(db, fleet);
      next = await addRelease(db, fleet, bundle.bundleId, { next_release_id: next, ...one });
      bundles.unshift(bundle);
      ids.unshift(next);
    }
    return { device: device!, bundles, ids, running: { releaseId: ids[0]! } };
  }

  /** The same database, and how many queries were sent to it so far. */
  function counting() {
    const count = { queries: 0 };
    const counted = db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        count.queries++;
        return result;
      },
    });
    return { counted, count };
  }

  const update = (releaseId: string, bundleId: string, claim = true) => ({
    ...{ status: "update", bundleId },
    source: { type: "release", releaseId, claim },
  });

  it("is the newest release, and nothing for who runs that", async () => {
    const { device, bundles, ids, running } = await makeChannel({}, {}, { version: "3.0.0" });
    const found = await resolveNow(device, running);
    expect(found.resolution).toEqual(update(ids[2]!, bundles[2]!.bundleId));
    expect(found.release).toMatchObject({ id: ids[2], version: "3.0.0" });
    expect((await resolveNow(device, { releaseId: ids[2]! })).resolution).toEqual({ status: "no_update" });
  });

  it("is read in two queries, and in one for who runs the newest, however many releases there are", async () => {
    const { device, ids, running } = await makeChannel(...Array.from({ length: 12 }, () => ({})));
    const { counted, count } = counting();
    const ask = async (reported: Partial<Reported>) => {
      const before = count.queries;
      const loaded = await loadDevice(counted, fleet.organizationId, device, clock.text());
      await resolveLoaded(counted, loaded!, { ...nothing, ...reported }, clock.text());
      return count.queries - before;
    };
    // The channel itself is read once for each of its changes.
    expect(await ask(running)).toBe(3);
    expect(await ask(running)).toBe(2);
    expect(await ask({ releaseId: ids.at(-1)! })).toBe(1);
  });

  it("follows the claims, at once: of its own, and those of others that fill a phase", async () => {
    const { device, bundles, ids, running } = await makeChannel({}, {}, { phase_value: 2 });
    const [, ...others] = [device, ...(await addDevices(db, fleet, 2))];
    const platform = platformOn(db, clock);
    const claim = (deviceId: string) =>
      claimRelease(platform, { organizationId: fleet.organizationId, deviceId }, ids[2]!);
    expect(await claim(others[0]!)).toBe(true);
    expect((await resolveNow(device, running)).resolution).toEqual(update(ids[2]!, bundles[2]!.bundleId));
    expect(await claim(others[1]!)).toBe(true);
    expect((await resolveNow(device, running)).resolution).toEqual(update(ids[1]!, bundles[1]!.bundleId));
    expect((await resolveNow(others[0]!, running)).resolution).toEqual(update(ids[2]!, bundles[2]!.bundleId, false));
  });

  it("counts no quarantined device for a share", async () => {
    const { device, ids, bundles, running } = await makeChannel({}, { phase_value: 0.5 });
    await addDevices(db, fleet, 3, { quarantined: 1 });
    expect((await resolveNow(device, running)).resolution).toEqual(update(ids[1]!, bundles[1]!.bundleId));
    await db.updateTable("releases").set({ claims: 1 }).where("id", "=", ids[1]!).execute();
    expect((await resolveNow(device, running)).resolution).toEqual({ status: "no_update" });
  });

  it("remembers the releases of a cohort until its channel is touched, by any replica", async () => {
    const { device, ids, running } = await makeChannel({}, {});
    expect((await resolveNow(device, running)).resolution.status).toBe("update");
    const other = await openDatabase(database.url);
    await other.transaction().execute(async (transaction) => {
      await transaction.updateTable("releases").set({ disabled: 1 }).where("id", "=", ids[1]!).execute();
      await touchChannel(transaction, fleet.organizationId, fleet.cohortId);
    });
    await other.destroy();
    await expect.poll(async () => (await resolveNow(device, running)).resolution.status).toBe("no_update");
  });

  it("is withheld at once when a member is destroyed, was never signed, or lost one key too many, and without any member", async () => {
    const { device, bundles, ids, running } = await makeChannel({}, {});
    const { bundleId, binaryIds, keyIds } = bundles[1]!;
    const [binaryId] = binaryIds;
    const binaries = db.updateTable("binaries").where("id", "=", binaryId!);
    const keys = db.updateTable("signing_keys").where("id", "=", keyIds[0]!);
    const source = { type: "release", releaseId: ids[1], claim: true };
    const withheld = async () => {
      const { resolution, release } = await resolveNow(device, running);
      expect([resolution.status, release]).toEqual(["no_update", null]);
      return resolution;
    };
    await keys.set({ revoked_at: clock.text() }).execute();
    expect(await withheld()).toMatchObject({ bundleId, source, withheld: { reason: "binary_unsigned", binaryId } });
    await keys.set({ revoked_at: null }).execute();
    expect((await resolveNow(device, running)).resolution.status).toBe("update");
    await binaries.set({ quarantine: "{}" }).execute();
    expect(await withheld()).toMatchObject({ bundleId, withheld: { reason: "binary_quarantined", binaryId } });
    await binaries.set({ quarantine: null }).execute();
    await binaries.set({ required_signatures: 2 }).execute();
    expect(await withheld()).toMatchObject({ withheld: { reason: "binary_unsigned", binaryId } });
    await binaries.set({ required_signatures: 1, state: "signable" }).execute();
    expect(await withheld()).toMatchObject({ withheld: { reason: "binary_unsigned", binaryId } });
    await binaries.set({ state: "destroyed" }).execute();
    expect(await withheld()).toMatchObject({ withheld: { reason: "binary_destroyed", binaryId } });
    await db.deleteFrom("bundle_binaries").where("bundle_id", "=", bundleId).execute();
    expect(await withheld()).toEqual({
      status: "no_update",
      ...{ bundleId, source, withheld: { reason: "bundle_empty", binaryId: null } },
    });
  });

  it("is the override that started last while it is active, withheld like a release", async () => {
    const { device, running } = await makeChannel({}, {});
    const bundle = await addBundle(db, fleet);
    const other = await addBundle(db, fleet);
    const own = { organization_id: fleet.organizationId, inserted_at: clock.text(), updated_at: clock.text() };
    const add = async (id: string, bundleId: string, starts_at: string, ends_at: string | null) => {
      const row = { ...own, id, name: id, description: null, bundle_id: bundleId, starts_at, ends_at };
      await db.insertInto("bundle_overrides").values(row).execute();
      await db
        .insertInto("bundle_override_devices")
        .values({ ...own, id: `${id} ${device}`, bundle_override_id: id, device_id: device })
        .execute();
    };
    await add("old", other.bundleId, "2026-01-01T00:00:00.000000Z", null);
    await add("new", bundle.bundleId, "2026-01-15T00:00:00.000000Z", null);
    await add("over", other.bundleId, "2026-01-20T00:00:00.000000Z", clock.text());
    await add("later", other.bundleId, "2026-02-01T00:00:00.000001Z", null);
    const found = await resolveNow(device, running);
    const source = { type: "bundle_override", overrideId: "new" };
    expect(found.resolution).toEqual({ status: "update", bundleId: bundle.bundleId, source });
    expect(found.override).toMatchObject({ id: "new", endsAt: null });
    expect((await resolveNow(device, { bundleId: bundle.bundleId })).resolution).toEqual({ status: "no_update" });
    await db.updateTable("binaries").set({ state: "destroyed" }).where("id", "=", bundle.binaryIds[0]!).execute();
    expect((await resolveNow(device, running)).resolution).toMatchObject({ status: "no_update", source });
  });

  it("is nothing for a device in quarantine, without a cohort, or in another one", async () => {
    const { running } = await makeChannel({}, {});
    const [quarantined] = await addDevices(db, fleet, 1, { quarantined: 1 });
    const [alone] = await addDevices(db, fleet, 1, { cohort_id: null });
    const [elsewhere] = await addDevices(db, fleet, 1, { cohort_id: await addCohort(db, fleet) });
    expect((await resolveNow(quarantined!, running)).resolution).toEqual({ status: "device_quarantine" });
    expect((await resolveNow(alone!, running)).resolution).toEqual({ status: "no_update" });
    expect((await resolveNow(elsewhere!, running)).resolution).toEqual({ status: "no_update" });
    expect(await loadDevice(db, fleet.organizationId, fleet.cohortId, clock.text())).toBeNull();
  });

  it("is found among a thousand releases, wherever the device stands", async () => {
    const { device, ids } = await makeChannel({}, { phase_value: 0.5 });
    const { bundleId } = await addBundle(db, fleet);
    const first = ids[0]!;
    let next = first;
    for (let count = 0; count < 1_000; count++) {
      const version = `0.${count}.0`;
      next = await addRelease(db, fleet, bundleId, { next_release_id: next, version, version_requirement: "> 0.0.0" });
    }
    await touchChannel(db, fleet.organizationId, fleet.cohortId);
    expect((await resolveNow(device, { releaseId: next })).release?.id).toBe(ids[1]);
    expect((await resolveNow(device, { bundleId })).release?.id).toBe(ids[1]);
    expect((await resolveNow(device, { version: "0.1.0" })).release?.id).toBe(ids[1]);
  });

  it("its manifest has the members in their order, with what devices need of each", async () => {
    const targets = ["x86", "universal", "arm", "portable"];
    const { bundleId, binaryIds, keyIds } = await addBundle(db, fleet, { targets, metadata: '{"a":1}' });
    await db.updateTable("signing_keys").set({ revoked_at: clock.text() }).where("id", "=", keyIds[3]!).execute();
    const members = await loadManifest(db, fleet.organizationId, bundleId);
    expect(members.map(({ binary_id }) => binary_id)).toEqual(binaryIds);
    expect(members[0]).toMatchObject({
      ...{ target: "x86", state: "signed", hash: "a".repeat(64), size: 10, revision: 0, custom_metadata: '{"a":1}' },
      ...{ version: "1.0.0", artifact_name: expect.stringMatching(/^firmware /) },
      signatures: [
        {
          ...{ signature: "AB", signing_key_id: keyIds[0], keyid: keyIds[0], public_value: `value ${keyIds[0]}` },
          ...{ algorithm: "ed25519", message: "hash_hex" },
        },
      ],
    });
    expect(members[3]!.signatures).toEqual([]);
    const targetsFor = (target: string | null) => forTarget(members, target).map((member) => member.target);
    expect(targetsFor("arm")).toEqual(["universal", "arm", "portable"]);
    expect(targetsFor("mips")).toEqual(["universal", "portable"]);
    expect(targetsFor(null)).toEqual(targets);
  });
});

it("what a device says in a way that can't be read counts as not said", () => {
  const organization = "0190b1c2-7d3e-7f00-8000-000000000001";
  const id = "0190b1c2-7d3e-7f00-8000-000000000002";
  const read = (releasePrn: string) => readReported(organization, { releasePrn }).releaseId;
  expect(read(`prn:1:${organization}:release:${id}`)).toBe(id);
  for (const wrong of ["", "x", `prn:1:${organization}:bundle:${id}`, `prn:1:${id}:release:${id}`]) {
    expect(read(wrong)).toBeNull();
  }
  const nothing = { releaseId: null, bundleId: null, version: null };
  expect(readReported(organization, {})).toEqual(nothing);
  expect(readReported(organization, { version: "1.0" })).toEqual({ ...nothing, version: "1.0" });
});
