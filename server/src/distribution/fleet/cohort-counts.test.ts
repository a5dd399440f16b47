import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds } from "../../database/databases.fixture.ts";
import type { Principal } from "../../http/principal.ts";
import { createCohort } from "./cohorts.ts";
import { createDevice, deleteDevice, updateDevice } from "./devices.ts";
import { type Fleet, openFleet } from "./fleet.fixture.ts";
import { createProduct } from "./products.ts";

const place = fc.record({
  product: fc.constantFrom(0, 1),
  /** Two of each product; or none. */
  cohort: fc.constantFrom(0, 1, 2, 3, null),
  quarantined: fc.boolean(),
});
type Place = typeof place extends fc.Arbitrary<infer P> ? P : never;

const step = fc.oneof(
  fc.record({ does: fc.constant("create"), to: place }),
  fc.record({ does: fc.constantFrom("update", "update all but the cohort"), which: fc.nat(), to: place }),
  fc.record({ does: fc.constant("delete"), which: fc.nat() }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function makePlaces({ platform }: Fleet, owner: Principal) {
  const products: string[] = [];
  const cohorts: string[] = [];
  for (const name of ["a", "b"]) {
    const { prn } = await createProduct(platform, owner, { name });
    products.push(prn);
    for (const name of ["x", "y"]) cohorts.push((await createCohort(platform, owner, { name, product_prn: prn })).prn);
  }
  return ({ product, cohort, quarantined }: Place) => ({
    product_prn: products[product]!,
    cohort_prn: cohort === null ? null : cohorts[cohort]!,
    quarantined,
  });
}

/** How many devices and quarantined ones each cohort says that it has, and has. */
async function countsOf({ db }: Fleet, { organizationId }: Principal) {
  const cohorts = await db.selectFrom("cohorts").selectAll().where("organization_id", "=", organizationId).execute();
  const devices = await db.selectFrom("devices").selectAll().where("organization_id", "=", organizationId).execute();
  const inside = cohorts.map(({ id, product_id }) =>
    devices.filter((device) => device.cohort_id === id && device.product_id === product_id),
  );
  return {
    said: cohorts.map((row) => [row.device_count, row.quarantined_count]),
    counted: inside.map((rows) => [rows.length, rows.filter((device) => device.quarantined).length]),
  };
}

describe.each(databaseKinds)("the counts of cohorts, on %s,", (kind) => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await openFleet(kind);
  });
  afterAll(() => fleet.remove());

  it("are what is in them, after any changes, made alone or at once, taken or refused", async () => {
    const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 12 });
    const holds = fc.asyncProperty(rounds, async (rounds) => {
      const { platform } = fleet;
      const owner = await fleet.addOrganization();
      const placed = await makePlaces(fleet, owner);
      const devices: string[] = [];
      const take = async (one: Step, identifier: string) => {
        if (!("which" in one)) {
          const { prn } = await createDevice(platform, owner, { identifier, ...placed(one.to) });
          devices.push(prn);
          return;
        }
        const prn = devices[one.which % devices.length];
        if (prn === undefined) return;
        if (!("to" in one)) return deleteDevice(platform, owner, prn);
        const { cohort_prn, ...others } = placed(one.to);
        await updateDevice(platform, owner, prn, one.does === "update" ? { cohort_prn, ...others } : others);
      };
      for (const [round, steps] of rounds.entries()) {
        const ends = await Promise.allSettled(steps.map((one, at) => take(one, `${round}-${at}`)));
        // A cohort of another product is refused, and a device may be gone.
        const codes = ends.flatMap((end) => (end.status === "rejected" ? [end.reason.code] : []));
        expect(codes.filter((code) => !["validation_failed", "not_found"].includes(code))).toEqual([]);
        const { said, counted } = await countsOf(fleet, owner);
        expect(said).toEqual(counted);
      }
    });
    await fc.assert(holds, { numRuns: 50 });
  });
});
