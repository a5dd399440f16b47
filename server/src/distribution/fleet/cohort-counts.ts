import { type Kysely, sql } from "kysely";
import type { DeviceRow, Tables } from "../../database/tables.ts";

type Membership = Pick<DeviceRow, "organization_id" | "cohort_id" | "quarantined">;

/**
 * Keeps what a cohort counts of its devices, in the transaction in which a device comes (`before` null), moves, is put into
 * quarantine or goes (`after` null).
 */
export async function countMembership(
  transaction: Kysely<Tables>,
  before: Membership | null,
  after: Membership | null,
): Promise<void> {
  if (before?.cohort_id === after?.cohort_id && before?.quarantined === after?.quarantined) return;
  await add(transaction, before, -1);
  await add(transaction, after, 1);
}

async function add(transaction: Kysely<Tables>, device: Membership | null, number: 1 | -1): Promise<void> {
  if (!device?.cohort_id) return;
  await transaction
    .updateTable("cohorts")
    .set({
      device_count: sql<number>`device_count + ${number}`,
      quarantined_count: sql<number>`quarantined_count + ${device.quarantined ? number : 0}`,
    })
    .where("organization_id", "=", device.organization_id)
    .where("id", "=", device.cohort_id)
    .execute();
}
