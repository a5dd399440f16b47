import { type Rollout, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { databaseKinds } from "../../database/databases.fixture.ts";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
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
import { getRollout } from "./rollout.ts";

describe.each(databaseKinds)("the rollout of a release, read from %s,", (kind) => {
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

  async function rolloutOf(of: Partial<ReleaseRow>): Promise<Rollout> {
    await db.deleteFrom("releases").execute();
    const id = await addRelease(db, fleet, (await addBundle(db, fleet)).bundleId, of);
    return getRollout(replicas.platforms[0]!, fleet.principal, resourcePrn(fleet.organizationId, "release", id));
  }

  it("counts whom its phase lets in, by share, count and tags, of those that aren't in quarantine", async () => {
    await addDevices(db, fleet, 7, { tags: '["beta","x"]' });
    await addDevices(db, fleet, 3, { tags: '["alpha"]' });
    await addDevices(db, fleet, 2);
    await addDevices(db, fleet, 5, { tags: '["beta"]', quarantined: 1 });
    const eligible = async (of: Partial<ReleaseRow>) => (await rolloutOf(of)).eligible;
    expect((await rolloutOf({})).cohort_devices).toBe(12);
    expect(await eligible({ phase_value: 1 })).toBe(12);
    expect(await eligible({ phase_value: 0.1 })).toBe(2);
    expect(await eligible({ phase_value: 0 })).toBe(0);
    expect(await eligible({ phase_value: 5 })).toBe(5);
    expect(await eligible({ phase_value: 500 })).toBe(12);
    const tags = (phase_tags: string) => eligible({ phase_mode: "tags", phase_value: null, phase_tags });
    expect(await tags('["beta"]')).toBe(7);
    expect(await tags('["alpha","x"]')).toBe(10);
    expect(await tags('["bet"]')).toBe(0);
  });

  it("says what state it is in, the strongest reason first", async () => {
    const state = async (of: Partial<ReleaseRow>) => (await rolloutOf(of)).state;
    const at = clock.text();
    const later = { schedule_date: "2026-02-01T00:00:00.000001Z" };
    expect(await state({})).toBe("active");
    expect(await state({ schedule_date: at })).toBe("active");
    expect(await state(later)).toBe("scheduled");
    expect(await state({ ...later, paused_at: at })).toBe("paused");
    expect(await state({ paused_at: at, halted_at: at })).toBe("halted");
    expect(await state({ paused_at: at, halted_at: at, disabled: 1 })).toBe("disabled");
  });
});
