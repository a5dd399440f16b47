import { ApiError, type CreateRelease, resourcePrn, type UpdateRelease } from "@open-peridio/contract";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds } from "../../database/databases.fixture.ts";
import type { ReleaseRow } from "../../database/tables.ts";
import type { Platform } from "../../platform.ts";
import { addBundle, type Fleet, makeFleet, openReplicas, type Replicas, standingClock } from "../fleet.fixture.ts";
import { createRelease, deleteRelease, updateRelease } from "./releases.ts";

/** Which of the releases that are there is meant, whichever those are then. */
type Pick = number;

type Operation =
  | { do: "create"; next: Pick | null; previous: Pick | null; phase: number; ahead: boolean }
  | { do: "update"; which: Pick; next: Pick | null; phase: number | null; ahead: boolean }
  | { do: "delete"; which: Pick };

const pick = fc.nat(20);
const phase = fc.constantFrom(1, 1, 1, 0.5, 3);
const ahead = fc.constantFrom(false, false, false, true);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...{
        do: fc.constant("create" as const),
        next: fc.option(pick, { freq: 1 }),
        previous: fc.option(pick, { freq: 1 }),
      },
      ...{ phase, ahead },
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ do: fc.constant("update" as const), which: pick, next: fc.option(pick, { freq: 2 }) },
      ...{ phase: fc.option(phase), ahead },
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), which: pick }) },
);
/** Each inner list is done at once. */
const operations = fc.array(fc.array(operation, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 10 });

describe.each(databaseKinds)("a channel on %s", (kind) => {
  let replicas: Replicas;
  let platforms: Platform[];
  const clock = standingClock("2026-02-01T00:00:00Z");
  const times = { past: "2026-01-01T00:00:00Z", ahead: "2026-03-01T00:00:00Z" };

  beforeAll(async () => {
    replicas = await openReplicas(kind, clock);
    platforms = replicas.platforms;
  });
  afterAll(() => replicas.close());

  const rowsOf = (fleet: Fleet): Promise<ReleaseRow[]> =>
    replicas.dbs[0]!.selectFrom("releases").selectAll().where("organization_id", "=", fleet.organizationId).execute();

  async function run(platform: Platform, fleet: Fleet, bundlePrn: string, what: Operation): Promise<void> {
    const rows = await rowsOf(fleet);
    const prnAt = (pick: Pick | null) => {
      const row = pick === null ? undefined : rows[pick % Math.max(rows.length, 1)];
      return row ? resourcePrn(fleet.organizationId, "release", row.id) : null;
    };
    if (what.do === "create") {
      const body: CreateRelease = {
        ...{ bundle_prn: bundlePrn, cohort_prn: resourcePrn(fleet.organizationId, "cohort", fleet.cohortId) },
        ...{ name: "r", required: false, phase_value: what.phase },
        schedule_date: what.ahead ? times.ahead : times.past,
        ...{ next_release_prn: prnAt(what.next), previous_release_prn: prnAt(what.previous) },
      };
      await createRelease(platform, fleet.principal, body);
      return;
    }
    const prn = prnAt(what.which);
    if (prn === null) return;
    if (what.do === "delete") return deleteRelease(platform, fleet.principal, prn);
    const body: UpdateRelease = {
      ...(what.next !== null && { next_release_prn: prnAt(what.next) }),
      ...(what.phase !== null && { phase_value: what.phase }),
      ...(what.ahead && { schedule_date: times.ahead }),
    };
    await updateRelease(platform, fleet.principal, prn, body);
  }

  function expectValid(rows: ReleaseRow[]): void {
    const byId = new Map(rows.map((row) => [row.id, row]));
    const newest = rows.filter(({ next_release_id }) => next_release_id === null);
    expect(newest).toHaveLength(rows.length === 0 ? 0 : 1);
    for (const row of rows) {
      let end: ReleaseRow | undefined = row;
      for (let steps = 0; end && end.next_release_id !== null && steps <= rows.length; steps++) {
        end = byId.get(end.next_release_id);
      }
      expect(end, "every path ends at the newest").toBe(newest[0]);
      if (row === newest[0]) continue;
      expect(row, "only the newest is phased or scheduled").toMatchObject({ phase_mode: "numeric", phase_value: 1 });
      expect(row.schedule_date <= clock.text()).toBe(true);
    }
  }

  it("is one valid graph, whatever is done to it by several at once", async () => {
    let done = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(operations, async (rounds) => {
        const fleet = await makeFleet(replicas.dbs[0]!);
        const { bundleId } = await addBundle(replicas.dbs[0]!, fleet);
        const bundlePrn = resourcePrn(fleet.organizationId, "bundle", bundleId);
        for (const round of rounds) {
          const results = await Promise.allSettled(
            round.map((what, index) => run(platforms[index % platforms.length]!, fleet, bundlePrn, what)),
          );
          for (const result of results) {
            if (result.status === "fulfilled") done++;
            // 404: another one deleted it meanwhile.
            else if (result.reason instanceof ApiError && [404, 422].includes(result.reason.status)) refused++;
            else throw result.reason;
          }
          expectValid(await rowsOf(fleet));
        }
      }),
      { numRuns: 25 },
    );
    // Else it would show nothing.
    expect(done).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(50);
  });
});
