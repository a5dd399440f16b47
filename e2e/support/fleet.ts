import { randomUUID } from "node:crypto";
import { change, type Database } from "./query.ts";

const now = "2026-01-01T00:00:00.000000Z";

interface Row {
  [column: string]: string | number;
}

/** One more thing of an organization, written past the server. @returns its PRN */
function add(server: Database, organization: string, table: string, type: string, fields: Row): string {
  const row: Row = {
    organization_id: organization.split(":")[2]!,
    id: randomUUID(),
    inserted_at: now,
    updated_at: now,
    ...fields,
  };
  const names = Object.keys(row);
  const places = names.map(() => "?").join(", ");
  change(server, `insert into ${table} (${names.join(", ")}) values (${places})`, ...Object.values(row));
  return `${organization}:${type}:${row.id}`;
}

const idOf = (prn: string): string => prn.split(":").at(-1)!;

/** A product of the organization's. */
export function addProduct(server: Database, organization: string): string {
  return add(server, organization, "products", "product", { name: `product ${randomUUID()}` });
}

/** @param devices how many it says that it has */
export function addCohort(server: Database, organization: string, product: string, devices = 0): string {
  const fields = { product_id: idOf(product), name: `cohort ${randomUUID()}`, device_count: devices };
  return add(server, organization, "cohorts", "cohort", fields);
}

export function addDevice(server: Database, organization: string, product: string, cohort?: string): string {
  const fields = { product_id: idOf(product), identifier: randomUUID(), ...(cohort && { cohort_id: idOf(cohort) }) };
  return add(server, organization, "devices", "device", fields);
}

/** The newest of its cohort. */
export function addRelease(server: Database, organization: string, cohort: string, bundle: string): string {
  return add(server, organization, "releases", "release", {
    cohort_id: idOf(cohort),
    bundle_id: idOf(bundle),
    name: "a release",
    schedule_date: now,
    phase_mode: "numeric",
    phase_value: 1,
  });
}
