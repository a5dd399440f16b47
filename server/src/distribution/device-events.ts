import { resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { NewEvent } from "../activity/events.ts";
import { isPostgres } from "../database/dialect.ts";
import type { DeviceRow, Tables } from "../database/tables.ts";
import type { Origin } from "../http/principal.ts";

/** A device as the events tell of it, and its row. */
export interface EventDevice {
  row: Pick<DeviceRow, "organization_id" | "id" | "identifier" | "cohort_id" | "tags" | "quarantined">;
  cohortName: string | null;
}

/** Devices by id, those that are there; none of them can go before the transaction ends. */
export async function findEventDevices(
  transaction: Kysely<Tables>,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, EventDevice>> {
  const query = transaction
    .selectFrom("devices as d")
    .leftJoin("cohorts as c", (join) =>
      join.onRef("c.organization_id", "=", "d.organization_id").onRef("c.id", "=", "d.cohort_id"),
    )
    .select(["d.organization_id", "d.id", "d.identifier", "d.cohort_id", "d.tags", "d.quarantined", "c.name"])
    .where("d.organization_id", "=", organizationId)
    .where("d.id", "in", ids)
    .orderBy("d.id");
  const rows = await (isPostgres(transaction) ? query.forKeyShare("d") : query).execute();
  return new Map(rows.map(({ name, ...row }) => [row.id, { row, cohortName: name }]));
}

/** What all events of a device tell of it. Source of the shape: the official webhooks reference. */
export function deviceFacts({ row, cohortName }: EventDevice) {
  const { organization_id: organizationId, cohort_id } = row;
  const cohort = cohort_id && {
    cohort_prn: resourcePrn(organizationId, "cohort", cohort_id),
    cohort_name: cohortName,
  };
  return { prn: resourcePrn(organizationId, "device", row.id), identifier: row.identifier, cohort };
}

export function deviceEvent(
  device: EventDevice,
  subtype: string,
  data: Record<string, unknown>,
  { origin, at }: { origin: Origin | null; at: string },
): NewEvent {
  const facts = deviceFacts(device);
  return {
    organizationId: device.row.organization_id,
    by: { actor: facts.prn, name: facts.identifier, origin },
    type: "device",
    subtype,
    resource: facts.prn,
    data: { device: facts, ...data },
    at,
  };
}
