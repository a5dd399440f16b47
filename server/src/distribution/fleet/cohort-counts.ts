import type { Kysely } from "kysely";
import type { DeviceRow, Tables } from "../../database/tables.ts";

type Counted = Pick<DeviceRow, "organization_id" | "cohort_id" | "quarantined">;

/**
 * Keeps the counts of cohorts: to be called in the transaction that adds, changes or deletes a device, with the device as
 * it was and as it is, null for one that isn't there.
 */
export async function countInCohorts(
  transaction: Kysely<Tables>,
  before: Counted | null,
  after: Counted | null,
): Promise<void> {
  if (before && after && before.cohort_id === after.cohort_id && before.quarantined === after.quarantined) return;
  if (before) await add(transaction, before, -1);
  if (after) await add(transaction, after, 1);
}

async function add(
  transaction: Kysely<Tables>,
  { organization_id, cohort_id, quarantined }: Counted,
  sign: 1 | -1,
): Promise<void> {
  if (cohort_id === null) return;
  await transaction
    .updateTable("cohorts")
    .set((eb) => ({
      device_count: eb("device_count", "+", sign),
      quarantined_count: eb("quarantined_count", "+", sign * quarantined),
    }))
    .where("organization_id", "=", organization_id)
    .where("id", "=", cohort_id)
    .execute();
}
