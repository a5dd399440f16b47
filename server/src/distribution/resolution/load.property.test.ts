import fc from "fast-check";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds, makeDatabase, type TestDatabase } from "../../database/databases.fixture.ts";
import { openDatabase } from "../../database/open.ts";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
import { addBundle, addCohort, addDevices, type Fleet, makeFleet, releaseRow } from "../fleet.fixture.ts";
import type {
  ResolvableChannel,
  ResolvableDevice,
  ResolvableOverride,
  ResolvableRelease,
  Withheld,
} from "../resolvable.ts";
import { touchChannel } from "./channels.ts";
import {
  bundleIds,
  byTheDiagram,
  channels,
  devices,
  inWords,
  now,
  overrides,
  some,
  withheld,
} from "./diagram.fixture.ts";
import { loadDevice, resolveLoaded } from "./load.ts";

const runs = 100;

describe.each(databaseKinds)("what is read from %s and decided", (kind) => {
  let database: TestDatabase;
  let db: Kysely<Tables>;
  let fleet: Fleet;
  /** For each bundle of a generated state one that is served, and those that aren't, each for a reason of its own. */
  const served = new Map<string, string>();
  const broken = new Map<string, string[]>();

  beforeAll(async () => {
    database = await makeDatabase(kind);
    db = await openDatabase(database.url);
    fleet = await makeFleet(db);
    for (const letter of bundleIds) {
      served.set(letter, (await addBundle(db, fleet, { targets: ["a", "b"] })).bundleId);
      broken.set(letter, await Promise.all([destroyed(), unsigned(), revoked()]));
    }
  });
  afterAll(async () => {
    await db.destroy();
    await database.remove();
  });

  const pair = { targets: ["a", "b"] };

  async function destroyed(): Promise<string> {
    const { bundleId, binaryIds } = await addBundle(db, fleet, pair);
    await db.updateTable("binaries").set({ state: "destroyed" }).where("id", "=", binaryIds[1]!).execute();
    return bundleId;
  }

  async function unsigned(): Promise<string> {
    const { bundleId, binaryIds } = await addBundle(db, fleet, pair);
    await db.deleteFrom("binary_signatures").where("binary_id", "=", binaryIds[0]!).execute();
    return bundleId;
  }

  async function revoked(): Promise<string> {
    const { bundleId, keyIds } = await addBundle(db, fleet, pair);
    await db.updateTable("signing_keys").set({ revoked_at: now }).where("id", "=", keyIds[1]!).execute();
    return bundleId;
  }

  /** The same state by ids that are this run's own, and in the same order. */
  function name(
    device: ResolvableDevice,
    overrides: readonly ResolvableOverride[],
    channel: ResolvableChannel | null,
    kept: ReadonlyMap<string, Withheld>,
    how: number,
  ) {
    const run = uuidv7();
    const own = <T extends string | null>(id: T) => (id === null ? id : `${run} ${id}`) as T;
    const bundle = (letter: string) => (kept.has(letter) ? broken.get(letter)![how]! : served.get(letter)!);
    return {
      run,
      device: {
        ...device,
        releaseId: own(device.releaseId),
        bundleId: device.bundleId === null ? null : bundle(device.bundleId),
        claimed: new Set([...device.claimed].map(own)),
      },
      overrides: overrides.map((one) => ({ ...one, id: own(one.id), bundleId: bundle(one.bundleId) })),
      channel: channel && {
        ...channel,
        releases: channel.releases.map((one) => ({
          ...one,
          ...{ id: own(one.id), nextId: own(one.nextId), bundleId: bundle(one.bundleId) },
        })),
        claims: new Map([...channel.claims].map(([id, count]) => [own(id), count])),
      },
      withheld: new Map([...kept].map(([letter, reason]) => [bundle(letter), reason])),
    };
  }

  type State = ReturnType<typeof name>;

  async function write(db: Kysely<Tables>, state: State, deviceId: string, cohortId: string): Promise<void> {
    const { organizationId } = fleet;
    const common = { organization_id: organizationId, inserted_at: now, updated_at: now };
    for (const { id, bundleId, startsAt, endsAt } of state.overrides) {
      const times = { starts_at: startsAt, ends_at: endsAt };
      const row = { ...common, id, name: id, description: null, bundle_id: bundleId, ...times };
      await db.insertInto("bundle_overrides").values(row).execute();
      const device = { ...common, id: `${id} x`, bundle_override_id: id, device_id: deviceId };
      await db.insertInto("bundle_override_devices").values(device).execute();
    }
    if (!state.channel) return;
    await writeChannel(db, state.channel, cohortId);
    const claimed = state.channel.releases.filter(({ id }) => state.device.claimed.has(id));
    if (claimed.length === 0) return;
    const claim = { ...common, device_id: deviceId, state: "claimed" as const, detail: null };
    await db
      .insertInto("release_claims")
      .values(claimed.map(({ id }) => ({ ...claim, id: `${id} k`, release_id: id })))
      .execute();
  }

  async function writeChannel(db: Kysely<Tables>, channel: ResolvableChannel, cohortId: string): Promise<void> {
    // Quarantined devices are in the cohort, but don't count.
    const counts = { device_count: channel.deviceCount + 10, quarantined_count: 10 };
    await db.updateTable("cohorts").set(counts).where("id", "=", cohortId).execute();
    if (channel.releases.length > 0) {
      const rows = channel.releases.map((one) => rowOf(one, channel, cohortId));
      await db.insertInto("releases").values(rows).execute();
    }
    await touchChannel(db, fleet.organizationId, cohortId);
  }

  function rowOf(release: ResolvableRelease, { claims }: ResolvableChannel, cohortId: string): ReleaseRow {
    const { id, bundleId, nextId, required, disabled, paused, scheduleDate, phase, version, requirement } = release;
    const isTagged = phase.mode === "tags";
    return releaseRow(fleet, bundleId, {
      ...{ id, cohort_id: cohortId, next_release_id: nextId, required: required ? 1 : 0, disabled: disabled ? 1 : 0 },
      ...{ paused_at: paused ? now : null, schedule_date: scheduleDate, phase_mode: phase.mode },
      ...{ phase_value: isTagged ? null : phase.value, phase_tags: isTagged ? JSON.stringify(phase.tags) : null },
      ...{ version, version_requirement: requirement, claims: claims.get(id) ?? 0 },
    });
  }

  async function decide(deviceId: string, { releaseId, bundleId, version }: ResolvableDevice): Promise<string> {
    const loaded = await loadDevice(db, fleet.organizationId, deviceId, now);
    return inWords((await resolveLoaded(db, loaded!, { releaseId, bundleId, version }, now)).resolution);
  }

  it("agrees with the diagram, also when another channel has taken the place of the first", async () => {
    const how = fc.nat(2);
    const state = [devices, overrides, some(channels), withheld, how] as const;
    await fc.assert(
      fc.asyncProperty(...state, channels, async (device, overrides, channel, kept, how, next) => {
        const first = name(device, overrides, channel, kept, how);
        const second = name(device, overrides, next, kept, how);
        const cohortId = await addCohort(db, fleet);
        const [deviceId] = await addDevices(db, fleet, 1, {
          cohort_id: channel ? cohortId : null,
          quarantined: device.quarantined ? 1 : 0,
          tags: JSON.stringify(device.tags),
        });
        await db.transaction().execute((transaction) => write(transaction, first, deviceId!, cohortId));
        const expected = (state: State) =>
          byTheDiagram(state.device, first.overrides, state.channel, state.withheld, now);
        expect(await decide(deviceId!, first.device)).toBe(expected(first));
        if (channel === null) return;
        await db.transaction().execute(async (transaction) => {
          await transaction.deleteFrom("releases").where("cohort_id", "=", cohortId).execute();
          await write(transaction, { ...second, overrides: [] }, deviceId!, cohortId);
        });
        expect(await decide(deviceId!, second.device)).toBe(expected(second));
      }),
      { numRuns: runs },
    );
  });
});
